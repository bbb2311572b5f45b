import { suffixedName } from '../column-names.ts';
import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { choice, column, flag, number, type ParamsOf } from '../params.ts';
import { problem } from '../problem.ts';
import { freeNames } from '../replaced-columns.ts';
import { rowsWhere } from '../row-order.ts';
import { leftCells, rightCells } from '../side-by-side.ts';
import { ident, lines, nothing, type Sql, sql } from '../sql.ts';

const params = {
  left: column('Left', 'Text of the left rows.', { input: 0 }),
  right: column('Right', 'Text of the right rows.', { input: 1 }),
  how: choice('Alike by', 'How likeness is measured; upper and lower case never count.', {
    trigram: 'Trigrams: 0 to 1, for longer texts',
    edits: 'Edits: how many letters differ, for words',
  }),
  threshold: number('Threshold', 'The least likeness by trigrams (0.4, say), or the most edits (2, say).'),
  best: flag('Best match only', 'One partner at most for each row of the left.', true),
};

type Params = ParamsOf<typeof params>;

const measures = {
  trigram: {
    of: sql`round(assay.similarity(a.text, b.text)::numeric, 4)`,
    fits: (limit: number | null) => sql`assay.similarity(a.text, b.text) >= ${limit}`,
    better: sql` desc`,
  },
  edits: {
    of: sql`assay.levenshtein(left(a.text, 63), left(b.text, 63))`,
    fits: (limit: number | null) =>
      sql`abs(length(a.text) - length(b.text)) <= ${limit} and assay.levenshtein_less_equal(left(a.text, 63), left(b.text, 63), ${Math.trunc(limit ?? 0)}) <= ${limit}`,
    better: nothing,
  },
} as const;

/** Outside of it nothing is told apart: all texts would be alike, or none. */
function refuseOutside({ how, threshold }: Params): void {
  const at = { param: 'threshold' };
  if (how === 'trigram' && !(threshold !== null && threshold > 0 && threshold <= 1))
    throw problem('bad_input', 'Threshold: more than 0, and at most 1, which is the same text.', { at });
  if (
    how === 'edits' &&
    !(threshold !== null && Number.isInteger(threshold) && threshold >= 0 && threshold < 63)
  )
    throw problem(
      'bad_input',
      'Threshold: a whole number of letters from 0, which is the same text, to 62.',
      { at },
    );
}

const folded = (name: string): Sql => sql`lower(btrim(${ident(name)}::text))`;

/** Each text that there is on the left with the texts on the right that are like it. */
const alike = (
  left: StepInput,
  right: StepInput,
  chosen: Params,
): Sql => sql`select a.text as mine, b.text as theirs, ${measures[chosen.how].of} as score
  from (select distinct ${folded(chosen.left)} as text from ${left.from} as input) as a
  join (select distinct ${folded(chosen.right)} as text from ${right.from} as input) as b on ${measures[chosen.how].fits(chosen.threshold)}`;

function joined(left: StepInput, right: StepInput, chosen: Params): Sql {
  refuseOutside(chosen);
  const score = suffixedName(
    'score',
    '',
    new Set([...left.columns, ...right.columns].map(({ name }) => name)),
  );
  const [arrival = '', partner = ''] = freeNames([left, right], 'arrival', 'partner');
  const order = sql`l.${ident(arrival)}, alike.score${measures[chosen.how].better}, r.${ident(partner)}`;
  return sql`with alike as (
  ${alike(left, right, chosen)}
)
select ${chosen.best ? sql`distinct on (l.${ident(arrival)})` : nothing}
  ${lines([...leftCells(left), ...rightCells(left, right, []), sql`alike.score as ${ident(score)}`])}
from (select *, row_number() over () as ${ident(arrival)} from ${left.from} as input) as l
join alike on alike.mine = lower(btrim(l.${ident(chosen.left)}::text))
join (select *, row_number() over () as ${ident(partner)} from ${right.from} as input) as r
  on lower(btrim(r.${ident(chosen.right)}::text)) = alike.theirs
order by ${order}`;
}

const typed = { types: { name: 'character varying' } };
const bills = {
  ...typed,
  rows: [{ name: 'Muller AG' }, { name: 'Grand Hotel Bern' }, { name: 'Xy' }, { name: null }],
};
const firms = {
  types: { name: 'character varying', no: 'integer' },
  rows: [
    { name: 'Mueller AG', no: 1 },
    { name: 'Miller AG', no: 2 },
    { name: 'hotel grand bern ', no: 3 },
  ],
};

export default defineStep({
  title: 'Fuzzy join',
  group: 'combine',
  icon: 'blend',
  words: 'merge match similar trigram levenshtein edit distance approximate',
  help: 'Joins texts that are alike, not equal, and says how much. Every text is compared with every other: thousands of different ones on both sides take their time. Edits look at the first 63 letters.',
  inputs: [
    { name: 'left', title: 'Left' },
    { name: 'right', title: 'Right' },
  ],
  params,
  columns: 'described',
  sql: (inputs, chosen) => joined(inputAt(inputs, 0), inputAt(inputs, 1), chosen),
  left: {
    unmatched: {
      title: 'Rows of the left without a partner',
      sql: (inputs, chosen) =>
        rowsWhere(
          inputAt(inputs, 0),
          sql`input`,
          sql`not exists (
  select from (${alike(inputAt(inputs, 0), inputAt(inputs, 1), chosen)}) as alike
  where alike.mine = ${sql`lower(btrim(input.${ident(chosen.left)}::text))`}
)`,
        ),
    },
  },
  arrival: ({ best }) => (best ? [1] : []),
  summary: ({ left, right, how, threshold }) => `${left} ≈ ${right} by ${how}, ${threshold}`,
  examples: [
    {
      says: 'by edits, the best match',
      params: { left: 'name', right: 'name', how: 'edits', threshold: 1, best: true },
      inputs: [bills, firms],
      output: [{ name: 'Muller AG', name_right: 'Mueller AG', no: 1, score: 1 }],
      left: { unmatched: bills.rows.slice(1) },
    },
    {
      says: 'by trigrams, in any order of words',
      params: { left: 'name', right: 'name', how: 'trigram', threshold: 0.8, best: false },
      inputs: [bills, firms],
      output: [{ name: 'Grand Hotel Bern', name_right: 'hotel grand bern ', no: 3, score: '1.0000' }],
      left: { unmatched: bills.rows.toSpliced(1, 1) },
    },
  ],
});
