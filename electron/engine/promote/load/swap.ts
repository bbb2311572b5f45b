import { clause, ident, join, type Sql, sql, subselect, typeName } from '../../../../shared/sql.ts';
import { collectionKeys } from '../objects/collection-keys.ts';
import { newKeysOf } from '../objects/keys-of-rules.ts';
import type { PromotedObject } from '../objects/objects.ts';
import type { DependentView, IncomingKey } from '../target/holders.ts';
import { isMade, type KindThere, keptSchema, ledger, stagingSchema, wordOf } from '../target/ledger.ts';
import { type Existing, keyOf, type Place, type TargetState } from '../target/target-state.ts';
import { carryAtSwap, carryBefore, grantOn, indexOf } from './carry.ts';
import { freeNames } from './free-names.ts';

/** Every schema that these objects are loaded into. */
export const stagingOf = (staging: string, objects: readonly PromotedObject[]): readonly string[] => [
  ...new Set([
    stagingSchema(staging, { kind: 'table' }),
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
    ...objects.filter((object) => !isMade(object)).map((object) => createTable(object, staging)),
  ];
}

/** True where a column holds vectors. */
export const needsVector = (objects: readonly PromotedObject[]): boolean =>
  objects.some(({ columns }) => columns.some(({ type }) => /^(vector|halfvec|sparsevec)/.test(type)));

/** The empty staging table of an object. */
export function createTable(object: PromotedObject, staging: string): Sql {
  const list = object.columns.map((column) => sql`${ident(column.name)} ${typeName(column.type)}`);
  return sql`create table ${ident(stagingSchema(staging, object), object.name)} (${join(list)})`;
}

/** Keys and indexes, made after loading because that is faster: those of the old table, and a collection's own two. */
export function keysOf(object: PromotedObject, state: TargetState, staging: string): Sql[] {
  const existing = state.existing.get(keyOf(object));
  const schema = stagingSchema(staging, object);
  const { name, form } = object;
  if (form !== 'table') return keysOfView(schema, object, existing);
  return [
    ...(existing ? carryBefore(schema, name, existing.carried) : []),
    ...newKeysOf(object, ident(schema, name)),
    ...(object.kind === 'collection' ? collectionKeys(object, state, schema) : []),
    ...(state.near.has(keyOf(object)) ? [freeNames(schema, object)] : []),
    sql`analyze ${ident(schema, name)}`,
  ];
}

/** A view has none; a materialized one has indexes. */
function keysOfView(schema: string, { name, form }: PromotedObject, existing: Existing | undefined): Sql[] {
  const { options = [], indexes = [] } = existing?.carried ?? {};
  const set =
    options.length > 0
      ? [sql`alter ${wordOf(form)} ${ident(schema, name)} set (${join(options.map(clause))})`]
      : [];
  if (form === 'view' || !existing) return set;
  return [...set, ...indexes.flatMap((index) => indexOf(schema, name, existing.carried, index))];
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
  return [
    ...[...kept].map((schema) => sql`create schema ${ident(schema)}`),
    ...all((object) => [
      sql`alter table ${ident(object.to, object.name)} set schema ${ident(keptSchema(id, object))}`,
    ]),
    ...objects.map(
      (object) =>
        sql`alter table ${ident(stagingSchema(staging, object), object.name)} set schema ${ident(object.to)}`,
    ),
    ...objects.filter((object) => !existingOf(object)).flatMap((object) => openedByDefault(object, state)),
    ...all((_, { incoming, views }) => [...incoming.flatMap(pointAnew), ...views.map(viewAnew)]),
    ...all(({ to, name, form }, { carried }) => [
      ...state.openedTo.map(
        (role) => sql`revoke all on ${ident(to, name)} from ${role === '' ? sql`public` : ident(role)}`,
      ),
      ...carryAtSwap(to, name, carried, form),
    ]),
    sql`drop schema ${join(stagingOf(staging, objects).map((schema) => ident(schema)))} cascade`,
  ];
}

/** What is moved into a schema is given what is made there. */
const openedByDefault = ({ to, name }: Place, { defaults }: TargetState): Sql[] =>
  defaults.filter(({ schema }) => schema === to).map((grant) => grantOn(ident(to, name), grant));

/** Views are made anew, so that they look at the new table and no longer at the old one. */
const viewAnew = ({ schema, name, definition, options }: DependentView): Sql => {
  const having = options.length === 0 ? sql`` : sql`with (${join(options.map(clause))}) `;
  return sql`create or replace view ${ident(schema, name)} ${having}as ${subselect(definition)}`;
};

/** A foreign key of a table that stays where it is. */
const pointAnew = ({ schema, holder, name, definition }: IncomingKey): Sql[] => [
  sql`alter table ${ident(schema, holder)} drop constraint ${ident(name)}`,
  sql`alter table ${ident(schema, holder)} add constraint ${ident(name)} ${clause(definition)}`,
];

/** Where the promoted tables go when a promotion is undone. */
export const undoneSchema = (id: string, { kind }: Pick<Undone, 'kind'>): string =>
  `assay_undone_${id.replaceAll('-', '').slice(0, 16)}_${kind === 'collection' ? 'collections' : 'tables'}`;

type Undone = Place & {
  readonly kind: KindThere;
  readonly replaced: boolean;
  readonly place: number;
};

/** The way back: what was replaced returns with all it had, what was new goes, except what is to stay aside. */
export function unswap(
  promoted: readonly Undone[],
  state: TargetState,
  id: string,
  aside: readonly Undone[],
): Sql[] {
  const back = promoted.filter(({ replaced }) => replaced);
  const kept = new Set(back.map((entry) => keptSchema(id, entry)));
  const doomed = promoted.filter((entry) => !aside.includes(entry));
  const schemas = [...new Set(promoted.map((entry) => undoneSchema(id, entry)))];
  const emptied = schemas.filter((schema) => !aside.some((entry) => undoneSchema(id, entry) === schema));
  const dependents = back.flatMap((entry) => {
    const { views = [], incoming = [] } = state.existing.get(keyOf(entry)) ?? {};
    return [...incoming.flatMap(pointAnew), ...views.map(viewAnew)];
  });
  return [
    ...schemas.map((schema) => sql`create schema ${ident(schema)}`),
    ...promoted.map(
      (entry) => sql`alter table ${ident(entry.to, entry.name)} set schema ${ident(undoneSchema(id, entry))}`,
    ),
    ...back.map(
      (entry) => sql`alter table ${ident(keptSchema(id, entry), entry.name)} set schema ${ident(entry.to)}`,
    ),
    ...dependents,
    ...dropAll(doomed, id),
    ...[...emptied, ...kept].map((schema) => sql`drop schema ${ident(schema)}`),
  ];
}

/** Views before what they are made of; then the tables at once, because they may point at one another. */
function dropAll(doomed: readonly Undone[], id: string): Sql[] {
  const isTable = ({ kind }: Undone) => kind === 'table' || kind === 'collection';
  const at = (entry: Undone) => ident(undoneSchema(id, entry), entry.name);
  const views = doomed.filter((entry) => !isTable(entry)).sort((a, b) => b.place - a.place);
  const tables = doomed.filter(isTable);
  return [
    ...views.map((entry) => sql`drop ${wordOf(entry.kind)} ${at(entry)}`),
    ...(tables.length > 0 ? [sql`drop table ${join(tables.map(at))}`] : []),
  ];
}
