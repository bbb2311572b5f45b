import type { Column } from '../../../../shared/column.ts';
import type { RowCounts } from '../../../../shared/contract/promote.ts';
import { join, sql } from '../../../../shared/sql.ts';
import { rowHash } from '../verify/checksums.ts';
import type { Side } from '../verify/row-differences.ts';

const buckets = 4096;
/** Beyond so many rows that differ, nobody reads the numbers, and counting them would take too long. */
const mostCounted = 500_000;
const atOnce = 100_000;

interface Bucket {
  readonly rows: number;
  readonly sum: string;
}

/**
 * How many rows here are new, changed or gone against those there, by key, or by all values where there is none.
 * Only what lies in buckets that differ is looked at, a part at a time. Null where that is too much.
 */
export async function countRows(
  here: Side,
  there: Side,
  columns: readonly Column[],
  key: readonly Column[],
): Promise<RowCounts | null> {
  const by = key.length > 0 ? key : columns;
  const before = await bucketsOf(here, columns, by);
  const after = await bucketsOf(there, columns, by);
  const all = [...new Set([...before.keys(), ...after.keys()])];
  const differing = all.filter((bucket) => before.get(bucket)?.sum !== after.get(bucket)?.sum);
  const sizeOf = (bucket: number) => (before.get(bucket)?.rows ?? 0) + (after.get(bucket)?.rows ?? 0);
  if (sum(differing.map(sizeOf)) > mostCounted) return null;
  const counts = { added: 0, changed: 0, removed: 0 };
  for (const part of parts(differing, sizeOf)) {
    const ours = await hashesIn(here, columns, by, part);
    tally(counts, ours, await hashesIn(there, columns, by, part), key.length > 0);
  }
  const rows = sum([...before.values()].map((bucket) => bucket.rows));
  return { by: key.map(({ name }) => name), ...counts, same: rows - counts.added - counts.changed };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);

async function bucketsOf({ from, query }: Side, columns: readonly Column[], by: readonly Column[]) {
  const rows = await query<{ bucket: number; rows: number; sum: string }>(sql`
    select (k & ${buckets - 1})::int as bucket, count(*)::int as rows, count(*)::text || ' ' || sum(r)::text as sum
    from (select ${rowHash(by)} as k, ${rowHash(columns)} as r from ${from}) as hashed group by 1`);
  return new Map<number, Bucket>(rows.map((row) => [row.bucket, row]));
}

function* parts(differing: readonly number[], sizeOf: (bucket: number) => number): Generator<number[]> {
  let part: number[] = [];
  let size = 0;
  for (const bucket of differing) {
    part.push(bucket);
    size += sizeOf(bucket);
    if (size < atOnce) continue;
    yield part;
    part = [];
    size = 0;
  }
  if (part.length > 0) yield part;
}

/** Hashes of whole rows by that of their key. */
async function hashesIn(
  { from, query }: Side,
  columns: readonly Column[],
  by: readonly Column[],
  wanted: readonly number[],
): Promise<Map<string, string[]>> {
  const rows = await query<{ k: string; r: string }>(sql`
    select k::text as k, r::text as r from (select ${rowHash(by)} as k, ${rowHash(columns)} as r from ${from}) as hashed
    where (k & ${buckets - 1})::int in (${join(wanted)})`);
  const found = new Map<string, string[]>();
  for (const { k, r } of rows) found.set(k, [...(found.get(k) ?? []), r]);
  return found;
}

/** Rows of one key that are on one side only are paired as changed as far as they go; without a key, none is. */
function tally(
  counts: { added: number; changed: number; removed: number },
  ours: ReadonlyMap<string, readonly string[]>,
  theirs: ReadonlyMap<string, readonly string[]>,
  keyed: boolean,
): void {
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const left = [...(theirs.get(key) ?? [])];
    const added = (ours.get(key) ?? []).filter((hash) => {
      const at = left.indexOf(hash);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    const changed = keyed ? Math.min(added.length, left.length) : 0;
    counts.changed += changed;
    counts.added += added.length - changed;
    counts.removed += left.length - changed;
  }
}
