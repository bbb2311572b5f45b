import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { sharedTestEngine, type TestEngine } from '../open-test-engine.ts';
import { file, rowsOf } from './workspace-files.ts';

const shared = sharedTestEngine();
let at: TestEngine;

beforeEach(() => {
  at = shared();
});

const rejectsOf = async (table: string) =>
  (await at.engine.import.rejects({ table, offset: 0, limit: 100 })).rejects;

test('cells that do not fit cost their row, become null, or widen the column, as is chosen by column', async () => {
  const good = Array.from({ length: 300 }, (_, n) => `${n},${n},${n}`).join('\n');
  await file(at, 'mis.csv', `a,b,c\n${good}\nx,1,1\n1,y,1\n1,1,z\n1,w,2\n`);
  const onMisfit = { b: 'null', c: 'widen' } as const;
  const preview = await at.engine.files.preview({ path: 'mis.csv', onMisfit });
  expect(preview.account).toMatchObject({ physical: 305, loaded: 303, rejected: 1 });
  expect(preview.columns).toMatchObject([
    { type: 'integer', disagreeing: 1 },
    { type: 'integer', disagreeing: 2, onMisfit: 'null' },
    { type: 'text', disagreeing: 0, onMisfit: 'widen', widenedFrom: 'integer' },
  ]);
  const { account, columns, recipe } = await at.engine.import.load({ path: 'mis.csv', onMisfit });
  expect(account).toMatchObject({ physical: 305, loaded: 303, rejected: 1, skipped: 1 });
  expect(columns).toMatchObject([{}, { onMisfit: 'null', nulled: 2 }, { onMisfit: 'widen' }]);
  expect(await rowsOf(at, 'select a, b, c from mis where _row > 300 order by _row')).toEqual([
    [1, null, '1'],
    [1, 1, 'z'],
    [1, null, '2'],
  ]);
  const again = await at.engine.import.load({ path: 'mis.csv', recipe, mode: 'replace' });
  expect(again.account).toEqual(account);
  expect(await readFile(join(at.dir, recipe), 'utf8')).toContain('type: integer\n    onMisfit: "null"');
  await expect(
    at.engine.import.load({ path: 'mis.csv', table: 'm2', onMisfit: { nope: 'null' } }),
  ).rejects.toThrow(/"nope", which the file lacks/);
});

test('what is no span of time and no hardware address may become null as well', async () => {
  const rows = [
    '1 day,08:00:2b:01:02:03',
    '-2 mons 3 days 04:05:06,0800.2b01.0203',
    'P1DT2H,08002b010203',
    'soon,08:00',
  ];
  await file(at, 'spans.csv', `every,card\n${rows.join('\n')}\n1:30,NA\n`);
  const types = { every: 'interval', card: 'macaddr' };
  const onMisfit = { every: 'null', card: 'null' } as const;
  const preview = await at.engine.files.preview({ path: 'spans.csv', types, onMisfit });
  expect(preview.columns).toMatchObject([{ disagreeing: 1 }, { disagreeing: 1 }]);
  const { account } = await at.engine.import.load({ path: 'spans.csv', types, onMisfit });
  expect(account).toMatchObject({ loaded: 5, rejected: 0 });
  expect(await rowsOf(at, 'select every::text, card::text from spans order by _row')).toEqual([
    ['1 day', '08:00:2b:01:02:03'],
    ['-2 mons +3 days 04:05:06', '08:00:2b:01:02:03'],
    ['1 day 02:00:00', '08:00:2b:01:02:03'],
    [null, null],
    ['01:30:00', null],
  ]);
});

