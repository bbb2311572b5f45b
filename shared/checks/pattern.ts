import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { column, text } from '../params.ts';
import { ident, sql } from '../sql.ts';

export default defineCheck({
  title: 'Matches a pattern',
  class: 'range',
  icon: 'regex',
  help: 'Values match a regular expression as PostgreSQL reads it (operator ~): anywhere in the value unless ^ and $ hold its ends, case included. Nulls are fine.',
  params: {
    column: column('Column', 'Its values as text are matched.'),
    pattern: text('Pattern', 'A POSIX regular expression.', { placeholder: '^[A-Z]{2}\\d+$' }),
  },
  says: ({ column, pattern }) => `\`${column}\` matches ${pattern}`,
  marks: ({ column }) => [column],
  judges: (_input, { column }) => filledRows([column]),
  byValue: true,
  breaks: (_input, { column, pattern }) => sql`${ident(column)}::text !~ ${pattern}`,
  examples: [
    {
      says: '^ and $ make the whole value match, nulls are fine',
      params: { column: 'code', pattern: '^[A-Z]{2}\\d+$' },
      table: { rows: [{ code: 'AB12' }, { code: 'ab12' }, { code: 'xAB12' }, { code: null }] },
      bad: [1, 2],
    },
    {
      says: 'without them it may match anywhere; numbers are matched as text',
      params: { column: 'zip', pattern: '\\d{4}' },
      table: { types: { zip: 'integer' }, rows: [{ zip: 123456 }, { zip: 12 }] },
      bad: [1],
    },
  ],
});
