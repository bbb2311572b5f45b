import { clause, ident, join, type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { Promotion } from '../apply.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { referencesOf } from '../objects/references-of-rules.ts';
import type { CarriedPart } from '../target/carried.ts';
import { otherOf } from '../target/foreign-keys.ts';
import { stagingSchema } from '../target/ledger.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';
import { commentOn, constraintOf } from './carry.ts';

/**
 * The foreign keys among the tables that are promoted together: new ones, and those that the old tables have. They are made
 * in staging, where nobody waits for them, and go along when the tables are swapped in.
 */
export const relationsOf = (
  objects: readonly PromotedObject[],
  state: TargetState,
  staging: string,
): Sql[] => [
  ...objects.flatMap((object) =>
    (state.existing.get(keyOf(object))?.carried.constraints ?? []).flatMap((part) => {
      const other = otherOf(part, objects, state);
      return other ? [carriedWithin(object, other, part, staging)] : [];
    }),
  ),
  ...referencesOf(objects, staging),
];

function carriedWithin(
  object: PromotedObject,
  other: PromotedObject,
  { name, definition, otherPlace }: CarriedPart,
  staging: string,
): Sql {
  const table = ident(stagingSchema(staging, object), object.name);
  const there = toText(ident(stagingSchema(staging, other), other.name));
  const moved = definition.replace(` REFERENCES ${otherPlace}(`, () => ` REFERENCES ${there}(`);
  return sql`alter table ${table} add constraint ${ident(name)} ${clause(moved)}`;
}

/** Makes them, once: an attempt before this one may have come so far. */
export async function relate(
  { session, objects, progress }: Promotion,
  state: TargetState,
  staging: string,
): Promise<void> {
  const statements = relationsOf(objects, state, staging);
  if (statements.length === 0) return;
  const made = await session.query(sql`
    select 1 as found from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and n.nspname in (${join([...new Set(objects.map((object) => stagingSchema(staging, object)))])}) limit 1`);
  if (made.length > 0) return;
  progress({ title: 'Making foreign keys', done: 0, total: statements.length, unit: 'steps' });
  await session.transaction(statements);
}

/** Takes foreign keys from a table that is put aside: nobody else's rows must be held by what is kept. */
export const released = (at: Place, parts: readonly CarriedPart[]): Sql[] =>
  parts.map(({ name }) => sql`alter table ${ident(at.to, at.name)} drop constraint if exists ${ident(name)}`);

/** Gives them back to a table that returns. */
export const regained = (at: Place, parts: readonly CarriedPart[]): Sql[] =>
  parts.flatMap((part) => [
    ...released(at, [part]),
    constraintOf(ident(at.to, at.name), part),
    ...commentOn(ident(at.to, at.name), part),
  ]);
