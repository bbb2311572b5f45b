import type { StepInput } from './define-step.ts';
import { columnsOf, freeNames } from './replaced-columns.ts';
import { type Order, orderPieces, over } from './row-order.ts';
import { ident, Sql, sql } from './sql.ts';

/**
 * Rows whose number within their group fits, as they came in. Where the order leaves rows equal, the one that came
 * first (or last) is first: so what is kept and what is dropped, asked for apart, make up all.
 */
export function numberedRows(
  input: StepInput,
  groups: readonly string[],
  order: readonly (Order | Sql)[],
  fits: (number: Sql) => Sql,
  equals: 'first' | 'last' = 'first',
): Sql {
  const [arrival = '', number = ''] = freeNames([input], 'arrival', 'number');
  const pieces = order.flatMap((piece) => (Sql.is(piece) ? [piece] : orderPieces([piece], input.columns)));
  const last = equals === 'first' ? ident(arrival) : sql`${ident(arrival)} desc`;
  return sql`select
  ${columnsOf(input, sql`input`)}
from (
  select *, row_number() ${over(groups, [...pieces, last])} as ${ident(number)}
  from (select *, row_number() over () as ${ident(arrival)} from ${input.from} as input) as input
) as input
where ${fits(ident(number))}
order by ${ident(arrival)}`;
}
