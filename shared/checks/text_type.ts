import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { choice, column } from '../params.ts';
import { ident, type Sql, sql } from '../sql.ts';
import { isoDate } from '../text-formats.ts';

const matches = (text: Sql, pattern: string) => sql`trim(${text}) !~* ${pattern}`;

const timePattern =
  '^\\S{10}[T ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?( ?(Z|[+-](0\\d|1[0-5])(:?[0-5]\\d)?))?$';

const conforms: Readonly<Record<string, (text: Sql) => Sql>> = {
  integer: (text) => matches(text, '^[+-]?\\d+$'),
  number: (text) => matches(text, '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)(e[+-]?\\d+)?$'),
  date: (text) => isoDate.breaks(sql`trim(${text})`),
  timestamp: (text) =>
    sql`case when trim(${text}) ~ ${timePattern}
  then ${isoDate.breaks(sql`left(trim(${text}), 10)`)} else ${text} is not null end`,
  boolean: (text) => matches(text, '^(t|true|y|yes|on|1|f|false|n|no|off|0)$'),
  uuid: (text) => matches(text, '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
};

export default defineCheck({
  title: 'Text that reads as a type',
  class: 'schema',
  icon: 'binary',
  help: 'Every text of the column can be read as the type: as a whole number, a number, a date (ISO), a date with a time, yes or no, or a UUID. Nulls are fine; spaces around do not matter.',
  params: {
    column: column('Column', 'A column of text.'),
    type: choice('Type', 'What every text has to be.', {
      integer: 'whole number',
      number: 'number',
      date: 'date',
      timestamp: 'date with time',
      boolean: 'yes or no',
      uuid: 'UUID',
    }),
  },
  says: ({ column, type }) => `Every \`${column}\` reads as ${type}`,
  marks: ({ column }) => [column],
  judges: (_input, { column }) => filledRows([column]),
  byValue: true,
  breaks: (_input, { column, type }) => (conforms[type] as (text: Sql) => Sql)(sql`${ident(column)}::text`),
  examples: [
    {
      says: 'whole numbers have no fraction',
      params: { column: 'n', type: 'integer' },
      table: { rows: [{ n: '12' }, { n: ' -3 ' }, { n: '1.5' }, { n: 'x' }, { n: '' }, { n: null }] },
      bad: [2, 3, 4],
    },
    {
      says: 'numbers may have one',
      params: { column: 'n', type: 'number' },
      table: { rows: [{ n: '1.5e3' }, { n: '1,5' }] },
      bad: [1],
    },
    {
      says: 'dates have to be in the calendar',
      params: { column: 'd', type: 'date' },
      table: { rows: [{ d: '2026-02-28' }, { d: '2026-02-30' }, { d: null }] },
      bad: [1],
    },
    {
      says: 'a time of day, perhaps with a zone',
      params: { column: 't', type: 'timestamp' },
      table: {
        rows: [
          { t: '2026-01-31T10:00:00Z' },
          { t: '2026-01-31 25:00' },
          { t: '2026-01-31' },
          { t: '2026-01-31 10:00+99:99' },
          { t: '2026-01-31 10:00+0530' },
        ],
      },
      bad: [1, 2, 3],
    },
    {
      says: 'yes and no in the words that PostgreSQL reads',
      params: { column: 'b', type: 'boolean' },
      table: { rows: [{ b: 'TRUE' }, { b: 'no' }, { b: 'perhaps' }] },
      bad: [2],
    },
    {
      says: 'UUIDs in their usual form',
      params: { column: 'u', type: 'uuid' },
      table: { rows: [{ u: '6F9619FF-8B86-D011-B42D-00CF4FC964FF' }, { u: '6F96' }] },
      bad: [1],
    },
  ],
});
