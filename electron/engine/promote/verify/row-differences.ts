import type { Column } from '../../../../shared/column.ts';
import type { RowDifference } from '../../../../shared/contract/promote.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import { masked } from '../../checks/detect/masked-reason.ts';
import { rowHash } from './checksums.ts';

/** One side of a comparison: where the table stands, and who answers. */
export interface Side {
  readonly from: Sql;
  query<Row>(statement: Sql): Promise<readonly Row[]>;
}

const buckets = 4096;
/** A row that differs lies in one bucket here and in another there: of so many rows the hashes are compared. */
const rowsLookedInto = 50_000;
const longestShown = 200;
/** So many rows of each side are looked at to find which belong together. */
const mostPaired = 200;

/**
 * The first rows that are on one side only, by their hashes: first the buckets that differ, then the hashes in a few
 * of them, so that neither time nor memory grows with the table. Rows that look like one another are shown as one.
 */
export async function firstDifferences(
  here: Side,
  there: Side,
  columns: readonly Column[],
  limit = 5,
): Promise<readonly RowDifference[]> {
  const [sumsHere, sumsThere] = [
    await bucketSums(here, columns, buckets),
    await bucketSums(there, columns, buckets),
  ];
  const differing = differingBuckets(sumsHere, sumsThere);
  if (differing.length === 0) return [];
  const hashesHere = await hashesIn(here, columns, differing, buckets);
  const hashesThere = await hashesIn(there, columns, differing, buckets);
  const onlyHere = await rowsOf(here, columns, excess(hashesHere, hashesThere).slice(0, mostPaired));
  const onlyThere = await rowsOf(there, columns, excess(hashesThere, hashesHere).slice(0, mostPaired));
  return paired(columns, onlyHere, onlyThere).slice(0, limit);
}

function differingBuckets(here: ReadonlyMap<number, Bucket>, there: ReadonlyMap<number, Bucket>): number[] {
  let rows = 0;
  return [...new Set([...here.keys(), ...there.keys()])].filter((bucket) => {
    if (sameBucket(here.get(bucket), there.get(bucket)) || rows > rowsLookedInto) return false;
    rows += (here.get(bucket)?.rows ?? 0) + (there.get(bucket)?.rows ?? 0);
    return true;
  });
}

/** The rows whose hashes end alike. */
export interface Bucket {
  readonly rows: number;
  readonly sum: string;
}

/** Whether both sides have the same rows in a bucket. */
export const sameBucket = (one: Bucket | undefined, other: Bucket | undefined): boolean =>
  one?.sum === other?.sum;

/** Number and sum of the hashes of rows, by their last bits; `buckets` is a power of two. */
export async function bucketSums(
  { from, query }: Side,
  columns: readonly Column[],
  buckets: number,
): Promise<ReadonlyMap<number, Bucket>> {
  const rows = await query<Bucket & { bucket: number }>(sql`
    select (r & ${buckets - 1})::int as bucket, count(*)::int as rows, count(*)::text || ' ' || sum(r)::text as sum
    from (select ${rowHash(columns)} as r from ${from}) as hashed group by 1`);
  return new Map<number, Bucket>(rows.map((row) => [row.bucket, row]));
}

/** How often each hash is there, in some of the buckets. */
export async function hashesIn(
  { from, query }: Side,
  columns: readonly Column[],
  wanted: readonly number[],
  buckets: number,
): Promise<ReadonlyMap<string, number>> {
  const list = `{${wanted.join(',')}}`;
  const rows = await query<{ hash: string; n: number }>(sql`
    select r::text as hash, count(*)::int as n from (select ${rowHash(columns)} as r from ${from}) as hashed
    where (r & ${buckets - 1})::int = any(${list}::int[]) group by r order by r`);
  return new Map(rows.map(({ hash, n }) => [hash, n]));
}

const excess = (own: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>) =>
  [...own].filter(([hash, n]) => n > (other.get(hash) ?? 0)).map(([hash]) => hash);

type Values = readonly (string | null)[];

async function rowsOf({ from, query }: Side, columns: readonly Column[], hashes: readonly string[]) {
  if (hashes.length === 0) return [];
  const values = columns.map(({ name }) => sql`left(${ident(name)}::text, ${longestShown})`);
  const rows = await query<{ values: Values }>(sql`
    select array[${join(values)}]::text[] as values from ${from}
    where ${rowHash(columns)} in (${join(hashes.map((hash) => sql`${hash}::bigint`))}) limit ${hashes.length}`);
  return rows.map((row) => row.values);
}

/** Each row here beside the one there that has most in common with it. */
function paired(columns: readonly Column[], here: readonly Values[], there: readonly Values[]) {
  const left = [...there];
  const found: RowDifference[] = here.map((row) => {
    const common = left.map((other) => row.filter((value, at) => value === other[at]).length);
    const best = common.indexOf(Math.max(...common, 1));
    return differenceOf(columns, row, best < 0 ? null : (left.splice(best, 1)[0] ?? null));
  });
  found.sort((a, b) => Number(a.there === null) - Number(b.there === null));
  return [...found, ...left.map((row) => differenceOf(columns, null, row))];
}

function differenceOf(columns: readonly Column[], here: Values | null, there: Values | null): RowDifference {
  const named = (row: Values | null) =>
    row && Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null]));
  const differ = columns.filter((_, at) => here && there && here[at] !== there[at]).map(({ name }) => name);
  return { here: named(here), there: named(there), columns: differ };
}

/** A difference without the values of these columns; which of them differ stays told. */
export function withoutValues(
  { here, there, columns }: RowDifference,
  shy: readonly string[],
): RowDifference {
  const shown = (row: RowDifference['here']) =>
    row &&
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        value !== null && shy.includes(name) ? masked : value,
      ]),
    );
  return { here: shown(here), there: shown(there), columns };
}

/** A difference in one line, for messages. */
export function sayDifference({ here, there, columns }: RowDifference): string {
  const shown = (row: RowDifference['here']) =>
    row === null
      ? 'no such row'
      : Object.entries(row)
          .map(([name, value]) => `${name} = ${value === null ? 'null' : JSON.stringify(value.slice(0, 40))}`)
          .slice(0, 8)
          .join(', ');
  const where = columns.length > 0 ? `${columns.join(', ')} differs: ` : '';
  return `${where}here ${shown(here)}; there ${shown(there)}`;
}
