import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { numberedRows } from '../numbered-rows.ts';
import { choice, number, type ParamsOf } from '../params.ts';
import { problem } from '../problem.ts';
import { columnsOf } from '../replaced-columns.ts';
import { type Sql, sql } from '../sql.ts';

const params = {
  how: choice('How', 'What is set.', { rows: 'A number of rows', share: 'A share of the rows' }),
  size: number('Rows or percent', 'How many rows, or how many of a hundred.'),
  seed: number('Seed', 'The same seed draws the same rows, here and on a server.', { optional: true }),
};

type Params = ParamsOf<typeof params>;

/** A number of a row's own columns: drawing by it gives the same rows every time, whatever order they come in. */
function lot(input: StepInput, seed: number | null): Sql {
  const whole = Math.trunc(seed ?? 0);
  if (!Number.isSafeInteger(whole))
    throw problem('bad_input', 'Seed: a number of at most 15 digits.', { at: { param: 'seed' } });
  return sql`hashtextextended(row(${columnsOf(input, sql`input`)})::text, ${whole})`;
}

function drawn(input: StepInput, { how, size, seed }: Params, kept: boolean): Sql {
  if (how === 'rows' && !(Number.isSafeInteger(size) && size !== null && size > 0))
    throw problem('bad_input', 'Rows: a whole number, at least 1.', { at: { param: 'size' } });
  if (how === 'rows')
    return numberedRows(input, [], [lot(input, seed)], (at) =>
      kept ? sql`${at} <= ${size}` : sql`${at} > ${size}`,
    );
  if (size === null || size <= 0 || size > 100)
    throw problem('bad_input', 'Percent: more than 0, at most 100.', { at: { param: 'size' } });
  const sign = kept ? sql`<` : sql`>=`;
  return sql`select *
from ${input.from} as input
where (${lot(input, seed)} & 1048575) ${sign} ${Math.round(size * 10485.76)}`;
}

const letters = 'abcdefgh'.split('').map((a) => ({ a }));
const draws = (...kept: readonly string[]) => ({
  output: letters.filter(({ a }) => kept.includes(a)),
  rejects: letters.filter(({ a }) => !kept.includes(a)),
});

export default defineStep({
  title: 'Sample',
  group: 'rows',
  icon: 'dices',
  words: 'random subset',
  help: 'Draws rows at random, the same ones each time for the same seed. Rows that were not drawn leave by the rejects. Equal rows share their lot.',
  params,
  columns: ([input]) => input ?? [],
  sql: (inputs, chosen) => drawn(inputAt(inputs, 0), chosen, true),
  rejects: { title: 'Rows not drawn', sql: (inputs, chosen) => drawn(inputAt(inputs, 0), chosen, false) },
  costly: true,
  summary: ({ how, size, seed }) => `${size}${how === 'share' ? ' %' : ' rows'}, seed ${seed ?? 0}`,
  examples: [
    {
      says: 'a number of rows',
      params: { how: 'rows', size: 3, seed: 1 },
      inputs: [{ rows: letters, types: { a: 'character(1)' } }],
      ...draws('c', 'e', 'g'),
    },
    {
      says: 'the same rows in another order',
      params: { how: 'rows', size: 3, seed: 1 },
      inputs: [{ rows: letters.toReversed(), types: { a: 'character(1)' } }],
      ...draws('c', 'e', 'g'),
    },
    {
      says: 'a share of the rows',
      params: { how: 'share', size: 50, seed: 7 },
      inputs: [{ rows: letters, types: { a: 'character(1)' } }],
      ...draws('a', 'd', 'e', 'h'),
    },
  ],
});
