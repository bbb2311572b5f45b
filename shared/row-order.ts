import { choice, column, list, type ParamsOf } from './params.ts';
import { ident, join, type Sql, sql } from './sql.ts';

const entry = {
  column: column('Column', 'What to order by.'),
  direction: choice('Direction', 'Which end comes first.', { asc: 'Smallest first', desc: 'Largest first' }),
};

/** An entry of an order of rows. */
export type Order = ParamsOf<typeof entry>;

/** A parameter that orders rows by columns, nulls last. */
export const order = (label: string, help: string, least = 1) => list(label, help, entry, least);

/** The pieces of ORDER BY. */
export const orderPieces = (by: readonly Order[]): Sql[] =>
  by.map(({ column, direction }) =>
    direction === 'desc' ? sql`${ident(column)} desc nulls last` : sql`${ident(column)} nulls last`,
  );

/** `over (…)` of a window: groups by columns, then an order, then a frame. */
export function over(groups: readonly string[], pieces: readonly Sql[], frame?: Sql): Sql {
  const parts = [
    ...(groups.length > 0
      ? [sql`partition by ${join(groups.map((name) => sql`input.${ident(name)}`))}`]
      : []),
    ...(pieces.length > 0 ? [sql`order by ${join(pieces)}`] : []),
    ...(frame ? [frame] : []),
  ];
  return sql`over (${join(parts, sql` `)})`;
}
