import { type KnownCatalog, written } from './known-catalog.ts';
import type { Relation } from './relations.ts';

/** A way to put two relations together. */
export interface JoinCondition {
  readonly text: string;
  readonly why: 'foreign key' | 'same name' | 'names an id';
}

/** Conditions that join a relation to one that stands before it, the most telling first. */
export function joinConditions(
  joined: Relation,
  before: readonly Relation[],
  catalog: KnownCatalog,
): readonly JoinCondition[] {
  const found = before.flatMap((other) => [
    ...byReference(joined, other, catalog),
    ...byReference(other, joined, catalog),
    ...byName(joined, other, catalog),
    ...byId(joined, other, catalog),
    ...byId(other, joined, catalog),
  ]);
  const order = ['foreign key', 'names an id', 'same name'];
  const sorted = found.toSorted((a, b) => order.indexOf(a.why) - order.indexOf(b.why));
  return sorted.filter(({ text }, at) => sorted.findIndex((other) => other.text === text) === at);
}

const side = (catalog: KnownCatalog, { alias }: Relation, column: string) =>
  `${written(catalog, alias)}.${written(catalog, column)}`;

function byReference(from: Relation, to: Relation, catalog: KnownCatalog): JoinCondition[] {
  return catalog.references
    .filter((one) => one.from === from.table && one.to === to.table)
    .map(({ columns, toColumns }) => ({
      text: columns
        .map((column, at) => `${side(catalog, to, toColumns[at] ?? '')} = ${side(catalog, from, column)}`)
        .join(' and '),
      why: 'foreign key',
    }));
}

/** Columns that happen to be called alike everywhere join nothing. */
const vague = new Set([
  '_row',
  '_file',
  'id',
  'name',
  'title',
  'description',
  'comment',
  'notes',
  'status',
  'type',
]);

function byName(joined: Relation, other: Relation, catalog: KnownCatalog): JoinCondition[] {
  const shared = joined.columns.filter(
    ({ name, type }) =>
      !vague.has(name) &&
      other.columns.some((column) => column.name === name && (!type || !column.type || column.type === type)),
  );
  const keys = shared.filter(({ name }) => /(_id|_no|_key|_code|id|key|sku|uuid)$/i.test(name));
  return (keys.length > 0 ? keys : shared).map(({ name }) => ({
    text: `${side(catalog, other, name)} = ${side(catalog, joined, name)}`,
    why: 'same name',
  }));
}

/** `orders.customer_id` and `customers.id`. */
function byId(from: Relation, to: Relation, catalog: KnownCatalog): JoinCondition[] {
  const ids = to.columns.filter(({ name }) => name === 'id');
  const stem = singular(to.table ?? to.alias);
  return ids.flatMap(({ name: id }) =>
    from.columns
      .filter(({ name }) => name === `${stem}_id` || name === `${stem}id`)
      .map(({ name }) => ({
        text: `${side(catalog, to, id)} = ${side(catalog, from, name)}`,
        why: 'names an id' as const,
      })),
  );
}

const singular = (name: string) =>
  name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/(?<=(s|x|z|ch|sh))es$|s$/, '');