test('what can be read in two ways is asked, read as is said, and read so again by the recipe', async () => {
  await file(
    at,
    'two.csv',
    'day,at,sum\n01/02/2024,03/04/2024 10:30,"1,234"\n05/06/2024,07/08/2024 9:15,"5,678"\n',
  );
  const { columns } = await at.engine.files.preview({ path: 'two.csv' });
  expect(
    columns.map(({ type, readings = [] }) => [type, ...readings.map(({ format }) => format.slice(0, 8))]),
  ).toEqual([
    ['text', '%d/%m/%Y', '%m/%d/%Y'],
    ['text', '%d/%m/%Y', '%m/%d/%Y'],
    ['text', ',', '.'],
  ]);
  const formats = { day: '%m/%d/%Y', at: '%d/%m/%Y %H:%M', sum: '.' };
  const preview = await at.engine.files.preview({ path: 'two.csv', formats });
  expect(preview.columns.map(({ type, readings }) => [type, readings])).toEqual([
    ['date', undefined],
    ['timestamp without time zone', undefined],
    ['numeric', undefined],
  ]);
  expect(preview.values[0]).toEqual({ 0: '2024-01-02', 1: '2024-04-03 10:30:00', 2: '1234' });
  const { recipe } = await at.engine.import.load({ path: 'two.csv', formats });
  // The order of the last import holds for rows that join it; without one, a person is asked.
  await at.engine.import.load({ path: 'two.csv', mode: 'append' });
  expect(await rowsOf(at, 'select distinct day::text from two where day < $$2024-05-01$$')).toEqual([
    ['2024-01-02'],
  ]);
  await file(at, 'scale.csv', 'a\n1.00\n1.5\n1.25\n');
  const scale = await at.engine.import.load({ path: 'scale.csv', types: { a: 'numeric(18,1)' } });
  expect([scale.account.loaded, scale.account.rejected]).toEqual([2, 1]);
  await file(at, 'iso.csv', 'day,code\n2024-12-31,1\n2024-12-30,2\n');
  await at.engine.import.load({ path: 'iso.csv' });
  await file(at, 'open.csv', 'day,code\n01/02/2024,0007\n');
  const append = { path: 'open.csv', table: 'iso', mode: 'append' as const };
  await expect(at.engine.import.load(append)).rejects.toThrow(
    /"day" can be read in several ways.*day first, or .*month first/,
  );
  const added = await at.engine.import.load({ ...append, formats: { day: '%m/%d/%Y' } });
  expect(added.columns).toMatchObject([{ format: '%m/%d/%Y' }, { type: 'integer', zerosLost: 1 }]);
  expect(await rowsOf(at, 'select day::text, code from iso order by _row desc limit 1')).toEqual([
    ['2024-01-02', 7],
  ]);
  await at.engine.import.load({ path: 'two.csv', recipe, mode: 'replace' });
  expect(await rowsOf(at, 'select day::text, at::text, sum::text from two order by _row limit 1')).toEqual([
    ['2024-01-02', '2024-04-03 10:30:00', '1234'],
  ]);
  await expect(
    at.engine.import.load({ path: 'two.csv', table: 'no', formats: { day: 'soon' } }),
  ).rejects.toThrow(/no way in which values are written/);
});

test('a reject says where it stands, is corrected and loaded, and the account goes with it', async () => {
  const good = Array.from({ length: 200 }, (_, n) => `${n},2024-01-01,ä`).join('\n');
  const text = `id,day,note\n${good}\n200,2024-02-30,y\nshort,1\n201,2024-01-02,z\n`;
  const path = await file(at, 'fix.csv', text);
  await at.engine.import.load({ path: 'fix.csv' });
  const [bad, short] = await rejectsOf('fix');
  expect(bad).toMatchObject({ line: 202, column: 'day', raw: '200,2024-02-30,y', corrected: null });
  const bytes = await readFile(path);
  for (const { offset, raw } of [bad!, short!])
    expect(bytes.subarray(offset!, offset! + raw.length).toString()).toBe(raw);
  const retried = await at.engine.import.retry({
    table: 'fix',
    rows: [
      { id: bad!.id, text: '200,2024-02-29,"y, said\nagain"' },
      { id: short!.id, text: '1,2,3,4' },
    ],
  });
  expect(retried).toMatchObject({
    tried: 2,
    loaded: 1,
    rejects: [
      { id: short!.id, cause: 'It has 4 cells where 3 are expected.', corrected: '1,2,3,4', raw: 'short,1' },
    ],
    accounts: [{ account: { physical: 204, loaded: 202, rejected: 1, skipped: 1 } }],
  });
  expect(
    await rowsOf(at, 'select _row::int, id, day::text, note from fix where _row > 200 order by 1'),
  ).toEqual([
    [201, 201, '2024-01-02', 'z'],
    [202, 200, '2024-02-29', 'y, said\nagain'],
  ]);
  expect((await at.engine.tables.list({})).find(({ name }) => name === 'fix')).toMatchObject({
    rows: 202,
    rejected: 1,
  });
  await expect(at.engine.import.retry({ table: 'fix', rows: [{ id: bad!.id, text: 'x' }] })).rejects.toThrow(
    /has not all of these rejects/,
  );
  const causes: unknown[] = [];
  for (const text of ['nope,2024-01-01,x', '1,2024-01-01', '1,2024-01-01,x\n2,2024-01-01,y', '']) {
    const { rejects } = await at.engine.import.retry({ table: 'fix', rows: [{ id: short!.id, text }] });
    causes.push([rejects[0]?.column, rejects[0]?.cause]);
  }
  expect(causes).toEqual([
    ['id', '“nope” is not a whole number in range (integer).'],
    [null, 'It has 2 cells where 3 are expected.'],
    [null, 'It is more than one record.'],
    [null, 'It is empty.'],
  ]);
  expect(await rowsOf(at, 'select tried::int, loaded::int from assay.retries order by id limit 2')).toEqual([
    [2, 1],
    [1, 0],
  ]);
});

