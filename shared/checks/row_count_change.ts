import { defineCheck } from '../define-check.ts';
import { number } from '../params.ts';
import { problem } from '../problem.ts';
import { sql } from '../sql.ts';

/** Doubles miss a whole number by less: the limit itself is allowed. */
const tiny = 1e-6;

export default defineCheck({
  title: 'Change of the number of rows',
  class: 'completeness',
  icon: 'trending-up-down',
  help: 'From one run to the next, the number of rows neither falls nor grows by more than so many percent. A run that was marked as an incident is passed over. The first run only remembers the number.',
  params: {
    fall: number('Falls by at most', 'Percent of the rows of the run before. Empty: any fall is fine.', {
      optional: true,
    }),
    rise: number('Grows by at most', 'Percent of the rows of the run before. Empty: any growth is fine.', {
      optional: true,
    }),
  },
  says: ({ fall, rise }) =>
    `The number of rows ${[fall === null ? '' : `falls by at most ${fall}%`, rise === null ? '' : `grows by at most ${rise}%`].filter(Boolean).join(' and ')}`,
  marks: () => [],
  unit: () => 'rows',
  remembers: true,
  metric: ({ from, earlier = [] }, { fall, rise }) => {
    if (fall === null && rise === null) {
      throw problem('bad_input', 'The rule has no limits.', { hint: 'Say how far it may fall or grow.' });
    }
    const before = earlier.find(({ incident }) => !incident)?.value;
    const count = sql`select count(*)::float8 as value from ${from}`;
    if (before === undefined) {
      return {
        sql: count,
        fails: {},
        waits: 'The number of rows is remembered now: the next run compares with it.',
      };
    }
    return {
      sql: count,
      fails: {
        ...(fall === null ? {} : { min: Math.ceil((before * (100 - fall)) / 100 - tiny) }),
        ...(rise === null ? {} : { max: Math.floor((before * (100 + rise)) / 100 + tiny) }),
      },
    };
  },
  examples: [
    {
      says: 'half of the rows are gone',
      params: { fall: 20, rise: null },
      table: { rows: [{ a: '1' }, { a: '2' }] },
      earlier: [
        { value: 4, at: '2026-01-02T00:00:00.000Z' },
        { value: 2, at: '2026-01-01T00:00:00.000Z' },
      ],
      value: 2,
      verdict: 'fail',
    },
    {
      says: 'the limit itself is allowed',
      params: { fall: 0, rise: 100 },
      table: { rows: [{ a: '1' }, { a: '2' }] },
      earlier: [{ value: 1, at: '2026-01-01T00:00:00.000Z' }],
      value: 2,
      verdict: 'pass',
    },
    {
      says: 'the limit itself is allowed, whatever doubles make of it',
      params: { fall: null, rise: 10 },
      table: { rows: Array.from({ length: 11 }, () => ({ a: '1' })) },
      earlier: [{ value: 10, at: '2026-01-01T00:00:00.000Z' }],
      value: 11,
      verdict: 'pass',
    },
    {
      says: 'an incident is passed over',
      params: { fall: 20, rise: 20 },
      table: { rows: [{ a: '1' }, { a: '2' }] },
      earlier: [
        { value: 90, at: '2026-01-02T00:00:00.000Z', incident: 'loaded twice' },
        { value: 2, at: '2026-01-01T00:00:00.000Z' },
      ],
      value: 2,
      verdict: 'pass',
    },
    {
      says: 'without an earlier run there is nothing to compare with',
      params: { fall: 20, rise: 20 },
      table: { rows: [{ a: '1' }] },
      value: 1,
      verdict: 'not evaluated',
    },
  ],
});
