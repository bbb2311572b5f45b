import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { column, number } from '../params.ts';
import { ident, sql } from '../sql.ts';

const often = 10;

export default defineCheck({
  title: 'No misspelt values',
  class: 'range',
  icon: 'spell-check',
  help: 'No rare value is a letter or two away from a frequent one: "Berlni" beside a hundred "Berlin". Differences in digits alone do not count, nor those of short words. Nulls are fine.',
  params: {
    column: column('Column', 'Texts that repeat, such as names of places.'),
    letters: number('Letters apart', 'At most so many are wrong. Empty: 1 up to seven letters, then 2.', {
      optional: true,
    }),
    times: number('Times as frequent', 'So many times as often stands the right one. Empty: 10.', {
      optional: true,
    }),
  },
  says: ({ column }) => `No \`${column}\` is a misspelt form of a frequent one`,
  marks: ({ column }) => [column],
  judges: (_input, { column }) => filledRows([column]),
  needs: 'fuzzystrmatch',
  badRows: ({ from }, { column, letters, times }) => {
    const most = letters === null ? sql`case when length(r.v) < 8 then 1 else 2 end` : sql`${letters}::int`;
    return sql`with _values as (select ${ident(column)}::text as v, count(*) as n from ${from}
  where length(${ident(column)}::text) between 4 and 60 group by 1),
_wrong as (select r.v from _values as r where exists (select from _values as f
  where f.n >= 5 and f.n >= r.n * ${String(times ?? often)}::float8 and abs(length(f.v) - length(r.v)) <= ${most}
    and translate(f.v, '0123456789', '') <> translate(r.v, '0123456789', '')
    and assay.levenshtein_less_equal(f.v, r.v, ${most}) <= ${most}))
select _row from ${from} where ${ident(column)}::text in (select v from _wrong)`;
  },
  examples: [
    {
      says: 'a rare value close to a frequent one is bad, a rare value of its own is not',
      params: { column: 'city', letters: null, times: 4 },
      table: {
        rows: [
          ...['Berlin', 'Berlin', 'Berlin', 'Berlin', 'Berlin'].map((city) => ({ city })),
          { city: 'Berlen' },
          { city: 'Bonn' },
          { city: null },
        ],
      },
      bad: [5],
    },
    {
      says: 'another number is not a misspelt one',
      params: { column: 'line', letters: 1, times: 4 },
      table: {
        rows: [
          ...['line 1', 'line 1', 'line 1', 'line 1', 'line 1'].map((line) => ({ line })),
          { line: 'line 2' },
          { line: 'lime 1' },
        ],
      },
      bad: [6],
    },
  ],
});
