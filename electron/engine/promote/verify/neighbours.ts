import type { Column } from '../../../../shared/column.ts';
import type { PromotedTable } from '../../../../shared/contract/promote.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { isMade } from '../target/ledger.ts';
import { rowHash } from './checksums.ts';
import type { Side } from './row-differences.ts';

const samples = 3;
const nearest = 10;
/** Processors add up a distance in different orders. */
const tolerance = 1e-5;

interface Neighbour {
  readonly hash: string;
  readonly distance: number;
}

/**
 * For a few vectors, the nearest rows on both sides, found exactly: they must be the same. Null where the object has
 * no vectors.
 */
export async function compareNeighbours(
  object: PromotedObject,
  here: Side,
  there: Side,
): Promise<PromotedTable['neighbours']> {
  const column = object.columns.find(({ type }) => /^vector/.test(type));
  if (!column || object.rows === 0 || isMade(object)) return null;
  const asked = await sampled(object, column, here);
  let equal = asked.length > 0;
  for (const vector of asked) {
    const statement = (from: Sql) => nearestTo(object, column, from, vector);
    const [ours, theirs] = await Promise.all([
      here.query<Neighbour>(statement(here.from)),
      there.query<Neighbour>(statement(there.from)),
    ]);
    equal &&= sameNeighbours(ours, theirs);
  }
  return asked.length === 0 ? null : { sampled: asked.length, equal };
}

async function sampled({ key, rows }: PromotedObject, { name }: Column, { from, query }: Side) {
  const step = Math.max(1, Math.floor(rows / samples));
  const found = await query<{ vector: string }>(sql`
    select ${ident(name)}::text as vector from (
      select ${ident(name)}, row_number() over (order by ${ident(key)}) - 1 as place from ${from} where ${ident(name)} is not null
    ) as v where place % ${step} = 0 limit ${samples}`);
  return found.map(({ vector }) => vector);
}

/** An index on the expression would be asked for approximate answers: adding zero leaves it out. */
const nearestTo = ({ columns }: PromotedObject, { name }: Column, from: Sql, vector: string) => {
  const distance = sql`((${ident(name)} <=> ${vector}::vector) + 0)`;
  return sql`select ${rowHash(columns)}::text as hash, ${distance}::float8 as distance from ${from}
    where ${ident(name)} is not null order by ${distance}, 1 limit ${nearest}`;
};

/** Rows of the same distance may come in any order, and the last of them may be others. */
function sameNeighbours(ours: readonly Neighbour[], theirs: readonly Neighbour[]): boolean {
  if (ours.length !== theirs.length) return false;
  const last = ours.at(-1)?.distance ?? 0;
  const known = new Set(theirs.map(({ hash }) => hash));
  return ours.every(
    ({ hash, distance }, at) =>
      close(distance, theirs[at]?.distance) && (known.has(hash) || close(distance, last)),
  );
}

/** A vector of zeros has no direction, and no distance by angle. */
const close = (a: number, b: number | undefined) =>
  b !== undefined && (Math.abs(a - b) <= tolerance || (Number.isNaN(a) && Number.isNaN(b)));
