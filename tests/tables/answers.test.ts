import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Answers,
  answersOf,
  filterOf,
  noAnswers,
  withTurned,
} from '../../renderer/rooms/tables/answers.ts';
import { type Condition, conditionsFor } from '../../renderer/rooms/tables/conditions.ts';
import { type Filter, filter as filterSchema } from '../../shared/view/filters.ts';

const text = fc.oneof(
  fc.constantFrom('', ' ', 'two\nlines', 'a\rb', 'null', ' x ', '1', '2024-01-01'),
  fc.string(),
);
const full = text.filter((one) => one !== '');
const yes = fc.boolean();
const column = fc.constant('t');

/** Any filter that can be kept. */
const anyFilter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    kind: fc.constant('values' as const),
    column,
    values: fc.uniqueArray(fc.option(text), { minLength: 1, maxLength: 5 }),
    not: yes,
  }),
  fc.record(
    { kind: fc.constant('range' as const), column, from: text, to: text, fromOpen: yes, toOpen: yes },
    { requiredKeys: ['kind', 'column', 'fromOpen', 'toOpen'] },
  ),
  fc.record({ kind: fc.constant('contains' as const), column, text: full, ignoreCase: yes, not: yes }),
  fc.record({ kind: fc.constant('starts' as const), column, text: full, ignoreCase: yes }),
  fc.record({ kind: fc.constant('matches' as const), column, pattern: full, not: yes }),
  fc.record({ kind: fc.constant('filled' as const), column, not: yes }),
  fc.record({
    kind: fc.constant('recent' as const),
    column,
    count: fc.integer({ min: 1, max: 10_000 }),
    unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'year' as const),
  }),
);
const type = fc.constantFrom(
  'text',
  'integer',
  'numeric(12,2)',
  'date',
  'timestamp with time zone',
  'jsonb',
  'boolean',
);

const opened = (filter: Filter, of: string) =>
  conditionsFor(of, filter).find(({ is }) => is(filter)) as Condition;

test('a filter that is opened and closed again is the same filter, of any kind on any type', () => {
  fc.assert(
    fc.property(anyFilter, type, (given, of) => {
      const filter = filterSchema.parse(given);
      expect(filterOf(opened(filter, of), 't', of, answersOf(filter), filter)).toEqual(filter);
    }),
  );
});

test('what is not touched of a filter of text stays when something else is', () => {
  fc.assert(
    fc.property(anyFilter, (given) => {
      const filter = filterSchema.parse(given);
      const moved = filterOf(opened(filter, 'text'), 'u', 'text', answersOf(filter));
      if (typeof moved === 'string') return;
      const sorted = (one: Filter) => (one.kind === 'values' ? { ...one, values: new Set(one.values) } : one);
      const { fromOpen, toOpen } = { fromOpen: false, toOpen: false, ...moved };
      const flags = moved.kind === 'range' ? { fromOpen, toOpen } : {};
      expect(sorted(moved)).toEqual({ ...sorted({ ...filter, ...flags }), column: 'u' });
      // Of an end that is not there, it says nothing whether it is left out.
      if (filter.kind === 'range' && filter.from !== undefined) expect(fromOpen).toBe(filter.fromOpen);
      if (filter.kind === 'range' && filter.to !== undefined) expect(toOpen).toBe(filter.toOpen);
    }),
  );
});

test('null, the empty text and text of several lines are chosen beside what is written', () => {
  const turn = (answers: Answers, value: string | null): Answers => ({
    ...answers,
    ...withTurned(answers, value),
  });
  const chosen = [null, '', 'two\nlines', 'b'].reduce(turn, { ...noAnswers, one: 'a' });
  const is = conditionsFor('text')[0] as Condition;
  expect(filterOf(is, 't', 'text', chosen)).toMatchObject({ values: [null, '', 'two\nlines', 'a', 'b'] });
  const left = [null, 'two\nlines', 'a', 'b'].reduce(turn, chosen);
  expect(filterOf(is, 't', 'text', left)).toMatchObject({ values: [''] });
  expect(filterOf(is, 't', 'integer', { ...noAnswers, others: [null], one: '1' })).toMatchObject({
    values: [null, '1'],
  });
  expect(filterOf(is, 't', 'integer', noAnswers)).toBe('“” is not a number.');
});
