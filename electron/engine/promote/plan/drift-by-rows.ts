import type { Drift } from '../../../../shared/contract/promote.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { Promotion } from '../apply.ts';
import { standingRows } from '../objects/mode.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { driftOf, stateOf } from '../target/drift.ts';
import type { Noted } from '../target/ledger.ts';
import type { WrittenBy } from '../target/written-by.ts';
import { asKey, rowHash } from '../verify/checksums.ts';
import { sideHere, sideThere } from '../verify/evidence.ts';
import { firstDifferences, type Side, withoutValues } from '../verify/row-differences.ts';
import { countRows } from './row-counts.ts';

/** So many rows that were written there since are looked at one by one. */
const mostLookedAt = 200_000;
const mostShown = 5;

type Sides = Pick<Promotion, 'database' | 'session' | 'signal'>;

/**
 * What a promotion that leaves rows there would undo of what people did there since: rows that they changed or added and
 * that others would take the place of, or that would end, and rows that they removed and that would come back. What is
 * only there and stays is none.
 */
export async function driftByRows(
  sides: Sides,
  object: PromotedObject,
  noted: Noted,
): Promise<Drift | undefined> {
  const drift = await driftOf(sides.session, noted);
  if (!drift) return undefined;
  const { written } = noted.about;
  const known = written && (await knownRows(sides, object, written));
  const touched =
    known && known.since <= mostLookedAt
      ? await touchedRows(sides, object, known)
      : await differingRows(sides, object);
  if (touched.changed + touched.removed === 0) return undefined;
  const { seen, ...rows } = touched;
  return { ...drift, rows, state: stateOf(seen) };
}

interface Touched extends NonNullable<Drift['rows']> {
  /** What it was told by. */
  readonly seen: readonly unknown[];
}

interface Known {
  /** Holds for rows that came since. */
  readonly isNew: Sql;
  /** How many came since, and how many of those that were promoted are not there as they were. */
  readonly since: number;
  readonly missing: number;
}

/** Undefined where every row was written anew: a restored database, or a folder, numbers its rows itself. */
async function knownRows(
  { session }: Sides,
  { to, name }: PromotedObject,
  { ours, rows, stayed }: WrittenBy,
): Promise<Known | undefined> {
  const among = (list: readonly string[]) => sql`xmin::text = any(${`{${list.join(',')}}`}::text[])`;
  const isNew = sql`not ${among([...ours, ...stayed])}`;
  const [found] = await session.query<{ all: number; since: number; left: number }>(sql`
    select count(*)::float8 as all, count(*) filter (where ${isNew})::float8 as since, count(*) filter (where ${among(ours)})::float8 as left
    from ${ident(to, name)}`);
  if (!found || (found.all > 0 && found.since === found.all)) return undefined;
  return { isNew, since: found.since, missing: rows - found.left };
}

async function touchedRows(sides: Sides, object: PromotedObject, known: Known): Promise<Touched> {
  const { mode, to, name, from, columns, by } = object;
  const here = sideHere(sides.database, object, sides.signal);
  const key = rowHash(columns.filter((column) => by.includes(column.name)).map(asKey));
  const current = mode === 'scd2' ? sql` and is_current` : sql``;
  const theirs = sql`(select * from ${ident(to, name)} where ${known.isNew}${current}) as ${ident(name)}`;
  const there = sideThere(sides.session, theirs);
  const written = await hashes(there, key, rowHash(columns));
  const ours = sql`(select * from ${from} where ${key} = any(${arrayOf([...written.keys()])})) as ${ident(name)}`;
  const own = await hashes({ ...here, from: ours }, key, rowHash(columns));
  const changed = [...written].filter(([k, row]) => (own.has(k) ? own.get(k) !== row : mode === 'scd2'));
  const rewritten = mode === 'scd2' ? known.since : [...written.keys()].filter((k) => own.has(k)).length;
  const removed = await comeBack(sides, object, known.missing - rewritten);
  const only = (side: Side) => ({
    ...side,
    from: sql`(select * from ${side.from} where ${key} = any(${arrayOf(changed.map(([k]) => k))})) as ${ident(name)}`,
  });
  const differences =
    changed.length > 0 ? await firstDifferences(only(here), only(there), columns, mostShown) : [];
  return {
    ...{ changed: changed.length, removed, sure: true, seen: [...changed, removed] },
    examples: differences.map((one) => withoutValues(one, object.shy ?? [])),
  };
}

const arrayOf = (list: readonly string[]) => sql`${`{${list.join(',')}}`}::bigint[]`;

async function hashes({ from, query }: Side, key: Sql, row: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await query<{ k: string; r: string }>(
    sql`select ${key}::text as k, ${row}::text as r from ${from} order by 1, 2`,
  );
  return new Map(rows.map(({ k, r }) => [k, r]));
}

/** Of the rows that are gone there only those come back that are still here. */
async function comeBack(sides: Sides, object: PromotedObject, gone: number): Promise<number> {
  if (gone <= 0) return 0;
  return Math.min(gone, (await countsOf(sides, object))?.added ?? object.rows);
}

/** Where nothing tells which rows were written since: all that differ may have been. */
async function differingRows(sides: Sides, object: PromotedObject): Promise<Touched> {
  const counts = await countsOf(sides, object);
  const changed = counts ? counts.changed + (object.mode === 'scd2' ? counts.removed : 0) : object.rows;
  return { changed, removed: 0, sure: false, examples: [], seen: [counts] };
}

function countsOf({ database, session, signal }: Sides, object: PromotedObject) {
  const { columns, by } = object;
  return countRows(
    sideHere(database, object, signal),
    sideThere(session, standingRows(object)),
    columns,
    columns.filter(({ name }) => by.includes(name)).map(asKey),
  );
}
