import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { suspectCells } from '../../electron/engine/checks/detect/suspect-cells.ts';
import { rememberMade } from '../../electron/engine/checks/made-of-private.ts';
import { fixers } from '../../electron/engine/checks/repair/all-fixers.ts';
import { stableFixes } from '../../electron/engine/checks/repair/corrections.ts';
import { type Doubt, proposeFixes } from '../../electron/engine/checks/repair/propose-fixes.ts';
import { pipelinesRoom } from '../../electron/engine/pipelines/room.ts';
import { sql } from '../../shared/sql.ts';
import { hospital, judgedFixes } from './hospital.ts';
import { calling, makeTable, rule, sharedChecks } from './open-checks.ts';
import { repeat, tableOf } from './table-of.ts';

const openChecks = sharedChecks();

test('fixes of the hospital benchmark are mostly right, and most errors have one', () => {
  const { table, wrong, truth } = hospital();
  const doubts = suspectCells(table, undefined, undefined, 0.4).map((one) => ({ ...one, row: one.row - 1 }));
  const fixes = proposeFixes(table, doubts).filter(({ confidence }) => confidence >= 0.5);
  const { precision, recall } = judgedFixes(fixes, wrong, truth);
  expect(precision).toBeGreaterThan(0.9);
  expect(recall).toBeGreaterThan(0.75);
});

/** One wrong cell in each, always in the last row, and what it should be. */
const planted = {
  group: {
    table: tableOf({
      zip: [...repeat(40, (at) => `zip${at % 4}`), 'zip0'],
      city: [...repeat(40, (at) => `city${at % 4}`), 'city3'],
    }),
    column: 'city',
    to: 'city0',
  },
  'missing-word': {
    table: tableOf({ note: [...repeat(30, (at) => `note ${at}`), 'N/A'] }),
    column: 'note',
    to: null,
  },
  'nearest-value': {
    table: tableOf({ city: [...repeat(60, (at) => ['Hamburg', 'Dresden'][at % 2] ?? ''), 'Hambrug'] }),
    column: 'city',
    to: 'Hamburg',
  },
  'nearest-word': {
    table: tableOf({ size: [...repeat(60, (at) => `${at} Patients seen`), '17 Patiemts seen'] }),
    column: 'size',
    to: '17 Patients seen',
  },
  'parsed-date': {
    table: tableOf({ day: [...repeat(40, (at) => `2026-01-${10 + (at % 20)}`), '3. Feb 2026'] }),
    column: 'day',
    to: '2026-02-03',
  },
  'plain-number': {
    table: tableOf({ price: [...repeat(40, (at) => `${at}.50`), '€ 1,250.00'] }),
    column: 'price',
    to: '1250.00',
  },
  tidied: {
    table: tableOf({ status: [...repeat(60, (at) => ['paid', 'sent'][at % 2] ?? ''), ' Paid'] }),
    column: 'status',
    to: 'paid',
  },
} as const;

describe.each([...fixers])('%s', (name, fixer) => {
  const only = new Map([[name, fixer]]);

  test('is explained, and puts right what is planted here', () => {
    expect(fixer.help.length).toBeGreaterThan(40);
    const { table, column, to } = planted[name as keyof typeof planted];
    const doubt = { row: table.rows.length - 1, column, score: 1 };
    expect(proposeFixes(table, [doubt], undefined, only)).toMatchObject(
      [{ ...doubt, score: undefined, to }].map(({ score, ...fix }) => fix),
    );
  });

  test('proposes nothing for no rows, nulls, one row, and what is as it should be', () => {
    for (const cells of [[], [null, null], ['a']]) {
      const bare = tableOf({ a: cells, b: cells });
      const doubts: Doubt[] = cells.map((_, row) => ({ row, column: 'a', score: 1 }));
      expect(proposeFixes(bare, doubts, undefined, only)).toEqual([]);
    }
    const { table, column } = planted[name as keyof typeof planted];
    expect(proposeFixes(table, [{ row: 0, column, score: 1 }], undefined, only)).toEqual([]);
  });
});

