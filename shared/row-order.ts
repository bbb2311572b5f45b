import type { Column } from './column.ts';
import type { StepInput } from './define-step.ts';
import { orderedBy } from './ordered-by.ts';
import { choice, column, list, type ParamsOf } from './params.ts';
import { columnsOf, freeNames } from './replaced-columns.ts';
import { ident, join, nothing, type Sql, sql } from './sql.ts';

const entry = {
  column: column('Column', 'What to order by.'),
  direction: choice('Direction', 'Which end comes first.', { asc: 'Smallest first', desc: 'Largest first' }),
};

/** An entry of an order of rows. */
export type Order = ParamsOf<typeof entry>;

/** A parameter that orders rows by columns, nulls last. */
export const order = (label: string, help: string, least = 1) => list(label, help, entry, least);

/** The pieces of ORDER BY over the columns of an input. */
export const orderPieces = (by: readonly Order[], columns: readonly Column[]): Sql[] =>
  by.map(({ column, direction }) => {
    const place = orderedBy(columns.find(({ name }) => name === column) ?? { name: column, type: '' });
    return direction === 'desc' ? sql`${place} desc nulls last` : sql`${place} nulls last`;
  });

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

/** An input whose rows are numbered as they come; the name is free where the input’s columns are. */
export const numbered = ({ from }: StepInput, arrival: string): Sql =>
  sql`(select *, row_number() over () as ${ident(arrival)} from ${from} as input)`;

/** The rows of an input, called `alias`, that meet a condition: in the order in which they come, where that counts. */
export function rowsWhere(input: StepInput, alias: Sql, condition: Sql): Sql {
  if (!input.inOrder)
    return sql`select *
from ${input.from} as ${alias}
where ${condition}`;
  const [arrival = ''] = freeNames([input], 'arrival');
  return sql`select
  ${columnsOf(input, alias)}
from ${numbered(input, arrival)} as ${alias}
where ${condition}
order by ${alias}.${ident(arrival)}`;
}

/** Rows of an input with what puts them in their order again after windows took them by groups; the input itself where none did. */
export function asTheyCome(
  { columns, from }: StepInput,
  moved: boolean,
  taken: readonly string[] = [],
): { readonly from: Sql; readonly order: Sql; readonly arrival?: Sql } {
  if (!moved) return { from, order: nothing };
  const used = { columns: [...columns, ...taken.map((name) => ({ name, type: 'text' }))], from, name: '' };
  const [arrival = ''] = freeNames([used], 'arrival');
  return {
    from: numbered(used, arrival),
    arrival: sql`input.${ident(arrival)}`,
    order: sql`
order by input.${ident(arrival)}`,
  };
}
