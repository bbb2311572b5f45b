import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { asksForRow } from '../../electron/cli/asks-for-row.ts';
import { arrowFile, arrowStream } from '../../electron/cli/formats/arrow.ts';
import { parquetBytes } from '../../electron/cli/formats/parquet.ts';
import { tableText } from '../../electron/cli/formats/table.ts';
import { csvText } from '../../shared/csv-text.ts';
import { decodePage } from '../../shared/decode-page.ts';
import { jsonRows } from '../../shared/json-rows.ts';
import { jsonText } from '../../shared/json-text.ts';
import { openTestEngine, scratchFolder } from '../open-test-engine.ts';

const text = `select * from (values
  (1, 9007199254740993::bigint, 1234567890.1200, 0.1::real, 'NaN'::float8, true, 'a "b", c', date '2024-02-29',
   timestamp '2024-02-29 23:59:59.5', timestamptz '2024-02-29 23:59:59+02', '{"a": [1, null]}'::jsonb, '[1,2]'::vector(2)),
  (2, -5, 0.5, null, 1e300, false, '', '-infinity', null, 'infinity', null, null)
) as t(i, b, n, r, f, ok, x, d, ts, tz, j, v)`;

async function page(sql: string) {
  const { engine } = await openTestEngine();
  const [result] = await engine.query.run({ text: sql });
  return decodePage(result?.bytes ?? new Uint8Array());
}

test('JSON keeps what a number cannot hold as text', async () => {
  expect(jsonRows(await page(text))).toEqual([
    {
      i: 1,
      b: '9007199254740993',
      n: '1234567890.1200',
      r: 0.1,
      f: 'NaN',
      ok: true,
      x: 'a "b", c',
      d: '2024-02-29',
      ts: '2024-02-29 23:59:59.5',
      tz: '2024-02-29 21:59:59+00',
      j: { a: [1, null] },
      v: '[1,2]',
    },
    {
      i: 2,
      b: -5,
      n: '0.5',
      r: null,
      f: 1e300,
      ok: false,
      x: '',
      d: '-infinity',
      ts: null,
      tz: 'infinity',
      j: null,
      v: null,
    },
  ]);
  expect(jsonRows(await page('select 1 as a, 2 as a'))).toEqual([{ a: 1, a_2: 2 }]);
});

test('JSON values keep every digit, key and repeat', () => {
  const kept = [
    '{"amount": 123456789012.123456}',
    '[1e400, 1e-400, -0, 1.0, 12345678901234567890]',
    '{"2": 1, "1": 2, "__proto__": 3}',
    '{"a": 1,\n "a": "x \\" 1.0"}',
    '{"plain": [1, "\ue0f00", null]}',
  ];
  const rows = (type: string, cells: readonly string[]) =>
    jsonRows({
      columns: [{ name: '\ue0f00', type }],
      rows: cells.length,
      cell: (row) => cells[row] ?? null,
      address: () => undefined,
    });
  expect(jsonText(rows('json', kept))).toBe(
    `[${[
      '{"amount":123456789012.123456}',
      '[1e400,1e-400,-0,1.0,12345678901234567890]',
      '{"2":1,"1":2,"__proto__":3}',
      '{"a":1,"a":"x \\" 1.0"}',
      '{"plain":[1,"\ue0f00",null]}',
    ]
      .map((value) => `{"\ue0f00":${value}}`)
      .join(',')}]`,
  );
  const texts = ['\ue0f00', 'a"\ue0f00', '\\"\ue0f00', 'plain'];
  expect(JSON.parse(jsonText([...rows('json', ['1.0']), ...rows('text', texts)], 2))).toEqual(
    [1, ...texts].map((value) => ({ '\ue0f00': value })),
  );
});

test('rows of changing statements have their types too', async () => {
  const { engine } = await openTestEngine();
  const [, result] = await engine.query.run({
    text: `create table t (a int, ok boolean, n numeric); insert into t values (1, true, 1.50) returning a, ok, n`,
  });
  expect(jsonRows(decodePage(result?.bytes ?? new Uint8Array()))).toEqual([{ a: 1, ok: true, n: '1.50' }]);
});

test('what is infinite is null in Arrow, and that is said', async () => {
  const { engine } = await openTestEngine();
  const [result] = await engine.query.run({
    text: `select * from (values (1, timestamp '-infinity'), (2, '2024-01-02'), (3, null)) t(n, late)`,
  });
  const { content, notes } = arrowStream(result?.bytes ?? new Uint8Array(), true);
  expect(notes).toEqual(['One infinite date or time of "late" is null in the file: Arrow has none.']);
  expect(csvText(decodePage(content as Uint8Array))).toBe('n,late\n1,\n2,2024-01-02 00:00:00\n3,\n');
});