test('a day that can be read in two ways, and a number that may mean two, stay', () => {
  const days = tableOf({
    day: [...repeat(40, () => '2026-01-10'), '03/04/2026', '31/12/2026', '2026-02-30'],
  });
  const fixes = proposeFixes(
    days,
    [40, 41, 42].map((row) => ({ row, column: 'day', score: 1 })),
  );
  expect(fixes.map(({ row, to }) => [row, to])).toEqual([[41, '2026-12-31']]);
  const prices = tableOf({ price: [...repeat(40, (at) => `${at}.5`), '1,250', '12x'] });
  expect(
    proposeFixes(
      prices,
      [40, 41].map((row) => ({ row, column: 'price', score: 1 })),
    ),
  ).toEqual([]);
});

test('a fix is told by the value, then by what decides it, then by what tells its row from others', () => {
  const table = tableOf(
    {
      id: repeat(6, (at) => String(at)),
      zip: ['a', 'a', 'a', 'b', 'b', 'b'],
      city: ['A', 'X', 'B', 'B', 'B', 'B'],
    },
    { id: 'integer' },
  );
  const fix = (row: number, to: string) => ({
    row,
    column: 'city',
    to,
    confidence: 1,
    reason: '',
    by: 'zip',
  });
  const said = stableFixes(table, [fix(1, 'A'), fix(2, 'A'), fix(3, 'C')]);
  expect(said.map(({ correction, reach }) => [correction, reach])).toEqual([
    [{ column: 'city', was: 'X', when: '', to: 'A' }, 1],
    [{ column: 'city', was: 'B', when: `"zip" = 'a'`, to: 'A' }, 1],
    [{ column: 'city', was: 'B', when: `"zip" = 'b' and "id" = 3`, to: 'C' }, 1],
  ]);
});

