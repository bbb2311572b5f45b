import { expect, test } from 'vitest';
import { file } from '../import/workspace-files.ts';
import { openTestEngine } from '../open-test-engine.ts';

const repeat = (most: string, least: string, bad = 1) => [
  ...Array(1000 - bad).fill(most),
  ...Array(bad).fill(least),
];

const cases: readonly [string, readonly string[], string, number][] = [
  ['whole numbers', ['1', '-20', '2147483647'], 'integer', 0],
  ['large numbers', ['1', '2147483648'], 'bigint', 0],
  ['numbers beyond 64 bits', ['1', '92233720368547758080'], 'numeric', 0],
  ['money', ['1.50', '-0.25', '100.00'], 'numeric(18,2)', 0],
  ['decimals of several scales', ['1', '2.5', '3.125'], 'numeric', 0],
  ['exponents', ['1e5', '2.5', '-3E-2'], 'double precision', 0],
  ['leading zeros', ['1', '002', '3'], 'text', 0],
  ['phone numbers', ['+4930123456', '+4930123457'], 'text', 0],
  ['truth', ['true', 'FALSE', ''], 'boolean', 0],
  ['days', ['2024-02-29', '1999-12-31'], 'date', 0],
  ['no days', ['2024-02-30', '2024-13-01'], 'text', 0],
  ['days, day first', ['31/12/2024', '01/02/2024'], 'date', 0],
  ['days that may be months', ['01/02/2024', '03/04/2024'], 'text', 0],
  ['German days', ['31.12.2024', '1.2.2024'], 'date', 0],
  [
    'moments',
    ['2024-01-01 10:00', '2024-01-01T10:00:00.123456', '2024-01-01'],
    'timestamp without time zone',
    0,
  ],
  [
    'moments with a zone',
    ['2024-01-01T10:00:00Z', '2024-01-01 10:00:00+02:00'],
    'timestamp with time zone',
    0,
  ],
  ['identifiers', ['00000000-0000-4000-8000-0000000000ff'], 'uuid', 0],
  ['objects', ['{"a": 1}', '[1, 2]'], 'jsonb', 0],
  ['objects that jsonb refuses', ['{"a": "\\u0000"}'], 'text', 0],
  ['words for nothing', ['1', 'NA', 'null', '-'], 'integer', 0],
  ['one in a thousand', repeat('5', 'five'), 'integer', 1],
  ['two in a hundred', repeat('5', 'five', 20), 'text', 0],
  ['numbers after many words', [...Array(5000).fill('word'), ...Array(5000).fill('7')], 'text', 0],
  ['a late misfit', [...Array(5000).fill('7'), 'seven'], 'integer', 1],
  ['a late decimal', [...Array(5000).fill('7'), '7.5'], 'numeric', 0],
];

test('types are chosen by every value', async () => {
  const at = await openTestEngine();
  for (const [says, cells, type, disagreeing] of cases) {
    const quoted = cells.map((cell) => `x,"${cell.replaceAll('"', '""')}"\n`).join('');
    const path = await file(at, 'column.csv', `a,value\n${quoted}`);
    const { columns, account } = await at.engine.files.preview({ path, whole: true });
    expect([says, columns[1]?.type, columns[1]?.disagreeing, columns[1]?.reason]).toEqual([
      says,
      type,
      disagreeing,
      expect.stringMatching(/./),
    ]);
    expect([says, account.loaded, account.rejected]).toEqual([says, cells.length - disagreeing, disagreeing]);
  }
});

test('a quick look says that it is one, and a whole one gives the account', async () => {
  const at = await openTestEngine();
  const path = await file(
    at,
    'long.csv',
    `id,word\n${Array.from({ length: 400_000 }, (_, n) => `${n},some words`).join('\n')}\n1,2,3\n`,
  );
  const quick = await at.engine.files.preview({ path });
  expect(quick).toMatchObject({
    complete: false,
    table: 'long',
    dialect: { delimiter: ',', header: true, encoding: 'utf-8' },
  });
  expect(quick.rows.slice(0, 2)).toEqual([
    ['0', 'some words'],
    ['1', 'some words'],
  ]);
  const whole = await at.engine.files.preview({ path, whole: true });
  expect(whole.account).toMatchObject({ physical: 400_002, loaded: 400_000, rejected: 1, skipped: 1 });
  expect(whole.rejects).toEqual([
    { line: 400_002, column: null, cause: 'It has 3 cells where 2 are expected.', raw: '1,2,3' },
  ]);
});

test('cells that do not fit are marked in the preview', async () => {
  const at = await openTestEngine();
  const path = await file(at, 'marks.csv', 'n,m\n1,a\nx,b\n3,c\n');
  const { rows, disagreeing, rejects } = await at.engine.files.preview({ path, types: { n: 'integer' } });
  expect(rows).toEqual([
    ['1', 'a'],
    ['x', 'b'],
    ['3', 'c'],
  ]);
  expect(disagreeing).toEqual([[], [0], []]);
  expect(rejects).toEqual([
    { line: 3, column: 'n', cause: '“x” is not a whole number in range (integer).', raw: 'x,b' },
  ]);
});
