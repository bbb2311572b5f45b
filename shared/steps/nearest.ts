import { suffixedName } from '../column-names.ts';
import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { choice, column, howMany, number, type ParamsOf } from '../params.ts';
import { problem } from '../problem.ts';
import { freeNames, typeOf } from '../replaced-columns.ts';
import { leftCells, rightCells } from '../side-by-side.ts';
import { ident, lines, nothing, type Sql, sql } from '../sql.ts';

const params = {
  left: column('Left', 'Vectors of the left rows.', { input: 0 }),
  right: column('Right', 'Vectors of the right rows, as long as those.', { input: 1 }),
  by: choice('Near by', 'How nearness is measured.', {
    cosine: 'Cosine: 1 is the same direction, for meanings',
    euclidean: 'Distance: 0 is the same place',
  }),
  count: howMany('Neighbours', 'How many of the nearest each left row gets at most.', { placeholder: '3' }),
  limit: number('Limit', 'The least cosine (0.5, say), or the most distance; left empty, none.', {
    optional: true,
  }),
  same: column(
    'Not of the same',
    'Where both inputs are the same rows: the key, which two neighbours must not share.',
    {
      input: 0,
      optional: true,
    },
  ),
};

type Params = ParamsOf<typeof params>;

const measures = {
  cosine: {
    distance: (a: Sql, b: Sql) => sql`${a} <=> ${b}`,
    score: (distance: Sql) => sql`round((1 - ${distance})::numeric, 4)`,
    fits: (distance: Sql, limit: number) => sql`1 - ${distance} >= ${limit}`,
  },
  euclidean: {
    distance: (a: Sql, b: Sql) => sql`${a} <-> ${b}`,
    score: (distance: Sql) => sql`round(${distance}::numeric, 4)`,
    fits: (distance: Sql, limit: number) => sql`${distance} <= ${limit}`,
  },
} as const;

function refuseWrong(
  left: StepInput,
  right: StepInput,
  { left: mine, right: theirs, count, same }: Params,
): void {
  for (const [input, name, param] of [
    [left, mine, 'left'],
    [right, theirs, 'right'],
  ] as const) {
    if (/^vector\b/.test(typeOf(input, name))) continue;
    const hint = 'The step “Embed text” makes vectors of texts.';
    throw problem('bad_input', `"${name}" has no vectors.`, { hint, at: { param } });
  }
  if (count !== null && count > 1000)
    throw problem('bad_input', 'Neighbours: a whole number from 1 to 1,000.', { at: { param: 'count' } });
  if (same !== '' && right.columns.every(({ name }) => name !== same))
    throw problem('bad_input', `The right rows have no column "${same}".`, { at: { param: 'same' } });
}

/** Pairs of `l` with rows on the right, by their distance; a vector of zeros has no direction, and so no neighbours. */
function pairs(right: StepInput, chosen: Params, distance: Sql): Sql {
  const { by, limit, same } = chosen;
  const measured = measures[by].distance(sql`l.${ident(chosen.left)}`, sql`r.${ident(chosen.right)}`);
  const other = same === '' ? nothing : sql` where l.${ident(same)} is distinct from r.${ident(same)}`;
  const near = limit === null ? nothing : sql` and ${measures[by].fits(sql`pair.${distance}`, limit)}`;
  return sql`from (select r.*, ${measured} as ${distance} from ${right.from} as r${other}) as pair
  where pair.${distance} <> 'NaN'${near}`;
}

function select(left: StepInput, right: StepInput, chosen: Params): Sql {
  refuseWrong(left, right, chosen);
  const taken = new Set([...left.columns, ...right.columns].map(({ name }) => name));
  const [score, rank] = ['score', 'rank'].map((name) =>
    ident(taken.has(name) ? suffixedName(name, '_', taken) : name),
  );
  const [distance, place] = freeNames([right], 'distance', 'place').map((name) => ident(name)) as [Sql, Sql];
  return sql`select
  ${lines([
    ...leftCells(left),
    ...rightCells(left, right, []),
    sql`r.${place} as ${rank as Sql}`,
    sql`${measures[chosen.by].score(sql`r.${distance}`)} as ${score as Sql}`,
  ])}
from ${left.from} as l
cross join lateral (
  select pair.*, row_number() over (order by pair.${distance}) as ${place}
  ${pairs(right, chosen, distance)}
  order by pair.${distance}
  limit ${chosen.count}
) as r`;
}

const vectors = { id: 'integer', v: 'vector(2)' };
const points = {
  types: vectors,
  rows: [
    { id: 1, v: '[1,0]' },
    { id: 2, v: '[0,1]' },
    { id: 3, v: null },
  ],
};

export default defineStep({
  title: 'Nearest neighbours',
  group: 'combine',
  icon: 'radar',
  words: 'search vector similarity knn semantic match',
  help: 'Gives each left row the right rows whose vectors are nearest to its own, the nearest first, with their rank and score. Every pair is compared, so that none is missed.',
  inputs: [
    { name: 'left', title: 'Left' },
    { name: 'right', title: 'Right' },
  ],
  params,
  columns: 'described',
  sql: (inputs, chosen) => select(inputAt(inputs, 0), inputAt(inputs, 1), chosen),
  left: {
    alone: {
      title: 'Left without a neighbour',
      sql: (inputs, chosen) => {
        const [left, right] = [inputAt(inputs, 0), inputAt(inputs, 1)];
        const [distance = ''] = freeNames([right], 'distance');
        return sql`select *
from ${left.from} as l
where not exists (
  select
  ${pairs(right, chosen, ident(distance))}
)`;
      },
    },
  },
  costly: true,
  summary: ({ left, right, count }) => `${count} of ${right} near ${left}`,
  examples: [
    {
      says: 'gives the two nearest by direction',
      params: { left: 'v', right: 'w', by: 'cosine', count: 2, limit: null, same: '' },
      inputs: [
        points,
        {
          types: { name: 'text', w: 'vector(2)' },
          rows: [
            { name: 'east', w: '[5,0]' },
            { name: 'north-east', w: '[1,1]' },
            { name: 'west', w: '[-1,0]' },
            { name: 'nowhere', w: '[0,0]' },
          ],
        },
      ],
      output: [
        { id: 1, v: '[1,0]', name: 'east', w: '[5,0]', rank: 1, score: '1.0000' },
        { id: 1, v: '[1,0]', name: 'north-east', w: '[1,1]', rank: 2, score: '0.7071' },
        { id: 2, v: '[0,1]', name: 'north-east', w: '[1,1]', rank: 1, score: '0.7071' },
        { id: 2, v: '[0,1]', name: 'east', w: '[5,0]', rank: 2, score: '0.0000' },
      ],
      left: { alone: [{ id: 3, v: null }] },
    },
    {
      says: 'looks among the same rows, and no further than the limit',
      params: { left: 'v', right: 'v', by: 'euclidean', count: 1, limit: 2, same: 'id' },
      inputs: [points, points],
      output: [
        { id: 1, v: '[1,0]', id_right: 2, v_right: '[0,1]', rank: 1, score: '1.4142' },
        { id: 2, v: '[0,1]', id_right: 1, v_right: '[1,0]', rank: 1, score: '1.4142' },
      ],
      left: { alone: [{ id: 3, v: null }] },
    },
  ],
});
