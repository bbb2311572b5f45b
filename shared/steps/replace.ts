import { defineStep, inputAt } from '../define-step.ts';
import { choice, columns, flag, list, literal, type ParamsOf } from '../params.ts';
import { typeOf, uncut, uncutColumns, withColumns } from '../replaced-columns.ts';
import { ident, type Sql, sql, typeName } from '../sql.ts';

const params = {
  columns: columns('Columns', 'Where to look.'),
  how: choice('What', 'What has to be equal.', {
    whole: 'Whole values',
    part: 'Parts of the text',
    pattern: 'A regular expression',
  }),
  pairs: list('Replacements', 'Tried from top to bottom.', {
    find: literal('Find', 'What to look for.'),
    with: literal('Replace with', 'Left empty: nothing, that is empty text.', { optional: true }),
  }),
  anyCase: flag('Ignore upper and lower case', 'A finds a, too.'),
};

type Params = ParamsOf<typeof params>;
type Pair = Params['pairs'][number];

const escaped = (text: string) => text.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&');
const plain = (text: string) => text.replaceAll('\\', '\\\\');

function whole(text: Sql, pairs: readonly Pair[], anyCase: boolean): Sql {
  const same = (find: string) => (anyCase ? sql`lower(${text}) = lower(${find})` : sql`${text} = ${find}`);
  const cases = pairs.reduce(
    (before, pair) => sql`${before} when ${same(pair.find)} then ${pair.with}`,
    sql`case`,
  );
  return sql`${cases} else ${text} end`;
}

const part = (text: Sql, pairs: readonly Pair[], anyCase: boolean): Sql =>
  pairs.reduce(
    (value, pair) =>
      anyCase
        ? sql`regexp_replace(${value}, ${escaped(pair.find)}, ${plain(pair.with)}, 'gi')`
        : sql`replace(${value}, ${pair.find}, ${pair.with})`,
    text,
  );

const pattern = (text: Sql, pairs: readonly Pair[], anyCase: boolean): Sql =>
  pairs.reduce(
    (value, pair) => sql`regexp_replace(${value}, ${pair.find}, ${pair.with}, ${anyCase ? 'gi' : 'g'})`,
    text,
  );

const ways = { whole, part, pattern } as const;

export default defineStep({
  title: 'Replace',
  group: 'clean',
  icon: 'replace',
  words: 'regex find substitute mapping map translate',
  help: 'Replaces values by others: whole values, parts of a text, or what a regular expression finds (\\1 stands for its first group). To map by a table, use Lookup.',
  params,
  columns: ([input], { columns }) => uncutColumns(input, columns),
  sql: (inputs, { columns, how, pairs, anyCase }) => {
    const input = inputAt(inputs, 0);
    const computed = columns.map((name) => {
      const text = sql`input.${ident(name)}::text`;
      return {
        name,
        value: sql`(${ways[how](text, pairs, anyCase)})::${typeName(uncut(typeOf(input, name)))}`,
      };
    });
    return sql`select
  ${withColumns(input, computed)}
from ${input.from} as input`;
  },
  rowByRow: true,
  summary: ({ columns, pairs }) =>
    `${columns.join(', ')}: ${pairs.map((pair) => `${pair.find} → ${pair.with || 'nothing'}`).join(', ')}`,
  examples: [
    {
      says: 'whole values, numbers too',
      params: { columns: ['code'], how: 'whole', pairs: [{ find: '9', with: '1' }], anyCase: false },
      inputs: [{ types: { code: 'integer' }, rows: [{ code: 9 }, { code: 99 }, { code: null }] }],
      output: [{ code: 1 }, { code: 99 }, { code: null }],
    },
    {
      says: 'parts of the text, in any case',
      params: {
        columns: ['street'],
        how: 'part',
        pairs: [{ find: 'str.', with: 'strasse' }],
        anyCase: true,
      },
      inputs: [{ rows: [{ street: 'SeeSTR. 1' }, { street: 'Strand 2' }] }],
      output: [{ street: 'Seestrasse 1' }, { street: 'Strand 2' }],
    },
    {
      says: 'a pattern with groups',
      params: {
        columns: ['name'],
        how: 'pattern',
        pairs: [{ find: '^(\\w+), (\\w+)', with: '\\2 \\1' }],
        anyCase: false,
      },
      inputs: [{ rows: [{ name: 'Lovelace, Ada' }] }],
      output: [{ name: 'Ada Lovelace' }],
    },
  ],
});
