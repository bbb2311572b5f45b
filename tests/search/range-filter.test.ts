import { expect, test } from 'vitest';
import { offeredFilters, offerOption } from '../../renderer/rooms/search/offered-filters.ts';
import { filterWords } from '../../renderer/rooms/search/question.ts';
import { rangeOf } from '../../renderer/rooms/search/range-ends.ts';

test('of numbers and days a range is offered before values, also where each value stands once', () => {
  const columns = [
    { name: 'amount', type: 'numeric(10,2)' },
    { name: 'day', type: 'date' },
    { name: 'priority', type: 'text' },
    { name: 'kept', type: 'integer' },
  ];
  const once = (...values: unknown[]) => values.map((value) => ({ value, count: 1 }));
  const metadata = [
    { key: 'amount', values: [{ value: 80, count: 2 }, ...once(12.5, { a: 1 })] },
    { key: 'day', values: once('2024-02-28', '2024-02-29') },
    { key: 'gone', values: once(1, 2) },
    { key: 'kept', values: once(1) },
    { key: 'priority', values: [{ value: '', count: 2 }] },
  ];
  const offered = offeredFilters(metadata, columns, { kept: { from: 1 } }).map(offerOption);
  expect(offered.map(({ label }) => label)).toEqual([
    'amount: from … to …',
    'amount: 80',
    'amount: 12.5',
    'day: from … to …',
    'priority: ""',
  ]);
  expect(new Set(offered.map(({ value }) => value)).size).toBe(5);
});

test('ends that are written become a range, or it is said what is wrong', () => {
  expect(rangeOf(' 10 ', '', 'numbers')).toEqual({ from: 10 });
  expect(rangeOf('1.50', '9007199254740993', 'numbers')).toEqual({ from: '1.50', to: '9007199254740993' });
  expect(rangeOf('2024-02-29', '2024-02-30', 'days')).toEqual({
    wrong: 'to',
    says: '“2024-02-30” is not a day such as 2024-05-31.',
  });
  expect(rangeOf('ten', '', 'numbers')).toEqual({ wrong: 'from', says: '“ten” is not a number.' });
  expect(rangeOf('', ' ', 'days')).toMatchObject({ wrong: 'from' });
});

test('a range is told in words', () => {
  expect([{ from: 1 }, { to: '2024-02-29' }, { from: 1, to: 2 }, null, ''].map(filterWords)).toEqual([
    'from 1',
    'up to 2024-02-29',
    '1 to 2',
    'null',
    '""',
  ]);
});
