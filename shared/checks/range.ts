import { typeFamily } from '../column.ts';
import { comparedAs } from '../compared-as.ts';
import { defineCheck } from '../define-check.ts';
import { column, scalar } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, join, sql, typeName } from '../sql.ts';

const ordered = ['integer', 'decimal', 'float', 'date', 'time', 'timestamp', 'timestamptz', 'interval'];

/** The column's type for comparing, where it has an order that people mean by "between". */
function comparable(name: string, type: string): string {
  if (ordered.includes(typeFamily(type))) return comparedAs(type);
  throw problem('bad_input', `\`${name}\` is ${type}: only numbers, dates and times have a range.`, {
    hint: 'Give the column another type, or use a business rule.',
  });
}

export default defineCheck({
  title: 'Within a range',
  class: 'range',
  icon: 'ruler',
  help: 'Values lie between the two bounds, which are themselves allowed; an empty bound is open. Nulls are fine. A date stands for its midnight where the column has a time of day.',
  params: {
    column: column('Column', 'Numbers, dates or times.'),
    min: scalar('At least', 'A number, or a date such as 2026-01-31. Empty: no lower bound.'),
    max: scalar('At most', 'A number, or a date such as 2026-12-31. Empty: no upper bound.'),
  },
  says: ({ column, min, max }) =>
    min && max
      ? `\`${column}\` is between ${min} and ${max}`
      : `\`${column}\` is ${min ? `at least ${min}` : `at most ${max}`}`,
  marks: ({ column }) => [column],
  breaks: ({ columns }, { column, min, max }) => {
    if (!min && !max) {
      throw problem('bad_input', 'The range has no bounds.', { hint: 'Set a lower or an upper bound.' });
    }
    const found = columns.find(({ name }) => name === column)?.type ?? 'text';
    const type = typeName(comparable(column, found));
    const below = min ? [sql`${ident(column)} < ${min}::${type}`] : [];
    const above = max ? [sql`${ident(column)} > ${max}::${type}`] : [];
    return sql`(${join([...below, ...above], sql` or `)})`;
  },
  examples: [
    {
      says: 'the bounds themselves are allowed, nulls are fine',
      params: { column: 'age', min: '0', max: '120' },
      table: {
        types: { age: 'integer' },
        rows: [{ age: 0 }, { age: 120 }, { age: -1 }, { age: 121 }, { age: null }],
      },
      bad: [2, 3],
    },
    {
      says: 'an empty bound is open, dates are written as YYYY-MM-DD',
      params: { column: 'day', min: '2026-01-01', max: '' },
      table: {
        types: { day: 'date' },
        rows: [{ day: '2025-12-31' }, { day: '2026-01-01' }, { day: '9999-12-31' }],
      },
      bad: [0],
    },
    {
      says: 'fractions are compared exactly',
      params: { column: 'price', min: '', max: '0.30' },
      table: { types: { price: 'numeric(10,3)' }, rows: [{ price: '0.300' }, { price: '0.301' }] },
      bad: [1],
    },
  ],
});
