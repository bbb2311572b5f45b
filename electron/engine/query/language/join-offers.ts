import type { Offer } from '../../../../shared/contract/query-language.ts';
import { joinConditions } from './join-conditions.ts';
import { type KnownCatalog, written } from './known-catalog.ts';
import type { Place } from './place.ts';
import { namesIn, type Relation } from './relations.ts';

/** What joins the last relation to those before it. */
export function conditionsOffered({ scope }: Place): readonly Offer[] {
  const joined = scope.relations.at(-1);
  if (!joined) return [];
  return joinConditions(joined, scope.relations.slice(0, -1), scope.catalog).map(({ text, why }) => ({
    label: text,
    kind: 'join',
    detail: why,
  }));
}

const mostPerTable = 2;

/** Whole joins: a table, an alias for it and the condition, along foreign keys and names. */
export function joinsOffered({ scope, at }: Place): readonly Offer[] {
  const { catalog, named } = scope;
  const relations = scope.relations.filter(
    ({ start = -1, alias }) => start + alias.length < at || start > at,
  );
  const candidates: Relation[] = [
    ...[...named].map(([alias, columns]) => ({ alias, columns, what: 'with' })),
    ...catalog.relations
      .filter(({ schema }) => schema === 'public')
      .map(({ name, schema, columns, kind }) => ({ alias: name, table: name, schema, columns, what: kind })),
  ];
  return candidates.flatMap((candidate) => {
    const alias = freeAlias(candidate.alias, relations, catalog);
    const before = relations.filter(({ columns }) => columns.length > 0);
    const conditions = joinConditions({ ...candidate, alias }, before, catalog);
    const name = written(catalog, candidate.alias);
    const again = relations.some(({ table }) => table !== undefined && table === candidate.table);
    return conditions
      .filter(({ why }, _at, all) => why !== 'same name' || (!again && all.length <= mostPerTable))
      .slice(0, mostPerTable)
      .map(
        ({ text, why }): Offer => ({
          label: `${name}${alias === candidate.alias ? '' : ` ${alias}`} on ${text}`,
          kind: 'join',
          detail: why,
        }),
      );
  });
}

/** Short as people write them: the first letters of its words; the name itself where nobody uses aliases here. */
function freeAlias(name: string, relations: readonly Relation[], catalog: KnownCatalog): string {
  const aliased = relations.some(({ alias, table }) => table !== undefined && alias !== table);
  const taken = new Set(relations.map(({ alias }) => alias));
  if (!aliased && !taken.has(name)) return name;
  const letters = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.charAt(0))
    .join('');
  const short = /^[a-z]/.test(letters) ? letters : 't';
  const free = [short, `${short}2`, `${short}3`, `${short}4`].find(
    (alias) => !taken.has(alias) && !catalog.reserved.has(alias),
  );
  return free ?? name;
}

/** Columns that both sides of a JOIN … USING have. */
export function sharedColumns({ scope, groups }: Place): readonly Offer[] {
  const joined = scope.relations.at(-1);
  const before = scope.relations.slice(0, -1).flatMap(({ columns }) => columns.map(({ name }) => name));
  const given = groups[0] ? namesIn(groups[0]) : [];
  return (joined?.columns ?? [])
    .filter(({ name }) => before.includes(name) && !given.includes(name))
    .map(({ name, type }) => ({
      label: name,
      insert: written(scope.catalog, name),
      kind: 'column',
      detail: type,
    }));
}