test('a changed file is compared by key or by whole rows before anything is applied', async () => {
  await file(at, 'stock.csv', 'sku,n,note\na,1,x\nb,2,y\nc,3,\n');
  await at.engine.import.load({ path: 'stock.csv' });
  const same = await at.engine.import.plan({ path: 'stock.csv' });
  expect(same).toMatchObject({
    exists: true,
    sameContent: true,
    changes: 0,
    columns: { added: [], removed: [], retyped: [] },
    rows: { by: [], new: 0, changed: 0, removed: 0, unchanged: 3 },
  });
  await file(at, 'stock.csv', 'sku,n,colour\nd,9,red\nb,2.5,blue\na,1,\n');
  const plan = await at.engine.import.plan({ path: 'stock.csv', key: ['sku'] });
  expect(plan).toMatchObject({
    sameContent: false,
    columns: {
      added: ['colour'],
      removed: ['note'],
      retyped: [{ name: 'n', from: 'integer', to: 'numeric' }],
    },
    rows: {
      by: ['sku'],
      new: 1,
      changed: 1,
      removed: 1,
      unchanged: 1,
      columns: ['sku', 'n'],
      examples: {
        new: [['d', '9']],
        removed: [['c', '3']],
        changed: [{ before: ['b', '2'], after: ['b', '2.5'] }],
      },
    },
    changes: 6,
  });
  const whole = await at.engine.import.plan({ path: 'stock.csv' });
  expect(whole.rows).toMatchObject({ by: [], new: 2, changed: 0, removed: 2, unchanged: 1 });
  expect(whole.rows?.examples).toMatchObject({
    new: [
      ['d', '9'],
      ['b', '2.5'],
    ],
    removed: [
      ['b', '2'],
      ['c', '3'],
    ],
  });
  expect(await rowsOf(at, 'select sku, n from stock order by _row')).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);
  await writeFile(join(at.dir, 'stock.csv'), 'sku,n,note\na,1,x\n');
  await expect(
    at.engine.import.load({ path: 'stock.csv', mode: 'replace', hash: plan.hash }),
  ).rejects.toThrow(/was changed since it was compared/);
  await expect(at.engine.import.plan({ path: 'stock.csv', key: ['nope'] })).rejects.toThrow(
    /"nope" is not in the file/,
  );
});

const undone = async (table: string) => (await at.engine.import.undo({ table })).exists;

