import type { FileColumn } from '../../../shared/contract/files.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../shared/sql.ts';
import { isLoadable } from './cells.ts';
import { type ClassCounts, chooseType } from './choose-type.ts';
import type { Duck } from './duck.ts';
import { columnNames } from './name-columns.ts';
import { cellName, type Reading, readCsv } from './tidy.ts';
import { classOf, valueClass } from './value-classes.ts';

/** PostgreSQL takes 1,600 columns; one is `_row`. */
const mostColumns = 1599;

/** Refuses a file that is wider than a table can be. */
export function refuseTooWide(width: number, name: string): void {
  if (width <= mostColumns) return;
  throw problem(
    'bad_input',
    `${name} has ${width.toLocaleString('en-US')} columns; a table holds at most 1,599.`,
    {
      hint: 'Split the file by columns, or turn columns into rows before importing.',
    },
  );
}

/** Names and types that a person chose. */
export interface Choices {
  readonly types: Readonly<Record<string, string>>;
  /** Date formats by column, as a recipe keeps them. */
  readonly formats?: Readonly<Record<string, string>>;
  /** How a recipe names the file's columns. */
  readonly names?: (originals: readonly string[]) => readonly string[];
  readonly allText: boolean;
}

export const cell = (at: number): Sql => ident(cellName(at));
export const trimmed = (at: number): Sql => ident(`t${at}`);

/** The reading with each cell as it stands (`c0`) and without spaces around it (`t0`). */
export function trimmedRows(reading: Reading, only: readonly number[] = all(reading.width)): Sql {
  const trims = only.map((at) => sql`trim(${cell(at)}) as ${trimmed(at)}`);
  return sql`(select *, ${join(trims)} from ${readCsv(reading)})`;
}

const all = (width: number) => Array.from({ length: width }, (_, at) => at);

/** Columns judged by every value of the reading. Also says how many rows DuckDB read. */
export async function judgeColumns(
  duck: Duck,
  reading: Reading,
  originals: readonly string[],
  choices: Choices,
): Promise<{ columns: FileColumn[]; rows: number }> {
  const names = choices.names?.(originals) ?? columnNames(originals);
  const original = (at: number) => originals[at] ?? '';
  const named = (at: number) => names[at] ?? `column_${at + 1}`;
  const asked = all(reading.width).filter((at) => choices.types[named(at)] === undefined && !choices.allText);
  const { rows, counts } = await countClasses(duck, reading, asked);
  const columns = all(reading.width).map((at): FileColumn => {
    const base = { name: named(at), originalName: original(at) };
    const chosen = choices.types[named(at)];
    if (choices.allText) return { ...base, ...given('text', 'every cell is kept as written') };
    if (chosen === undefined) return { ...base, ...chooseType(counts.get(at) ?? new Map(), original(at)) };
    const format = choices.formats?.[named(at)];
    return { ...base, ...given(chosen, 'you chose it'), ...(format ? { format } : {}) };
  });
  return { columns: await countMisfits(duck, reading, columns, asked), rows };
}

const given = (type: string, reason: string) => ({ type, reason, confidence: 1, disagreeing: 0 });

/** All cells as one long column, so that judging many columns costs no more than judging one. */
async function countClasses(duck: Duck, reading: Reading, asked: readonly number[]) {
  const counts = new Map<number, Map<number, number>>();
  const cells = sql`[${join([sql`null::varchar`, ...asked.map(cell)])}]`;
  const unpivoted = sql`select unnest(${cells}) as v, unnest(range(-1, ${asked.length})) as place from ${readCsv(reading)}`;
  const found = await duck.rows(sql`select place::integer, class::integer, count(*)::varchar
    from (select place, ${classOf(sql`v`, sql`t`)} as class from (select place, v, trim(v) as t from (${unpivoted})))
    group by place, class`);
  let rows = 0;
  for (const [place, kind, count] of found) {
    if (place === -1) rows = Number(count);
    const at = asked[Number(place)];
    if (at === undefined) continue;
    const known = counts.get(at) ?? new Map<number, number>();
    counts.set(at, known.set(Number(kind), Number(count)));
  }
  return { rows, counts: counts as ReadonlyMap<number, ClassCounts> };
}

/** Counts what does not fit the types that a person chose, and picks how their dates are written. */
async function countMisfits(
  duck: Duck,
  reading: Reading,
  columns: readonly FileColumn[],
  asked: readonly number[],
): Promise<FileColumn[]> {
  const chosen = all(reading.width).filter((at) => !asked.includes(at) && columns[at]?.type !== 'text');
  if (chosen.length === 0) return [...columns];
  const dated = await withFormats(duck, reading, columns, chosen);
  const misfits = chosen.map(
    (at) => sql`count_if(not ${isLoadable(dated[at] as FileColumn, cell(at), trimmed(at))})::varchar`,
  );
  const [found = []] = await duck.rows(sql`select ${join(misfits)} from ${trimmedRows(reading, chosen)}`);
  return dated.map((column, at) => {
    const place = chosen.indexOf(at);
    return place < 0 ? column : { ...column, disagreeing: Number(found[place]) };
  });
}

async function withFormats(
  duck: Duck,
  reading: Reading,
  columns: readonly FileColumn[],
  chosen: readonly number[],
): Promise<FileColumn[]> {
  const dates = chosen.filter((at) => columns[at]?.type === 'date' && !columns[at]?.format);
  if (dates.length === 0) return [...columns];
  const { counts } = await countClasses(duck, reading, dates);
  return columns.map((column, at) => {
    const format = dates.includes(at) ? dateFormat(counts.get(at) ?? new Map()) : undefined;
    return format ? { ...column, format, reason: `you chose it; read as ${format}` } : column;
  });
}

function dateFormat(counts: ClassCounts): string | undefined {
  const of = (kind: number) => counts.get(kind) ?? 0;
  const slashed = of(valueClass.dayFirst) + of(valueClass.monthFirst) + of(valueClass.eitherFirst);
  if (of(valueClass.date) >= slashed + of(valueClass.dotted)) return undefined;
  if (of(valueClass.dotted) > slashed) return '%d.%m.%Y';
  return of(valueClass.monthFirst) > of(valueClass.dayFirst) ? '%m/%d/%Y' : '%d/%m/%Y';
}
