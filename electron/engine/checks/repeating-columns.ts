import { typeFamily } from '../../../shared/column.ts';
import { ident, join, type Sql, sql } from '../../../shared/sql.ts';
import { type Counting, limitedTurn, usualLimit } from './limited-turn.ts';

/** What is asked of a condition to find out where it is cheapest evaluated. */
export interface Asked {
  /** The columns whose values alone decide. */
  readonly values: readonly string[];
}

/** Smaller tables are read faster than looked at first. */
const leastBlocks = 1_024;
const sampleRows = 2_400;
/** At least so many rows have to share a combination of values for grouping to be cheaper than asking each row. */
const rowsPerGroup = 12;

/** Types in which values that count as equal are the same in every respect, their text included. */
function isExact(type: string): boolean {
  if (/^numeric\(\d+,\d+\)$/.test(type)) return true;
  if (/^(character\(|bpchar|name|citext)/.test(type)) return false;
  return ['integer', 'boolean', 'text', 'date', 'timestamp', 'timestamptz', 'uuid'].includes(
    typeFamily(type),
  );
}

/**
 * Columns by whose combinations rows can be grouped into few groups, so that conditions on them are evaluated once a
 * group. Found by a sample; a wrong guess costs time and changes no count.
 */
export async function repeatingColumns(counting: Counting, asked: readonly Asked[]): Promise<string[]> {
  const { table } = counting;
  if (table.blocks < leastBlocks) return [];
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  const weights = new Map<string, number>();
  for (const name of asked.flatMap(({ values }) => values)) {
    const type = types.get(name) ?? '';
    const weight = typeFamily(type) === 'text' ? 3 : 1;
    if (isExact(type)) weights.set(name, (weights.get(name) ?? 0) + weight);
  }
  const worth = [...weights].filter(([, weight]) => weight >= 3).map(([name]) => name);
  if (worth.length === 0) return [];
  return fewest(await sampleOf(counting, worth), worth);
}

async function sampleOf(counting: Counting, columns: readonly string[]): Promise<readonly string[][]> {
  const { table } = counting;
  const texts = join(columns.map((name) => sql`${ident(name)}::text`));
  const statement = sql`select array[${texts}] as cells from ${sampled(table.name, table.blocks)} limit ${sampleRows}`;
  const rows = await limitedTurn(counting, usualLimit, (session) =>
    session.query<{ cells: string[] }>(statement),
  );
  return rows.map(({ cells }) => cells);
}

/** About fifty blocks from all over the table. */
const sampled = (table: string, blocks: number): Sql =>
  sql`${ident(table)} tablesample system (${String(Math.min(100, (50 * 100) / blocks))}::float4) repeatable (1)`;

/** As many columns as keep their combinations few, those with the fewest values first. */
function fewest(sample: readonly string[][], columns: readonly string[]): string[] {
  const most = sample.length / rowsPerGroup;
  const distinct = (places: readonly number[]) =>
    new Set(sample.map((cells) => JSON.stringify(places.map((at) => cells[at])))).size;
  const places = columns
    .map((_, at) => ({ at, values: distinct([at]) }))
    .filter(({ values }) => values <= most)
    .sort((a, b) => a.values - b.values);
  const kept: number[] = [];
  for (const { at } of places) if (distinct([...kept, at]) <= most) kept.push(at);
  return kept.map((at) => columns[at] ?? '');
}
