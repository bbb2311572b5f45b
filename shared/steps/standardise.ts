import {
  type Cluster,
  clustersByDistance,
  clustersByKey,
  fingerprint,
  pairFingerprint,
} from '../cluster-values.ts';
import { defineStep, inputAt, type ValueCount } from '../define-step.ts';
import { column, list, literal, values } from '../params.ts';
import { typeOf, uncut, uncutColumns, withColumns } from '../replaced-columns.ts';
import { ident, join, sql, typeName } from '../sql.ts';

const ways: Readonly<Record<string, (found: readonly ValueCount[]) => readonly Cluster[]>> = {
  fingerprint: (found) => clustersByKey(found, fingerprint),
  pairs: (found) => clustersByKey(found, pairFingerprint),
  nearest: clustersByDistance,
};

export default defineStep({
  title: 'Standardise values',
  group: 'clean',
  icon: 'combine',
  words: 'cluster openrefine fingerprint group values normalise normalize spelling',
  help: 'Writes one value for several spellings of it. Groups of spellings are proposed from the data, and are yours to keep or take out.',
  params: {
    column: column('Column', 'Whose values are written otherwise.'),
    groups: list('Groups', 'Spellings, and what becomes of them.', {
      becomes: literal('Becomes', 'The value that stays.'),
      values: values('Spellings', 'Values that are written otherwise, exactly as they stand.'),
    }),
  },
  columns: ([input], { column }) => uncutColumns(input, [column]),
  sql: (inputs, { column, groups }) => {
    const input = inputAt(inputs, 0);
    const text = sql`input.${ident(column)}::text`;
    const cases = groups.map(
      ({ becomes, values }) => sql`when ${text} in (${join([...values])}) then ${becomes}`,
    );
    const value = sql`(case ${join(cases, sql` `)} else ${text} end)::${typeName(uncut(typeOf(input, column)))}`;
    return sql`select
  ${withColumns(input, [{ name: column, value }])}
from ${input.from} as input`;
  },
  proposals: {
    title: 'Look for spellings',
    param: 'groups',
    ways: {
      fingerprint: 'Same words, in other case, order or punctuation',
      pairs: 'Same pairs of letters',
      nearest: 'A few letters apart',
    },
    column: ({ column }) => column,
    make: (found, way) => (ways[way] ?? clustersByDistance)(found).map((cluster) => ({ ...cluster })),
  },
  rowByRow: true,
  summary: ({ column, groups }) => `${column}: ${groups.map(({ becomes }) => becomes).join(', ')}`,
  examples: [
    {
      says: 'writes one value for each group of spellings, and leaves others and nulls',
      params: {
        column: 'city',
        groups: [
          { becomes: 'Zürich', values: ['Zuerich', 'zürich '] },
          { becomes: 'Bern', values: ['Berne'] },
        ],
      },
      inputs: [
        {
          rows: [
            { city: 'Zuerich' },
            { city: 'zürich ' },
            { city: 'Berne' },
            { city: 'Basel' },
            { city: null },
          ],
        },
      ],
      output: [{ city: 'Zürich' }, { city: 'Zürich' }, { city: 'Bern' }, { city: 'Basel' }, { city: null }],
    },
  ],
});
