import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { withDuck } from '../../electron/engine/files/duck/duck.ts';
import { byName } from '../../shared/by-name.ts';
import { sql } from '../../shared/sql.ts';
import { openTestEngine } from '../open-test-engine.ts';
import { pipelineOf } from '../pipelines/open-shop.ts';
import { workbook } from '../workbook.ts';
import { file, rowsOf } from './workspace-files.ts';

/** Names that every object of JavaScript's has something under. */
const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];
const header = ['id', ...names];
const rows = [
  ['1', 'a', '2.50', '2024-01-31', 'x', '7'],
  ['2', 'b', '3.50', '2024-02-01', 'y', '8'],
];
const csv = `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;
/** Under other names, because the rows of a test's answer are objects. */
const keptIn = (table: string) =>
  `select ${header.map((name, at) => `"${name}"::text as c${at}`).join(', ')} from ${table} order by _row`;
const kept = keptIn('t');

test('columns may have the names of what every object of JavaScript has, whatever the format', async () => {
  const at = await openTestEngine();
  const json = rows
    .map((row) => `{${row.map((cell, n) => `"${header[n]}":"${cell}"`).join(',')}}\n`)
    .join('');
  const cells = (row: readonly string[]) =>
    `<row>${row.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;
  const table = new Table(
    Object.fromEntries(header.map((name, n) => [name, vectorFromArray(rows.map((row) => row[n]))])),
  );
  await file(at, 't.csv', csv);
  await file(at, 't.jsonl', json);
  await file(at, 't.json', `[${json.trim().replaceAll('\n', ',')}]`);
  await file(at, 't.arrow', tableToIPC(table, 'file'));
  await file(
    at,
    't.xlsx',
    workbook({ t: `<sheetData>${[header, ...rows].map(cells).join('')}</sheetData>` }),
  );
  await withDuck(undefined, (duck) =>
    duck.rows(
      sql`copy (select * from read_csv(${sql`${join(at.dir, 't.csv')}`}, all_varchar = true)) to ${sql`${join(at.dir, 't.parquet')}`} (format parquet)`,
    ),
  );
  for (const path of ['t.csv', 't.jsonl', 't.json', 't.parquet', 't.arrow', 't.xlsx']) {
    const look = await at.engine.files.preview({ path });
    expect([path, look.columns.map(({ name }) => name)]).toEqual([path, header]);
    const loaded = await at.engine.import.load({ path, table: 't', mode: 'replace' });
    expect([path, loaded.account]).toMatchObject([path, { loaded: 2, rejected: 0 }]);
    expect([path, await rowsOf(at, kept)]).toEqual([path, rows]);
  }
});

test('what is chosen for such columns holds, and comes again with the recipe', async () => {
  const at = await openTestEngine();
  const path = await file(at, 't.csv', csv.replace(',8\n', ',none\n3,c,4,x,z,-\n'));
  const choices = {
    types: Object.fromEntries([
      ['__proto__', 'smallint'],
      ['toString', 'numeric(18,3)'],
      ['valueOf', 'date'],
    ]),
    nulls: Object.fromEntries([
      ['__proto__', ['none', '-']],
      ['constructor', ['c']],
    ]),
    onMisfit: { valueOf: 'null' as const },
  };
  const first = await at.engine.import.load({ path, table: 't', ...choices });
  const again = await at.engine.import.load({ path, table: 't', mode: 'replace', recipe: 'imports/t.yaml' });
  for (const { columns, account } of [first, again]) {
    expect(account).toMatchObject({ loaded: 3, rejected: 0 });
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id integer',
      'constructor text',
      'toString numeric(18,3)',
      'valueOf date',
      'hasOwnProperty text',
      '__proto__ smallint',
    ]);
  }
  expect(await rowsOf(at, kept)).toEqual([
    ['1', 'a', '2.500', '2024-01-31', 'x', '7'],
    ['2', 'b', '3.500', '2024-02-01', 'y', null],
    ['3', null, '4.000', null, 'z', null],
  ]);
  expect(await readFile(join(at.dir, 'imports/t.yaml'), 'utf8')).toContain('name: __proto__');
});

test('the road goes on with such columns: profile, filter, pipeline, checks, files', async () => {
  const at = await openTestEngine();
  const { engine } = at;
  await engine.import.load({ path: await file(at, 't.csv', csv) });
  const { columns } = await engine.tables.profile({ table: 't' });
  expect(columns.map(({ name }) => name)).toEqual(header);
  const pipeline = pipelineOf([
    { id: 'constructor', kind: 'source', params: { table: 't' } },
    { id: 'some', kind: 'filter', inputs: ['constructor'], params: { condition: '"__proto__" > 7' } },
    { id: 'out', kind: 'output', inputs: ['some'], params: { table: 'kept' } },
    { id: 'file', kind: 'export-file', inputs: ['some'], params: { file: 'exports/kept.csv' } },
  ]);
  await engine.pipelines.save({ pipeline });
  expect(await engine.pipelines.run({ name: pipeline.name })).toMatchObject({ status: 'done' });
  expect(await rowsOf(at, keptIn('kept'))).toEqual([rows[1]]);
  expect(await readFile(join(at.dir, 'exports/kept.csv'), 'utf8')).toBe(`${header}\n${rows[1]}\n`);
  for (const column of names) {
    const rule = { id: 'r', kind: 'not_null', params: { column }, severity: 'error' as const };
    expect(await engine.checks.attempt({ table: 't', rule })).toMatchObject({ verdict: 'pass' });
  }
});

test('values by name keep every name, and tell where they are wrong', () => {
  const ages = byName(z.number());
  expect(Object.entries(ages.parse(JSON.parse('{"__proto__":1,"constructor":2}')))).toEqual([
    ['__proto__', 1],
    ['constructor', 2],
  ]);
  expect(ages.safeParse({ a: 'x' }).error?.issues).toMatchObject([{ path: ['a'], code: 'invalid_type' }]);
  expect(ages.safeParse([1]).success).toBe(false);
});