test('the last import is undone, whichever way it came in, and only where nothing would be lost', async () => {
  const rows = () => rowsOf(at, 'select _row::int, a, b from u order by _row');
  await file(at, 'u.csv', 'a,b\n1,x\n2,y\n');
  await file(at, 'u2.csv', 'a,b\n2,z\n3,w\n');
  await at.engine.import.load({ path: 'u.csv' });
  const first = await rows();
  const recipe = await readFile(join(at.dir, 'imports/u.yaml'), 'utf8');
  const before = (await at.engine.tables.list({})).find(({ name }) => name === 'u');
  for (const mode of ['replace', 'append', 'merge'] as const) {
    const key = mode === 'merge' ? { key: ['a'] } : {};
    await at.engine.import.load({ path: 'u2.csv', table: 'u', mode, ...key });
    expect(await rows()).not.toEqual(first);
    expect(await at.engine.import.undoState({ table: 'u' })).toMatchObject({
      possible: true,
      source: 'u2.csv',
    });
    expect(await undone('u')).toBe(true);
    expect(await rows()).toEqual(first);
    expect(await readFile(join(at.dir, 'imports/u.yaml'), 'utf8')).toBe(recipe);
  }
  const after = (await at.engine.tables.list({})).find(({ name }) => name === 'u');
  expect(after).toMatchObject({ rows: before?.rows, source: before?.source, rejected: 0 });
  // One after the other, back to where it was not there.
  await file(at, 'levels.csv', 'a\n0\n');
  await at.engine.import.load({ path: 'levels.csv' });
  for (const [n, mode] of (
    ['append', 'replace', 'merge', 'append', 'replace', 'append'] as const
  ).entries()) {
    await file(at, 'levels.csv', `a\n${n + 1}\n`);
    await at.engine.import.load({ path: 'levels.csv', mode, ...(mode === 'merge' ? { key: ['a'] } : {}) });
  }
  const levels = async () => (await rowsOf(at, 'select a from levels order by _row')).flat();
  for (const left of [[5], [2, 3, 4], [2, 3], [2], [0, 1]]) {
    await undone('levels');
    expect(await levels()).toEqual(left);
  }
  // Five are kept.
  await expect(undone('levels')).rejects.toThrow(/has no import that can be undone/);

  await at.engine.query.run({ text: 'create view over_u as select count(*)::int as n from u' });
  await at.engine.import.load({ path: 'u2.csv', table: 'u', mode: 'replace' });
  expect(await rowsOf(at, 'select n from over_u')).toEqual([[2]]);
  expect(await undone('u')).toBe(true);
  expect(await rows()).toEqual(first);
  await at.engine.import.load({ path: 'u2.csv', table: 'u', mode: 'append' });
  await at.engine.query.run({ text: 'update u set b = b' });
  await expect(undone('u')).rejects.toThrow(/was changed after the import/);

  await at.engine.import.load({ path: 'u2.csv', table: 'fresh' });
  expect(await undone('fresh')).toBe(false);
  expect((await at.engine.tables.list({})).some(({ name }) => name === 'fresh')).toBe(false);
  expect(
    await rowsOf(at, "select tablename from pg_tables where schemaname = 'assay_former' order by 1"),
  ).toEqual(await rowsOf(at, 'select relation from assay.undos where relation is not null order by 1'));
});

test('columns differ before keys do; new ones are added where that is said, and undoing takes them away', async () => {
  await file(at, 'kin.csv', 'id,name\n1,tea\n2,milk\n');
  await at.engine.import.load({ path: 'kin.csv' });
  await file(at, 'kin.csv', 'id,name,size\n1,tea,5\n,egg,6\n');
  const merging = { path: 'kin.csv', key: ['id'], mode: 'merge' as const };
  expect(await at.engine.import.plan(merging)).toMatchObject({
    columns: { added: ['size'], removed: [], retyped: [] },
    keyRefused: expect.stringMatching(/1 row of the file has no id/),
  });
  await expect(at.engine.import.load(merging)).rejects.toMatchObject({
    problem: {
      message: expect.stringMatching(/the table lacks "size"/),
      hint: expect.stringMatching(/--new-columns/),
    },
  });
  await file(at, 'kin.csv', 'id,name,size\n1,green tea,5\n3,egg,6\n');
  await at.engine.import.load({ ...merging, newColumns: true });
  const rows = async () => rowsOf(at, 'select * from kin order by _row');
  expect(await rows()).toEqual([
    [1n, 1, 'green tea', 5],
    [2n, 2, 'milk', null],
    [3n, 3, 'egg', 6],
  ]);
  await at.engine.import.undo({ table: 'kin' });
  expect(await rows()).toEqual([
    [1n, 1, 'tea'],
    [2n, 2, 'milk'],
  ]);
  // Without a column of the table, its values stay.
  await file(at, 'kin.csv', 'id,size\n2,7\n');
  await at.engine.import.load({ ...merging, newColumns: true });
  expect(await rows()).toEqual([
    [1n, 1, 'tea', null],
    [2n, 2, 'milk', 7],
  ]);
  const { columns } = await at.engine.import.load({
    path: 'kin.csv',
    recipe: 'imports/kin.yaml',
    table: 'kin2',
  });
  expect(columns.map(({ reason }) => reason)).toEqual(['as the recipe says', 'as the recipe says']);
});