test('the address of a row leaves where it is named, and not by a star', async () => {
  const { engine } = await openTestEngine();
  const [result] = await engine.query.run({ text: 'select 3 as _row, 7 as a' });
  const bytes = result?.bytes ?? new Uint8Array();
  expect(csvText(decodePage(bytes))).toBe('a\n7\n');
  expect(csvText(decodePage(bytes, true))).toBe('_row,a\n3,7\n');
  const stream = arrowStream(bytes, false).content as Uint8Array;
  const feather = arrowFile(stream);
  expect(new TextDecoder().decode(feather.subarray(0, 6))).toBe('ARROW1');
  expect(tableFromIPC(feather).toArray().map(String)).toEqual(['{"a": 7}']);
  expect(tableFromIPC(stream).schema.fields.map(({ name }) => name)).toEqual(['a']);
  const asked = [
    'select _row, a from t',
    'select t."_row" as r from t',
    'insert into t values (1) returning _row',
  ];
  expect(asked.map(asksForRow)).toEqual([true, true, true]);
  const unasked = ['select * from t where _row = 1 order by _row', "select count(_row), '_row' from t"];
  expect(unasked.map(asksForRow)).toEqual([false, false]);
});

test('columns of one name and different types are all there, in every format', async () => {
  const { engine } = await openTestEngine();
  const text = `select 1 as x, 'a' as x, true as x_2, null as "X" limit 5`;
  const [result] = await engine.query.run({ text });
  const twice = decodePage(result?.bytes ?? new Uint8Array());
  expect(twice.columns).toEqual([
    { name: 'x', type: 'integer' },
    { name: 'x', type: 'text' },
    { name: 'x_2', type: 'boolean' },
    { name: 'X', type: 'text' },
  ]);
  expect(jsonRows(twice)).toEqual([{ x: 1, x_3: 'a', x_2: true, X: null }]);
  expect(csvText(twice)).toBe('x,x,x_2,X\n1,a,true,\n');
  expect(tableText(twice)).toBe('x  x  x_2   X\n─  ─  ────  ────\n1  a  true  null\n');
  const arrow = tableFromIPC(result?.bytes ?? new Uint8Array());
  expect(arrow.schema.fields.map(({ name }) => name)).toEqual(['x', 'x_3', 'x_2', 'X']);
  const file = join(await scratchFolder(), 'twice.parquet');
  await writeFile(file, (await parquetBytes(twice)).content);
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  const read = await duck.runAndReadAll(`select * from '${file}'`);
  expect(read.columnNames()).toEqual(['x', 'x_3', 'x_2', 'X_4']);
  expect(read.getRowsJS()).toEqual([[1, 'a', true, null]]);
  const [cut] = await engine.query.run({
    text: `select n as x, 'b' as x from generate_series(1, 3) n`,
    limit: 2,
  });
  expect(jsonRows(decodePage(cut?.bytes ?? new Uint8Array()))).toEqual([
    { x: 1, x_2: 'b' },
    { x: 2, x_2: 'b' },
  ]);
});

test('CSV and table say null and empty text apart', async () => {
  const small = await page(`select * from (values (1, 'x,y', null), (20, '', 'z')) t(n, a, b)`);
  expect(csvText(small)).toBe('n,a,b\n1,"x,y",\n20,"",z\n');
  const marked = await page(`select U&'\\FEFFabc' as v, U&'\\FEFF' as w`);
  expect(csvText(marked)).toBe('v,w\n"\uFEFFabc","\uFEFF"\n');
  const file = join(await scratchFolder(), 'marked.parquet');
  await writeFile(file, (await parquetBytes(marked)).content);
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  const points = await duck.runAndReadAll(`select hex(v), hex(w) from '${file}'`);
  expect(points.getRows()).toEqual([['EFBBBF616263', 'EFBBBF']]);
  expect(tableText(small)).toBe(' n  a    b\n──  ───  ────\n 1  x,y  null\n20       z\n');
});

test('Parquet has the types of PostgreSQL', async () => {
  const file = join(await scratchFolder(), 'rows.parquet');
  const { content, notes } = await parquetBytes(await page(text));
  await writeFile(file, content);
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  const types = await duck.runAndReadAll(
    `select column_name, column_type from (describe select * from '${file}')`,
  );
  expect(Object.fromEntries(types.getRowsJS() as [string, string][])).toEqual({
    i: 'INTEGER',
    b: 'BIGINT',
    n: 'DECIMAL(14,4)',
    r: 'FLOAT',
    f: 'DOUBLE',
    ok: 'BOOLEAN',
    x: 'VARCHAR',
    d: 'DATE',
    ts: 'TIMESTAMP',
    tz: 'TIMESTAMP WITH TIME ZONE',
    j: 'JSON',
    v: 'FLOAT[]',
  });
  const rows = await duck.runAndReadAll(
    `select i, b::varchar, n::varchar, isnan(f), x, d::varchar, ts::varchar, epoch_us(tz), v::varchar from '${file}' order by i`,
  );
  expect(rows.getRowsJS()).toEqual([
    [
      1,
      '9007199254740993',
      '1234567890.1200',
      true,
      'a "b", c',
      '2024-02-29',
      '2024-02-29 23:59:59.5',
      1709243999000000n,
      '[1.0, 2.0]',
    ],
    [2, '-5', '0.5000', false, '', null, null, null, null],
  ]);
  expect(notes).toEqual([
    'One infinite date or time of "d" is null in the file: Parquet has none.',
    'One infinite date or time of "tz" is null in the file: Parquet has none.',
  ]);
});
