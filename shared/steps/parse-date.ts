import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { choice, type ParamsOf } from '../params.ts';
import { parsedParams, parsedRows, textOf, unparsedRows } from '../parsed-cells.ts';
import { type Sql, sql } from '../sql.ts';

const params = {
  ...parsedParams,
  order: choice('Order', 'Of year, month and day; between them may stand . / - or a space.', {
    ymd: 'Year, month, day',
    dmy: 'Day, month, year',
    mdy: 'Month, day, year',
  }),
  type: choice('Type', 'With or without the time of day.', { date: 'Date', timestamp: 'Date and time' }),
};

type Params = ParamsOf<typeof params>;

const year = '(\\d{4}|\\d{2})';
const month = '(\\d{1,2}|[A-Za-z]{3,9})\\.?';
const day = '(\\d{1,2})(?:st|nd|rd|th)?';
/** Digits that follow digits need a sign between them: how they are to be parted would be a guess. */
const gap = '(?:[-./, ]+|(?=[A-Za-z])|(?<=[A-Za-z]))';
const time = '(?:[T ]+(\\d{1,2}):(\\d{2})(?::(\\d{2}(?:\\.\\d+)?))?)?';

/** One sign between the parts: no capital T but before the time, so that all of them can be told apart by their sign. */
const plain = ({ y, m, d }: { y: number; m: number; d: number }) => {
  const parts = ['', '', ''];
  parts[y - 1] = '(?:\\d{4}|\\d{2})';
  parts[m - 1] = '(?:\\d{1,2}|[A-SU-Za-z]{3,9})';
  parts[d - 1] = '\\d{1,2}';
  return `^${parts.join('[-./, ]')}(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2})?)?$`;
};

/** Six or eight digits alone have their places. */
const yearFirst = '^(\\d{4}|\\d{2})(\\d{2})(\\d{2})(?=[T ]|$)';
const yearLast = '^(\\d{2})(\\d{2})(\\d{4}|\\d{2})(?=[T ]|$)';

/** The pattern, where its groups are, and how digits alone are parted. */
const orders = {
  ymd: { pattern: `^${year}${gap}${month}${gap}${day}${time}$`, y: 1, m: 2, d: 3, digits: yearFirst },
  dmy: { pattern: `^${day}${gap}${month}${gap}${year}${time}$`, y: 3, m: 2, d: 1, digits: yearLast },
  mdy: { pattern: `^${month}${gap}${day}${gap}${year}${time}$`, y: 3, m: 1, d: 2, digits: yearLast },
} as const;

/** The parts of a text, as the pattern's groups; cutting is five times as fast as matching with groups, where it can be done. */
const partsOf = (text: Sql, order: keyof typeof orders): Sql =>
  sql`(select case when text ~ ${plain(orders[order])}
        then string_to_array(translate(text, '-./, T:', '|||||||'), '|')
        else regexp_match(regexp_replace(text, ${orders[order].digits}, '\1-\2-\3'), ${orders[order].pattern}) end as found
      from (select ${text} as text offset 0) as cell offset 0)`;

/** Checked before it is made: PostgreSQL ends the statement at the 30th of February, and only from 16 on can it be asked before. */
function readDate(input: StepInput, { column, order, type }: Params): Sql {
  const { y, m, d } = orders[order];
  const months = sql`array['jan','feb','mar','apr','may','jun','jul','aug','sep','oct','nov','dec']`;
  const made =
    type === 'date'
      ? sql`make_date(year, month, day)`
      : sql`case when hour < 24 and minute < 60 and second < 60
        then make_timestamp(year, month, day, hour, minute, second) end`;
  return sql`(select case when year > 0 and month between 1 and 12 and day between 1 and 31 then
      case when day <= extract(day from make_date(year, month, 1) + interval '1 month' - interval '1 day')
      then ${made} end end
    from (select
      case when length(found[${y}]) = 2 then found[${y}]::integer + case when found[${y}]::integer < 70 then 2000 else 1900 end
        else found[${y}]::integer end as year,
      case when found[${m}] ~ '^\d' then found[${m}]::integer
        else array_position(${months}, lower(left(found[${m}], 3))) end as month,
      found[${d}]::integer as day,
      coalesce(found[4], '0')::integer as hour,
      coalesce(found[5], '0')::integer as minute,
      coalesce(found[6], '0')::double precision as second
      from ${partsOf(textOf(input, column), order)} as matched
      offset 0
    ) as parts)`;
}

const read = (input: StepInput, params: Params): [StepInput, Params, Sql] => [
  input,
  params,
  readDate(input, params),
];

export default defineStep({
  title: 'Parse dates',
  group: 'clean',
  icon: 'calendar-search',
  words: 'cast convert to date timestamp',
  help: 'Reads dates as people write them: 2024-02-29, 29.2.24, Feb 29, 2024. Two-digit years up to 69 are in this century. A day that does not exist cannot be read.',
  params,
  columns: 'described',
  sql: (inputs, chosen) => parsedRows(...read(inputAt(inputs, 0), chosen)),
  rejects: {
    title: 'Rows without a readable date',
    sql: (inputs, chosen) => unparsedRows(...read(inputAt(inputs, 0), chosen)),
  },
  grows: () => [0],
  summary: ({ column, name, order }) => `${column}${name ? ` → ${name}` : ''} as ${order}`,
  examples: [
    {
      says: 'day first; a day that does not exist goes to the rejects',
      params: { column: 'born', name: '', otherwise: 'reject', order: 'dmy', type: 'date' },
      inputs: [
        {
          types: { id: 'integer', born: 'character varying' },
          rows: [
            { id: 1, born: '29.2.2024' },
            { id: 2, born: '3 January 69' },
            { id: 3, born: '30/02/2024' },
            { id: 4, born: null },
          ],
        },
      ],
      output: [
        { id: 1, born: '2024-02-29' },
        { id: 2, born: '2069-01-03' },
        { id: 4, born: null },
      ],
      rejects: [{ id: 3, born: '30/02/2024' }],
    },
    {
      says: 'with the time of day, into a column of its own, null where it cannot be read',
      params: { column: 'at', name: 'moment', otherwise: 'null', order: 'ymd', type: 'timestamp' },
      inputs: [
        {
          types: { at: 'character varying' },
          rows: [
            { at: '2024-03-01T07:05:09.5' },
            { at: '20240301' },
            { at: '241231 10:00' },
            { at: '24Feb29' },
            { at: '202412' },
            { at: '2024112' },
          ],
        },
      ],
      output: [
        { at: '2024-03-01T07:05:09.5', moment: '2024-03-01 07:05:09.5' },
        { at: '20240301', moment: '2024-03-01 00:00:00' },
        { at: '241231 10:00', moment: '2024-12-31 10:00:00' },
        { at: '24Feb29', moment: '2024-02-29 00:00:00' },
        { at: '202412', moment: null },
        { at: '2024112', moment: null },
      ],
    },
    {
      says: 'month first, by name',
      params: { column: 'day', name: '', otherwise: 'null', order: 'mdy', type: 'date' },
      inputs: [
        { types: { day: 'character varying' }, rows: [{ day: ' Feb 29th, 2024 ' }, { day: '13/1/2024' }] },
      ],
      output: [{ day: '2024-02-29' }, { day: null }],
    },
  ],
});
