import type { StepInput } from './define-step.ts';
import { choice, column, text } from './params.ts';
import { typeOf, withColumns } from './replaced-columns.ts';
import { ident, type Sql, sql } from './sql.ts';

/** Parameters of every step that reads something out of a text. */
export const parsedParams = {
  column: column('Column', 'What to read.'),
  name: text('Into', 'The column it goes to; left empty, it replaces the text.', { optional: true }),
  otherwise: choice('What cannot be read', 'Null never counts as unreadable.', {
    reject: 'Sets its row aside',
    null: 'Becomes null',
  }),
};

/** What to do with what cannot be read. */
export interface Parsing {
  readonly column: string;
  readonly name: string;
  readonly otherwise: 'reject' | 'null';
}

/** Rows with what was read; `read` makes it of the text, null where it cannot. */
export function parsedRows(input: StepInput, { column, name, otherwise }: Parsing, read: Sql): Sql {
  const rows = sql`select
  ${withColumns(input, [{ name: name || column, value: sql`parsed.value` }])}
from ${input.from} as input
cross join lateral (select ${read} as value offset 0) as parsed`;
  if (otherwise === 'null') return rows;
  return sql`${rows}
where parsed.value is not null or input.${ident(column)} is null`;
}

/** Rows whose text is there and cannot be read, as they came in. */
export const unparsedRows = (input: StepInput, { column, otherwise }: Parsing, read: Sql): Sql =>
  sql`select input.*
from ${input.from} as input
where ${otherwise === 'reject'} and ${read} is null and input.${ident(column)} is not null`;

/** The text of a cell without spaces around it; reading fails where the column is not there. */
export function textOf(input: StepInput, column: string): Sql {
  typeOf(input, column);
  return sql`btrim(input.${ident(column)}::text, E' \t\r\n')`;
}