test('a table knows whether its file was changed, by the content', async () => {
  const state = async () => (await at.engine.import.sourceState({ table: 'src' })).state;
  await file(at, 'src.csv', 'a\n1\n');
  await at.engine.import.load({ path: 'src.csv' });
  expect(await state()).toBe('same');
  await file(at, 'src.csv', 'a\n1\n');
  expect(await state()).toBe('same');
  await file(at, 'src.csv', 'a\n2\n');
  expect(await at.engine.import.sourceState({ table: 'src' })).toMatchObject({
    state: 'changed',
    source: 'src.csv',
    bytes: 4,
  });
  await at.engine.import.load({ path: 'src.csv', mode: 'replace' });
  expect(await state()).toBe('same');
  await at.engine.query.run({ text: 'create table made as select 1 as a' });
  expect((await at.engine.import.sourceState({ table: 'made' })).state).toBe('not imported');
});

test('a file that is loaded while it is still looked at gives what looking first would give', async () => {
  const line = (n: number) => `${n},"word ${n}",${(n % 1000) / 10},2024-01-${10 + (n % 20)}\n`;
  const lines = Array.from({ length: 70_000 }, (_, n) => line(n)).join('');
  await file(at, 'early.csv', `n,w,x,day\n${lines}`);
  const { account } = await at.engine.import.load({ path: 'early.csv' });
  expect(account).toMatchObject({ physical: 70_001, loaded: 70_000, rejected: 0 });
  expect(
    await rowsOf(
      at,
      'select count(*)::int, sum(n)::bigint::int8, max(_row)::int, min(w), max(day)::text from early',
    ),
  ).toEqual([[70_000, 2_449_965_000n, 70_000, 'word 0', '2024-01-29']]);
  await file(
    at,
    'late.csv',
    `n,w,x,day\n${lines}oops\n\n7,"a ""b""\nc",not a number,2024-01-01\n8,5" disk,1.5,2024-02-02\n`,
  );
  const late = await at.engine.import.load({ path: 'late.csv' });
  expect(late.account).toMatchObject({ physical: 70_005, loaded: 70_001, rejected: 2, skipped: 2 });
  expect(await rowsOf(at, 'select n, w, x::text from late where _row > 70000')).toEqual([
    [8, '5" disk', '1.5'],
  ]);
});

test('a file that vanishes while it is read is told in words, and nothing is left', async () => {
  const path = await file(at, 'gone.csv', `a,b\n${'1,some words that take up room\n'.repeat(90_000)}`);
  const loading = at.engine.import.load({ path }, { onProgress: () => void rm(path, { force: true }) });
  await expect(loading).rejects.toThrow(
    /gone.csv is gone: it was removed or renamed while it was being read. Nothing was/,
  );
  expect(await rowsOf(at, "select tablename from pg_tables where schemaname = 'assay_staging'")).toEqual([]);
});

