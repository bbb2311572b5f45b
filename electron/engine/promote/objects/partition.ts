import { type Column, isMoment } from '../../../../shared/column.ts';
import type { MadeWay, PartitionSpan, TargetTable } from '../../../../shared/contract/workspace.ts';
import { count } from '../../../../shared/number-words.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Promotion } from '../apply.ts';
import { keyOf, type TargetState } from '../target/target-state.ts';
import type { PromotedObject } from './objects.ts';
import { beginnings, type PartName, partsOf } from './partition-parts.ts';

/** By which column a table is divided, and into what. */
export interface Partition {
  readonly by: string;
  readonly type: string;
  readonly every: PartitionSpan;
  readonly parts: readonly PartName[];
  /** Keys that it does not get, because they do not hold that column. */
  readonly without: readonly (readonly string[])[];
}

/** Each is locked while it is swapped in, with its indexes: a server has room for some thousand locks. */
const mostParts = 240;

/** What the settings of a table say of it, before its rows are looked at. */
export function partitionOf(
  table: string,
  columns: readonly Column[],
  { partition }: TargetTable,
  way: MadeWay | undefined,
): Partition | undefined {
  if (!partition) return undefined;
  const { by, every } = partition;
  const column = columns.find(({ name }) => name === by);
  const why =
    way === 'view' || way === 'materialized view'
      ? 'it is a view there'
      : column === undefined
        ? `it has no column "${by}" there`
        : isMoment(column.type)
          ? undefined
          : `${by} is ${column.type}, no day and no time`;
  if (column && why === undefined) return { by, every, type: column.type, parts: [], without: [] };
  throw problem('bad_input', `${table} cannot be divided by ${by}: ${why}.`, {
    hint: 'Choose a column of days or times that goes along, or take `partition` away from the table in assay.yaml, under the target.',
    at: { table, column: by },
  });
}

/** The partitions that the rows here, and those that stay there, want; keys that do not hold the column are left out. */
export async function withPartitions(
  promotion: Promotion,
  objects: readonly PromotedObject[],
  state: TargetState,
): Promise<readonly PromotedObject[]> {
  const divided: PromotedObject[] = [];
  for (const object of objects) {
    const { partition } = object;
    if (!partition) {
      divided.push(object);
      continue;
    }
    refuseUnkeyed(object, state);
    const parts = partsOf(
      object.name,
      partition.every,
      await beginningsOf(promotion, object, partition, state),
    );
    refuseMany(object, parts);
    const fits = ({ columns }: { readonly columns: readonly string[] }) => columns.includes(partition.by);
    const without = object.newKeys.filter((key) => !fits(key)).map(({ columns }) => columns);
    divided.push({
      ...object,
      newKeys: object.newKeys.filter(fits),
      partition: { ...partition, parts, without },
    });
  }
  await refuseTaken(promotion, divided, state);
  return divided;
}

async function beginningsOf(
  { database, session, signal }: Promotion,
  { from, to, name, mode }: PromotedObject,
  partition: Partition,
  { existing }: TargetState,
): Promise<readonly string[]> {
  const asked = (rows: Sql) => beginnings(rows, partition);
  const turn = { title: `Looking at the days of ${name}`, priority: 'background' as const, signal };
  const here = await database.use(turn, (own) => own.query<{ begins: string }>(asked(from)));
  const stay = mode !== 'replace' && existing.has(keyOf({ to, name }));
  const there = stay ? await session.query<{ begins: string }>(asked(ident(to, name))) : [];
  return [...new Set([...here, ...there].map(({ begins }) => begins))].sort();
}

function refuseMany({ name, partition }: PromotedObject, parts: readonly PartName[]): void {
  if (parts.length <= mostParts) return;
  throw problem(
    'bad_input',
    `${name} would have ${count(parts.length)} partitions by ${partition?.every} of ${partition?.by}; up to ${mostParts} can be swapped in at once.`,
    {
      hint: 'Choose a longer time for each, in the plan or in assay.yaml under the target: partition: { every: … }.',
      at: { table: name },
    },
  );
}

/** Others’ keys point at a key that the divided table would not have. */
function refuseUnkeyed({ to, name, partition }: PromotedObject, { existing }: TargetState): void {
  const { incoming = [], lost = [] } = existing.get(keyOf({ to, name })) ?? {};
  const [first] = incoming;
  if (!first || !lost.some((part) => part.startsWith('constraint '))) return;
  throw problem(
    'bad_input',
    `${name} cannot be divided by ${partition?.by}: the foreign key ${first.name} of ${first.schema}.${first.holder} needs a key that does not hold that column.`,
    {
      hint: 'Drop that foreign key there, or take `partition` away from the table in assay.yaml, under the target.',
      at: { table: name },
    },
  );
}

/** What is called like a partition and is none of the table’s own. */
async function refuseTaken(
  { session }: Promotion,
  objects: readonly PromotedObject[],
  { existing }: TargetState,
): Promise<void> {
  for (const object of objects) {
    const names = (object.partition?.parts ?? []).map(({ name }) => name);
    if (names.length === 0) continue;
    const own = existing.get(keyOf(object))?.oid ?? '0';
    const [there] = await session.query<{ name: string }>(sql`
      select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${object.to} and c.relname in (${join(names)})
        and not exists (select from pg_inherits i where i.inhrelid = c.oid and i.inhparent = ${own}::oid) limit 1`);
    const here = objects.find(({ to, name }) => to === object.to && names.includes(name));
    const taken = there?.name ?? here?.name;
    if (taken === undefined) continue;
    throw problem('bad_input', `${object.to}.${taken} is called as a partition of ${object.name} would be.`, {
      hint: 'Rename it, or take `partition` away from the table in assay.yaml, under the target.',
      at: { table: object.name },
    });
  }
}

/** Into what it is divided, in words for the plan. */
export function wordsOfPartition({ partition }: PromotedObject): string {
  if (!partition) return '';
  const { by, every, parts, without } = partition;
  const keys = without.map(
    (columns) => ` No key of ${columns.join(', ')} is made: in partitions every key holds ${by}.`,
  );
  const many = parts.length - 1;
  return ` In ${many === 1 ? '1 partition' : `${count(many)} partitions`} by ${every} of ${by}, and one for the rest.${keys.join('')}`;
}
