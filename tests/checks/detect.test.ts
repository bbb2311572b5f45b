import { describe, expect, test } from 'vitest';
import { detectors } from '../../electron/engine/checks/detect/all-detectors.ts';
import type { ColumnarTable } from '../../electron/engine/checks/detect/columnar.ts';
import { suspectCells } from '../../electron/engine/checks/detect/suspect-cells.ts';
import { hospital, judged } from './hospital.ts';
import { makeTable, openChecks } from './open-checks.ts';
import { repeat, tableOf } from './table-of.ts';

const now = new Date('2026-06-01T00:00:00Z');

const only = (name: string) => new Map([...detectors].filter(([other]) => other === name));
const found = (name: string, table: ColumnarTable) =>
  suspectCells(table, only(name), now).map(({ row, column }) => `${row} ${column}`);

test('wrong cells of the hospital benchmark are found without labels', () => {
  const { table, wrong } = hospital();
  const { f1, precision } = judged(suspectCells(table), wrong);
  expect(f1).toBeGreaterThan(0.9);
  expect(precision).toBeGreaterThan(0.9);
});

test('the true table raises few doubts', () => {
  const { table } = hospital('clean');
  expect(suspectCells(table).length).toBeLessThan(0.002 * table.rows.length * table.columns.length);
});

/** One thing wrong in each, always the last row. */
const planted: Readonly<Record<string, ColumnarTable>> = {
  dependency: tableOf({
    zip: [...repeat(40, (at) => `zip${at % 4}`), 'zip0'],
    city: [...repeat(40, (at) => `city${at % 4}`), 'city3'],
  }),
  future: tableOf(
    { day: [...repeat(60, (at) => `2025-01-${10 + (at % 20)}`), '2052-01-03'] },
    { day: 'date' },
  ),
  'known-format': tableOf({ mail: [...repeat(40, (at) => `u${at}@shop.example`), 'ann(at)shop.example'] }),
  missing: tableOf({ name: [...repeat(200, (at) => `name ${at}`), null] }),
  'misspelt-value': tableOf({
    city: [...repeat(60, (at) => ['Hamburg', 'Dresden'][at % 2] ?? ''), 'Hambrug'],
  }),
  'misspelt-word': tableOf({
    size: [...repeat(60, (at) => `${at} patients seen`), '17 patiemts seen'],
  }),
  order: tableOf(
    {
      ordered: [...repeat(80, () => '2026-01-05'), '2026-01-05'],
      sent: [...repeat(80, (at) => `2026-01-${10 + (at % 15)}`), '2026-01-02'],
    },
    { ordered: 'date', sent: 'date' },
  ),
  outlier: tableOf({ price: [...repeat(60, (at) => String(10 + (at % 9))), '1899'] }, { price: 'integer' }),
  pattern: tableOf({ score: [...repeat(60, (at) => `${at}%`), 'x7%'] }),
  'repeated-key': tableOf({ sku: [...repeat(300, (at) => `S-${1000 + at}`), 'S-1007'] }),
  spaces: tableOf({ status: [...repeat(90, (at) => ['paid', 'sent', 'lost'][at % 3] ?? ''), 'Paid '] }),
  'wrong-sign': tableOf(
    { pieces: [...repeat(200, (at) => String(1 + (at % 9))), '-2'] },
    { pieces: 'integer' },
  ),
};

describe.each([...detectors])('%s', (name, { title, help, find }) => {
  const table = planted[name];

  test('is explained, and has something planted here that it finds', () => {
    expect(title.length).toBeGreaterThan(5);
    expect(help.length).toBeGreaterThan(40);
    if (!table) throw new Error(`Nothing is planted for ${name}.`);
    const last = table.rows.length;
    const cells = found(name, table);
    expect(cells.filter((cell) => !cell.startsWith(`${last} `))).toEqual(
      name === 'repeated-key' ? ['8 sku'] : [],
    );
    expect(cells.some((cell) => cell.startsWith(`${last} `))).toBe(true);
  });

  test('is silent on no rows, on nulls and on one row', () => {
    for (const cells of [[], [null, null], ['a']]) {
      const bare = tableOf({ a: cells, b: cells }, { b: 'integer' });
      const evidence = {
        table: bare,
        dependencies: () => ({ found: [], against: () => silent, instead: () => [] }),
        now,
      };
      expect(find(evidence)).toEqual([]);
    }
  });
});

const silent = { against: 0, for: 0, strongest: 0, expected: undefined, by: undefined };

test('cells of a table are named by its rows; tables without an address are refused', async () => {
  const { room, database } = await openChecks();
  const rows = repeat(60, (at) => ({
    city: at === 41 ? 'Hambrug' : (['Hamburg', 'Dresden'][at % 2] ?? null),
    n: at,
  }));
  await makeTable(database, 'Te"st', { types: { n: 'integer' }, rows });
  const { cells, ...rest } = await room.detect({ table: 'Te"st' });
  expect(rest).toEqual({ table: 'Te"st', rows: 60, rowsRead: 60 });
  expect(cells).toMatchObject([{ row: 42, column: 'city' }]);
  expect(cells[0]?.reason).toContain('close to "Hamburg"');
  await expect(room.detect({ table: 'nosuch' })).rejects.toMatchObject({ problem: { code: 'not_found' } });
});