test('accepted fixes become a step that mends the rows, and that can be read, added to, and taken out line by line', async () => {
  const { room, database, dir, context } = await openChecks();
  const pipelines = pipelinesRoom(context, async () => []);
  const rows = repeat(60, (at) => ({
    id: at,
    city: at === 41 ? 'Hambrug' : (['Hamburg', 'Dresden'][at % 2] ?? null),
    "o'k": at === 7 ? null : 'x',
  }));
  await makeTable(database, 'Te"st', { types: { id: 'integer' }, rows });
  const { repairs, suspects } = await room.repair({ table: 'Te"st' });
  expect(suspects).toBeGreaterThanOrEqual(1);
  expect(repairs).toMatchObject([{ row: 42, column: 'city', from: 'Hambrug', to: 'Hamburg', reach: 1 }]);
  const corrections = repairs.map(({ correction }) => correction);
  const written = await room.correct({ table: 'Te"st', corrections });
  expect(written).toEqual({ pipeline: 'Te"st corrected', step: 'corrected', added: 1 });
  expect(await room.correct({ table: 'Te"st', corrections })).toMatchObject({ added: 0 });
  const again = { column: "o'k", was: '', when: `"o'k" is null and "id" = 7`, to: "it's" };
  expect(
    await room.correct({ table: 'Te"st', corrections: [again], pipeline: 'Te"st corrected' }),
  ).toMatchObject({ step: 'corrected', added: 1 });
  await pipelines.run({ name: 'Te"st corrected', full: false, params: {} }, calling());
  const found = await database.query(
    sql`select count(*)::int as n from "Te""st_corrected" where city = 'Hambrug' or "o'k" is null`,
  );
  expect(found).toEqual([{ n: 0 }]);
  const [file = ''] = await readdir(join(dir, 'pipelines'));
  expect(await readFile(join(dir, 'pipelines', file), 'utf8')).toContain(`        - column: city
          was: Hambrug
          when: ""
          to: Hamburg
`);
  await expect(
    room.correct({ table: 'other', corrections, pipeline: 'Te"st corrected' }),
  ).rejects.toMatchObject({
    problem: { code: 'bad_input' },
  });
  // Values of a private column are written only where somebody said so, and not beside the rules when put away.
  await mkdir(join(dir, 'checks'), { recursive: true });
  const contract = `schema:\n  - name: Te"st\n    properties: [{ name: city, classification: pii }]\n`;
  await writeFile(join(dir, 'checks', 'private.yaml'), contract);
  const [shy] = (await room.repair({ table: 'Te"st' })).repairs;
  expect(shy).toMatchObject({ private: true, quotes: ['city'] });
  const quoting = { column: "o'k", was: '', when: `"city" = 'Hambrug'`, to: 'y' };
  for (const one of [corrections[0] as never, quoting]) {
    const refused = room.correct({ table: 'Te"st', corrections: [one], pipeline: 'new one' });
    await expect(refused).rejects.toMatchObject({
      problem: {
        message: expect.stringMatching(/^1 fix would write values of city into the pipeline "new one"/),
      },
    });
  }
  expect(await readdir(join(dir, 'pipelines'))).toEqual([file]);
  // A table of that name may be another's: a run would be refused.
  await makeTable(database, 'Te"st_corrected_2', { rows: [{ precious: '1' }] });
  const into = { table: 'Te"st', pipeline: 'new one' };
  expect(await room.correct({ ...into, corrections, withPrivate: true })).toMatchObject({ added: 1 });
  expect(await readFile(join(dir, 'pipelines', 'new one.yaml'), 'utf8')).toContain(
    'table: Te"st_corrected_3',
  );
  await room.reject({ table: 'Te"st', kind: 'repair', params: corrections[0] as never });
  expect(await room.repair({ table: 'Te"st' })).toMatchObject({ repairs: [] });
  expect(await readdir(join(dir, 'checks'))).toEqual(['private.yaml']);

  // What a table was made of is remembered when its pipeline is gone, also where only then a column becomes private.
  await rm(join(dir, 'checks', 'private.yaml'));
  const made = 'Te"st_corrected';
  await room.save({
    table: made,
    rules: [rule('one', 'accepted_values', { column: 'city', values: ['x'] })],
  });
  const sample = async () => JSON.stringify((await room.run({ tables: [made] })).findings[0]?.sample);
  await database.run(sql`delete from assay.private_columns`);
  expect(await sample()).toContain('Hamburg');
  await rememberMade(context, made);
  await rm(join(dir, 'pipelines'), { recursive: true });
  await writeFile(join(dir, 'checks', 'private.yaml'), contract);
  expect(JSON.stringify(await room.latest({ table: made }))).not.toContain('Hamburg');
  expect(await sample()).toContain('"city":"•••"');
});

test('the bad cells of a finding are mended by what its rule allows', async () => {
  const { room, database } = await openChecks();
  await makeTable(database, 'orders', {
    rows: ['paid', 'sent', 'Paid', 'payd', 'lost?', null].map((status) => ({ status })),
  });
  await room.save({
    table: 'orders',
    rules: [
      rule('known', 'accepted_values', { column: 'status', values: ['paid', 'sent', 'returned'] }),
      rule('named', 'custom_sql', {
        query: "select _row, 'status' as _column, 1 as _found from orders where status = 'Paid'",
      }),
      rule('many', 'row_count', { min: 100, max: null, warnMin: null, warnMax: null }),
    ],
  });
  const { findings } = await room.run({});
  const [known, many, named] = ['known', 'many', 'named'].map(
    (id) => findings.find(({ check }) => check === id)?.id ?? 0,
  );
  const { repairs, suspects } = await room.repair({ table: 'orders', finding: known });
  expect(suspects).toBe(3);
  expect(repairs.map(({ row, to }) => [row, to])).toEqual([
    [3, 'paid'],
    [4, 'paid'],
  ]);
  expect(await room.repair({ table: 'orders', finding: named })).toMatchObject({ suspects: 1 });
  await expect(room.repair({ table: 'orders', finding: many })).rejects.toMatchObject({
    problem: { code: 'bad_input' },
  });
  await expect(room.repair({ table: 'orders', finding: 999_999 })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
});
