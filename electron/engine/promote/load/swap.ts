import { clause, ident, join, type Sql, sql, subselect } from '../../../../shared/sql.ts';
import { collectionKeys } from '../objects/collection-keys.ts';
import { newKeysOf } from '../objects/keys-of-rules.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { newIndexesOf } from '../objects/table-indexes.ts';
import type { Existing } from '../target/existing.ts';
import { heldOutside, otherOf } from '../target/foreign-keys.ts';
import type { DependentView, IncomingKey } from '../target/holders.ts';
import { isMade, keptSchema, ledger, notesSchema, stagingSchema, wordOf } from '../target/ledger.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';
import {
  carryAtSwap,
  carryBefore,
  chosenIndexes,
  commentOn,
  constraintOf,
  drawnMeanwhile,
  grantOn,
  indexOf,
} from './carry.ts';
import { freeNames } from './free-names.ts';
import { createTable, movedPartitions, ownedPartitions, partitionsOf } from './partitions.ts';
import { released } from './relations.ts';

/** Every schema that these objects are loaded into. */
export const stagingOf = (staging: string, objects: readonly PromotedObject[]): readonly string[] => [
  ...new Set([
    stagingSchema(staging, { kind: 'table' }),
    notesSchema(staging),
    ...objects.map((object) => stagingSchema(staging, object)),
  ]),
];

/** What must be there before anything is loaded. */
export function preparation(objects: readonly PromotedObject[], state: TargetState, staging: string): Sql[] {
  const missing = [...new Set(objects.map(({ to }) => to))].filter(
    (schema) => !state.schemas.includes(schema),
  );
  return [
    ...(needsVector(objects) && state.vector === 'available'
      ? [sql`create extension if not exists vector`]
      : []),
    ...missing.map((schema) => sql`create schema if not exists ${ident(schema)}`),
    ...ledger(state),
    ...stagingOf(staging, objects).map((schema) => sql`create schema ${ident(schema)}`),
    ...objects
      .filter((object) => !isMade(object))
      .flatMap((object) =>
        object.mode === 'scd2' ? [createTable(object, state, staging)] : partitionsOf(object, state, staging),
      ),
  ];
}

/** True where a column holds vectors. */
export const needsVector = (objects: readonly PromotedObject[]): boolean =>
  objects.some(({ columns }) => columns.some(({ type }) => /^(vector|halfvec|sparsevec)/.test(type)));

/** Keys and indexes, made after loading because that is faster: those of the old table, and a collection's own two. */
export function keysOf(object: PromotedObject, state: TargetState, staging: string): Sql[] {
  const existing = state.existing.get(keyOf(object));
  const schema = stagingSchema(staging, object);
  const { name, form } = object;
  if (form !== 'table') return keysOfView(schema, object, existing);
  return [
    ...(existing ? carryBefore(schema, name, existing.carried, object.partition !== undefined) : []),
    ...newKeysOf(object, ident(schema, name)),
    ...(object.kind === 'collection' ? collectionKeys(object, state, schema) : []),
    ...newIndexesOf(object, state, ident(schema, name)),
    ...(state.near.has(keyOf(object)) ? namesToFree(object).map((place) => freeNames(schema, place)) : []),
    sql`analyze ${ident(schema, name)}`,
  ];
}

const namesToFree = (object: PromotedObject): readonly Place[] => [
  object,
  ...(object.partition?.parts ?? []).map(({ name }) => ({ to: object.to, name })),
];

/** A view has none; a materialized one has indexes. */
function keysOfView(schema: string, { name, form }: PromotedObject, existing: Existing | undefined): Sql[] {
  const { options = [], indexes = [] } = existing?.carried ?? {};
  const set =
    options.length > 0
      ? [sql`alter ${wordOf(form)} ${ident(schema, name)} set (${join(options.map(clause))})`]
      : [];
  if (form === 'view' || !existing) return set;
  return [
    ...set,
    ...indexes.flatMap((index) => indexOf(schema, name, existing.carried, index)),
    ...chosenIndexes(ident(schema, name), existing.carried),
  ];
}

/** The one transaction in which readers go from the old tables to the new ones. */
export function swap(
  objects: readonly PromotedObject[],
  state: TargetState,
  staging: string,
  id: string,
): Sql[] {
  const existingOf = (object: PromotedObject) => state.existing.get(keyOf(object));
  const kept = new Set(objects.filter(existingOf).map((object) => keptSchema(id, object)));
  const all = (part: (object: PromotedObject, existing: Existing) => Sql[]) =>
    objects.flatMap((object) => {
      const existing = existingOf(object);
      return existing ? part(object, existing) : [];
    });
  const outward = ({ carried }: Existing) =>
    carried.constraints.filter((part) => part.kind === 'f' && !otherOf(part, objects, state));
  return [
    ...[...kept].map((schema) => sql`create schema ${ident(schema)}`),
    ...all((object, existing) => [
      ...(existing.partitioned ? [movedPartitions(object, keptSchema(id, object))] : []),
      sql`alter table ${ident(object.to, object.name)} set schema ${ident(keptSchema(id, object))}`,
    ]),
    ...all((object, existing) =>
      released({ to: keptSchema(id, object), name: object.name }, heldOutside(existing, objects, state)),
    ),
    ...objects.flatMap((object) => {
      const loaded = { to: stagingSchema(staging, object), name: object.name };
      return [
        ...(object.partition ? [movedPartitions(loaded, object.to)] : []),
        sql`alter table ${ident(loaded.to, loaded.name)} set schema ${ident(object.to)}`,
      ];
    }),
    ...objects.filter((object) => !existingOf(object)).flatMap((object) => openedByDefault(object, state)),
    ...all((_, { incoming, views }) => [...incoming.flatMap(pointAnew), ...views.map(viewAnew)]),
    ...all((object, existing) => {
      const { to, name, form } = object;
      return [
        ...state.openedTo.map(
          (role) => sql`revoke all on ${ident(to, name)} from ${role === '' ? sql`public` : ident(role)}`,
        ),
        ...drawnMeanwhile(object, { to: keptSchema(id, object), name }, existing.carried),
        ...carryAtSwap(to, name, existing.carried, form, outward(existing)),
        ...(object.partition ? [ownedPartitions(object, existing.carried.owner)] : []),
      ];
    }),
    sql`drop schema ${join(stagingOf(staging, objects).map((schema) => ident(schema)))} cascade`,
  ];
}

/** What is moved into a schema is given what is made there. */
const openedByDefault = ({ to, name }: Place, { defaults }: TargetState): Sql[] =>
  defaults.filter(({ schema }) => schema === to).map((grant) => grantOn(ident(to, name), grant));

/** Views are made anew, so that they look at the new table and no longer at the old one. */
export const viewAnew = ({ schema, name, definition, options }: DependentView): Sql => {
  const having = options.length === 0 ? sql`` : sql`with (${join(options.map(clause))}) `;
  return sql`create or replace view ${ident(schema, name)} ${having}as ${subselect(definition)}`;
};

/** A foreign key of a table that stays where it is. */
export const pointAnew = ({ schema, holder, ...key }: IncomingKey): Sql[] => [
  sql`alter table ${ident(schema, holder)} drop constraint ${ident(key.name)}`,
  constraintOf(ident(schema, holder), key),
  ...commentOn(ident(schema, holder), key),
];
