import { z } from 'zod';
import { type Column, rowColumn } from '../column.ts';
import { orderedBy } from '../ordered-by.ts';
import { problem } from '../problem.ts';
import { ident, join, lines, names, nothing, type Sql, sql } from '../sql.ts';
import { type Filter, filter, kindOf } from './filters.ts';
import { type Place, postgresPlace } from './place.ts';
import type { Comparable } from './same-meaning.ts';

/** A column to put rows in order by. */
export const sortKey = z.object({ column: z.string(), descending: z.boolean().default(false) });

/** How a table is looked at: which rows, in which order, which columns. Plain data, kept per table. */
export const view = z.object({
  /** The first decides, the next where it is equal; then the row's own place. */
  sort: z.array(sortKey).default([]),
  /** All of them hold. */
  filters: z.array(filter).default([]),
  /** The columns shown, from left to right; left out, all of them. */
  columns: z.array(z.string()).optional(),
});

export type View = z.output<typeof view>;
export type SortKey = z.output<typeof sortKey>;

/** All rows and columns in the table's own order. */
export const wholeTable: View = { sort: [], filters: [] };

/** Columns by the names that a view uses, or `not_found`. */
export function columnsOfView(
  table: string,
  columns: readonly Column[],
  { sort, filters, columns: shown = [] }: View,
): ReadonlyMap<string, Column> {
  const byName = new Map(columns.map((column) => [column.name, column]));
  for (const name of [...sort, ...filters].map(({ column }) => column).concat(shown)) {
    if (byName.has(name)) continue;
    throw problem('not_found', `Table "${table}" has no column "${name}" any more.`, {
      hint: 'Take the filter or the order by it away.',
      at: { table, column: name },
    });
  }
  return byName;
}

/** Tells answers under filters apart: by the day as well, which "in the last week" goes by. */
export const filtersKey = (filters: readonly Filter[]): string =>
  filters.length === 0 ? '' : JSON.stringify([filters, new Date().toISOString().slice(0, 10)]);

/** What a view's rows must fulfil; nothing where all rows are shown. */
export function conditionOf({ filters }: View, placeOf: (column: string) => Place): Sql | undefined {
  if (filters.length === 0) return undefined;
  return join(
    filters.map((one) => kindOf(one).sql(placeOf(one.column), one)),
    sql`
  and `,
  );
}

/** A view's order, nulls last both ways, as the steps of a pipeline have it. */
export const orderOf = ({ sort }: View, orderedBy: (column: string) => Sql): readonly Sql[] =>
  sort.map(
    ({ column, descending }) => sql`${orderedBy(column)}${descending ? sql` desc` : nothing} nulls last`,
  );

/** True where a columnar copy gives a view's rows as PostgreSQL does. */
export const sameInCopy = (
  { sort, filters }: View,
  copied: (column: string) => Comparable | undefined,
): boolean =>
  sort.every(({ column }) => typeof copied(column)?.key === 'string') &&
  filters.every((one) => {
    const column = copied(one.column);
    return column !== undefined && kindOf(one).same(column, one);
  });

/** A view as a query an analyst could have written; where rows have addresses, these decide last. */
export function queryOf(table: string, columns: readonly Column[], view: View, addressed = true): Sql {
  const byName = columnsOfView(table, columns, view);
  const column = (name: string) => byName.get(name) as Column;
  const shown = view.columns ?? columns.map(({ name }) => name).filter((name) => name !== rowColumn);
  const condition = conditionOf(view, (name) => postgresPlace(column(name)));
  const order = [
    ...orderOf(view, (name) => orderedBy(column(name))),
    ...(addressed ? [ident(rowColumn)] : []),
  ];
  return sql`select
  ${shown.length > 8 ? lines(shown.map((name) => ident(name))) : names(shown)}
from ${ident(table)}${
    condition
      ? sql`
where ${condition}`
      : nothing
  }${
    order.length > 0
      ? sql`
order by ${join(order)}`
      : nothing
  }`;
}