test('what may stand for no value is proposed with evidence, taken when chosen, and kept in the recipe', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, n) => `${n},${n % 10 === 0 ? '?' : n},${n % 20 === 0 ? 999 : n}`,
  );
  await file(at, 'nul.csv', `id,count,age,city\n${rows.map((row) => `${row},Oslo`).join('\n')}\n`);
  const found = await at.engine.files.preview({ path: 'nul.csv' });
  expect(found.columns.map(({ type, nullMarkers = [] }) => [type, nullMarkers])).toEqual([
    ['integer', []],
    ['text', [{ marker: '?', cells: 4, evidence: '“?” stands in 4 of 40 rows' }]],
    [
      'integer',
      [
        {
          marker: '999',
          cells: 2,
          evidence: '“999” stands in 2 of 40 rows; all others lie between 1 and 39',
        },
      ],
    ],
    ['text', []],
  ]);
  const nulls = { count: ['?'], age: ['999'] };
  const chosen = await at.engine.files.preview({ path: 'nul.csv', nulls });
  expect(chosen.columns).toMatchObject([{}, { type: 'integer', nulls: ['?'] }, { nulls: ['999'] }, {}]);
  expect(chosen.rows[0]).toEqual(['0', null, null, 'Oslo']);
  const { recipe, account } = await at.engine.import.load({ path: 'nul.csv', nulls });
  expect(account).toMatchObject({ physical: 41, loaded: 40, rejected: 0 });
  const empty = 'select count(*) filter (where count is null)::int, count(age)::int from nul';
  expect(await rowsOf(at, empty)).toEqual([[4, 38]]);
  await at.engine.import.load({ path: 'nul.csv', recipe, mode: 'replace' });
  expect(await rowsOf(at, empty)).toEqual([[4, 38]]);
  const seen = [{ marker: 'NA', cells: 2 }];
  const words = Array.from({ length: 8 }, (_, n) => `${n < 2 ? 'NA' : n},${n < 2 ? 999 : 40 + n},Oslo\n`);
  await file(at, 'words.csv', `count,age,city\n${words.join('')}`);
  const told = await at.engine.import.load({ path: 'words.csv' });
  expect(told.columns).toMatchObject([
    { type: 'integer', readAsNull: seen },
    { type: 'integer', nullMarkers: [{ marker: '999', cells: 2 }] },
    { type: 'text' },
  ]);
  expect(told.columns[0]?.readAsNull?.[0]?.rows).toEqual([[1, 2]]);
  await file(at, 'gaps.csv', `n,m\n1,NA\nNA,\nx1,NA\n4,\n-,NA\nNA,7\n${'5,6\n'.repeat(300)}`);
  const gaps = await at.engine.import.load({ path: 'gaps.csv', types: { n: 'integer' } });
  expect(gaps.account).toMatchObject({ loaded: 305, rejected: 1 });
  expect(gaps.columns.map(({ readAsNull = [] }) => readAsNull)).toEqual([
    [
      {
        marker: 'NA',
        cells: 2,
        rows: [
          [2, 2],
          [5, 5],
        ],
      },
      { marker: '-', cells: 1, rows: [[4, 4]] },
    ],
    [
      {
        marker: 'NA',
        cells: 3,
        rows: [
          [1, 1],
          [4, 4],
        ],
      },
    ],
  ]);
  expect((await at.engine.files.preview({ path: 'words.csv' })).columns[0]).toMatchObject({
    readAsNull: seen,
  });
  expect(await readFile(join(at.dir, told.recipe), 'utf8')).toContain('readAsNull:\n      - NA');
  const kept = {
    path: 'words.csv',
    types: { count: 'integer' },
    nulls: { count: [''] },
    mode: 'replace' as const,
  };
  expect((await at.engine.import.load(kept)).account).toMatchObject({ loaded: 6, rejected: 2 });
  const [count] = (await at.engine.files.preview({ path: 'words.csv', nulls: { count: [''] } })).columns;
  expect([count?.type, count?.readAsNull, count?.nullMarkers]).toEqual(['text', undefined, undefined]);
  await expect(
    at.engine.import.load({ path: 'nul.csv', mode: 'replace', nulls: { gone: ['-'] } }),
  ).rejects.toThrow(/gone/);
});

test('a recipe follows its table to another name; that of another table is not overwritten', async () => {
  const { engine, dir } = at;
  await file(at, 'guests.csv', 'email,town\na@b,Bern\n');
  const { recipe } = await engine.import.load({ path: 'guests.csv' });
  const kept = () => readFile(join(dir, recipe), 'utf8');
  await writeFile(join(dir, recipe), `# ours\n${await kept()}`);
  await engine.tables.rename({ table: 'guests', to: 'visitors' });
  expect(await kept()).toMatch(/^# ours\n(.*\n)*table: visitors\n/);
  await engine.query.run({ text: 'alter table visitors rename to callers' });
  expect(await kept()).toContain('table: callers\n');
  const again = await engine.import.load({ path: 'guests.csv', recipe, mode: 'replace' });
  expect(again.table).toBe('callers');
  const other = await engine.import.load({ path: 'guests.csv' });
  expect(other).toMatchObject({ table: 'guests', recipe: 'imports/guests~2.yaml' });
  expect(await kept()).toContain('table: callers\n');
  expect((await engine.import.load({ path: 'guests.csv', mode: 'replace' })).recipe).toBe(other.recipe);
});

test('a recipe that cannot be written is told when its table is renamed', async () => {
  const { engine, dir } = at;
  await file(at, 'hosts.csv', 'email\na@b\n');
  const { recipe } = await engine.import.load({ path: 'hosts.csv' });
  // Room for the name, and none for the one that a half-written file has.
  const long = `imports/${'l'.repeat(245)}.yaml`;
  await writeFile(join(dir, long), await readFile(join(dir, recipe), 'utf8'));
  await expect(engine.tables.rename({ table: 'hosts', to: 'owners' })).rejects.toMatchObject({
    problem: {
      message: expect.stringContaining(`"hosts" is called "owners" now, but ${long} has the old name still.`),
      hint: expect.stringContaining('an import by it makes a table of the old name'),
    },
  });
  expect(await readFile(join(dir, recipe), 'utf8')).toContain('table: owners\n');
});
