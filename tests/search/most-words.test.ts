import { expect, test } from 'vitest';
import { mostWords } from '../../renderer/rooms/search/most-words.ts';

const columns = ['sku', 'name', 'link', 'description', 'price'].map((name) => ({
  name,
  type: name === 'price' ? 'numeric' : 'text',
}));
const rows = [
  [
    'A-1',
    'Blue chair',
    'https://example.org/a/very/long/address/of/one/chair',
    'Sits well, folds flat.',
    '1',
  ],
  ['A-2', 'Lamp', 'https://example.org/another/address/that/is/long', 'Warm light for a desk.', '2'],
];
const cell = (row: number, column: number) => rows[row]?.[column] ?? null;

test('the text of a table is the column with the most words, not a code, a link or a number', () => {
  expect(mostWords(columns, rows.length, cell)).toBe('description');
  expect(mostWords(columns, 0, cell)).toBeUndefined();
});
