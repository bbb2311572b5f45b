import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { column, expression, list, literal, type ParamsOf } from '../params.ts';
import { problem } from '../problem.ts';
import { typeOf, uncut, uncutColumns, withColumns } from '../replaced-columns.ts';
import { expression as fenced, ident, join, type Sql, sql, typeName } from '../sql.ts';

const params = {
  corrections: list('Corrections', 'The first one that fits a cell counts.', {
    column: column('Column', 'Which cell of a row.'),
    was: literal('Was', 'The wrong value. Left empty: whatever is there.', { optional: true }),
    when: expression('When', 'Only in rows that meet this condition. Left empty: in all rows.', {
      optional: true,
    }),
    to: literal('Becomes', 'The right value. Left empty: null.', { optional: true }),
  }),
};

type Correction = ParamsOf<typeof params>['corrections'][number];

function fits({ column, was, when }: Correction): Sql {
  const parts = [
    ...(was === '' ? [] : [sql`input.${ident(column)}::text = ${was}`]),
    ...(when.trim() === '' ? [] : [fenced(when)]),
  ];
  if (parts.length > 0) return join(parts, sql` and `);
  throw problem('bad_input', `A correction of "${column}" says neither what was there nor when.`, {
    hint: 'Fill in “Was” or “When”: it would replace the whole column.',
    at: { param: 'corrections' },
  });
}

function corrected(input: StepInput, column: string, corrections: readonly Correction[]): Sql {
  const type = typeName(uncut(typeOf(input, column)));
  const cases = corrections.map((one) => {
    const value = one.to === '' ? sql`null` : sql`${one.to}::text`;
    return sql`when ${fits(one)} then ${value}::${type}`;
  });
  return sql`case ${join(
    cases,
    sql`
    `,
  )}
    else input.${ident(column)}::${type} end`;
}

const told = ({ was, to }: Correction) => `${was || '…'} → ${to || 'null'}`;

export default defineStep({
  title: 'Correct values',
  group: 'clean',
  icon: 'spell-check',
  words: 'edit cell fix override',
  help: 'Puts right single values, each told by what was there or by a condition on its row, so that it still fits after the next load. What Checks proposes as fixes and you accept is kept here; take a line away to undo it.',
  params,
  columns: ([input], { corrections }) =>
    uncutColumns(
      input,
      corrections.map(({ column }) => column),
    ),
  sql: (inputs, { corrections }) => {
    const input = inputAt(inputs, 0);
    const names = [...new Set(corrections.map(({ column }) => column))];
    const computed = names.map((name) => ({
      name,
      value: corrected(
        input,
        name,
        corrections.filter(({ column }) => column === name),
      ),
    }));
    return sql`select
  ${withColumns(input, computed)}
from ${input.from} as input`;
  },
  rowByRow: true,
  summary: ({ corrections }) =>
    corrections.length > 3
      ? `${corrections.length} corrections`
      : corrections.map((one) => `${one.column}: ${told(one)}`).join(', '),
  examples: [
    {
      says: 'a misspelt value wherever it is, and one that is wrong in some rows only',
      params: {
        corrections: [
          { column: 'city', was: 'Hambrug', when: '', to: 'Hamburg' },
          { column: 'city', was: 'Dresden', when: "zip = '20095'", to: 'Hamburg' },
        ],
      },
      inputs: [
        {
          rows: [
            { zip: '20095', city: 'Hambrug' },
            { zip: '20095', city: 'Dresden' },
            { zip: '01067', city: 'Dresden' },
            { zip: '01067', city: null },
          ],
        },
      ],
      output: [
        { zip: '20095', city: 'Hamburg' },
        { zip: '20095', city: 'Hamburg' },
        { zip: '01067', city: 'Dresden' },
        { zip: '01067', city: null },
      ],
    },
    {
      says: 'a number by its row, and a word that stands for nothing',
      params: {
        corrections: [
          { column: 'amount', was: '', when: 'id = 7', to: '12.50' },
          { column: 'note', was: 'n/a', when: '', to: '' },
        ],
      },
      inputs: [
        {
          types: { id: 'integer', amount: 'numeric(8,2)' },
          rows: [
            { id: 7, amount: '1250.00', note: 'n/a' },
            { id: 8, amount: '3.00', note: 'late' },
          ],
        },
      ],
      output: [
        { id: 7, amount: '12.50', note: null },
        { id: 8, amount: '3.00', note: 'late' },
      ],
    },
  ],
});
