import { defineStep, inputAt } from '../define-step.ts';
import { choice, columns, literal, type ParamsOf } from '../params.ts';
import { withColumns } from '../replaced-columns.ts';
import { ident, type Sql, sql } from '../sql.ts';

const params = {
  columns: columns('Columns', 'What nobody shall read.'),
  how: choice('How', 'What stands there instead.', {
    hash: 'A hash: equal stays equal',
    last: '*** and the last four characters',
    email: 'First letter and domain of an address',
    stars: '***',
    null: 'Nothing (null)',
  }),
  salt: literal('Salt', 'For the hash: without it, short values can be guessed. It stands in the file.', {
    optional: true,
  }),
};

type How = ParamsOf<typeof params>['how'];

const masks: Readonly<Record<How, (text: Sql, salt: string) => Sql>> = {
  hash: (text, salt) => sql`encode(sha256(convert_to(${salt} || ${text}, 'UTF8')), 'hex')`,
  last: (text) =>
    sql`case when length(${text}) > 8 then '***' || right(${text}, 4) when ${text} is not null then '***' end`,
  email: (
    text,
  ) => sql`case when ${text} like '_%@%' then left(${text}, 1) || '***@' || split_part(${text}, '@', 2)
    when ${text} is not null then '***' end`,
  stars: (text) => sql`case when ${text} is not null then '***' end`,
  null: () => sql`null::text`,
};

export default defineStep({
  title: 'Mask',
  group: 'clean',
  icon: 'venetian-mask',
  words: 'anonymise anonymize pseudonymise hide private gdpr redact hash',
  help: 'Hides values: by a hash that still joins, by stars, or altogether. Null stays null.',
  params,
  columns: 'described',
  sql: (inputs, { columns, how, salt }) => {
    const input = inputAt(inputs, 0);
    const computed = columns.map((name) => ({
      name,
      value: masks[how](sql`input.${ident(name)}::text`, salt),
    }));
    return sql`select
  ${withColumns(input, computed)}
from ${input.from} as input`;
  },
  rowByRow: true,
  summary: ({ columns, how }) => `${columns.join(', ')} by ${how}`,
  examples: [
    {
      says: 'by a hash that is the same for the same value',
      params: { columns: ['card'], how: 'hash', salt: 'pepper' },
      inputs: [{ rows: [{ card: 'abc' }, { card: null }], types: { card: 'character varying' } }],
      output: [{ card: 'fadf7b97406e1eaa259a82e26e6839e564c37c256876e060e17838c86b7275ef' }, { card: null }],
    },
    {
      says: 'the last four characters, of long values only',
      params: { columns: ['card'], how: 'last', salt: '' },
      inputs: [
        {
          rows: [{ card: '4111111111111234' }, { card: '1234' }, { card: null }],
          types: { card: 'character varying' },
        },
      ],
      output: [{ card: '***1234' }, { card: '***' }, { card: null }],
    },
    {
      says: 'addresses',
      params: { columns: ['mail'], how: 'email', salt: '' },
      inputs: [
        { rows: [{ mail: 'ada@shop.example' }, { mail: 'none' }], types: { mail: 'character varying' } },
      ],
      output: [{ mail: 'a***@shop.example' }, { mail: '***' }],
    },
  ],
});
