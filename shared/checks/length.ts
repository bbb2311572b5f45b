import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { column, number } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, join, sql } from '../sql.ts';

/** A bound that PostgreSQL's integers hold. */
const whole = (bound: number) => Math.max(0, Math.min(500_000_000, Math.trunc(bound)));

export default defineCheck({
  title: 'Length of text',
  class: 'range',
  icon: 'ruler-dimension-line',
  help: 'Texts have no fewer and no more characters than allowed. Nulls are fine; spaces count.',
  params: {
    column: column('Column', 'Its values as text are measured.'),
    min: number('At least', 'Characters. Empty: no lower bound.', { optional: true }),
    max: number('At most', 'Characters. Empty: no upper bound.', { optional: true }),
  },
  says: ({ column, min, max }) =>
    min !== null && min === max
      ? `\`${column}\` has ${min} characters`
      : `\`${column}\` has ${[min === null ? '' : `at least ${min}`, max === null ? '' : `at most ${max}`].filter(Boolean).join(' and ')} characters`,
  marks: ({ column }) => [column],
  judges: (_input, { column }) => filledRows([column]),
  byValue: true,
  breaks: (_input, { column, min, max }) => {
    if (min === null && max === null) {
      throw problem('bad_input', 'The length has no bounds.', { hint: 'Set a lower or an upper bound.' });
    }
    // Bytes are counted far faster than characters, which have one to four of them.
    const text = sql`${ident(column)}::text`;
    const short =
      min === null
        ? []
        : [sql`octet_length(${text}) < ${4 * whole(min)}::int and length(${text}) < ${whole(min)}::int`];
    const long =
      max === null
        ? []
        : [sql`octet_length(${text}) > ${whole(max)}::int and length(${text}) > ${whole(max)}::int`];
    return sql`(${join([...short, ...long], sql` or `)})`;
  },
  sure: (_input, { column, min, max }) => {
    const bytes = sql`octet_length(${ident(column)}::text)`;
    const short = min === null ? [] : [sql`coalesce(min(${bytes}) >= ${4 * whole(min)}::int, true)`];
    const long = max === null ? [] : [sql`coalesce(max(${bytes}) <= ${whole(max)}::int, true)`];
    return sql`(${join([...short, ...long], sql` and `)})`;
  },
  examples: [
    {
      says: 'characters are counted, not bytes; nulls are fine',
      params: { column: 'code', min: 2, max: 3 },
      table: { rows: [{ code: 'ab' }, { code: 'äöü' }, { code: 'x' }, { code: 'abcd' }, { code: null }] },
      bad: [2, 3],
    },
    {
      says: 'one bound is enough',
      params: { column: 'zip', min: 5, max: null },
      table: { types: { zip: 'integer' }, rows: [{ zip: 12345 }, { zip: 123 }] },
      bad: [1],
    },
  ],
});
