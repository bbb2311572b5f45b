import { writeFileSync } from 'node:fs';
import { readFile, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withDuck } from '../../electron/engine/files/duck/duck.ts';
import { sql } from '../../shared/sql.ts';
import { openTestEngine, sharedTestEngine } from '../open-test-engine.ts';
import { file, rowsOf } from './workspace-files.ts';

const shared = sharedTestEngine();

test('a plain file becomes a typed table with its rows in order', async () => {
  const at = shared();
  await file(
    at,
    'Orders 2024.csv',
    'id,amount,day,at,paid,zip,note\n1,10.50,2024-01-31,2024-01-31 10:00:00,true,01234,a\n2,3.25,2024-02-01,2024-02-01T11:30:00,false,98765,\n',
  );
  const loaded = await at.engine.import.load({ path: 'Orders 2024.csv' });
  expect(loaded.table).toBe('orders_2024');
  expect(loaded.account).toEqual({
    physical: 3,
    loaded: 2,
    rejected: 0,
    skipped: 1,
    skippedBy: { header: 1, blank: 0, preamble: 0 },
  });
  expect(loaded.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id integer',
    'amount numeric(18,2)',
    'day date',
    'at timestamp without time zone',
    'paid boolean',
    'zip text',
    'note text',
  ]);
  expect(
    await rowsOf(
      at,
      'select _row::int, id, amount::text, day::text, paid, zip, note from orders_2024 order by _row',
    ),
  ).toEqual([
    [1, 1, '10.50', '2024-01-31', true, '01234', 'a'],
    [2, 2, '3.25', '2024-02-01', false, '98765', null],
  ]);
});

const rejectsOf = async ({ engine }: Awaited<ReturnType<typeof openTestEngine>>, table: string) =>
  (await engine.import.rejects({ table, offset: 0, limit: 100 })).rejects.map(
    ({ line, column, cause, raw }) => [line, column, cause, raw],
  );

test('rows at fault are kept with line, column, cause and raw text', async () => {
  const at = shared();
  const good = Array.from({ length: 300 }, (_, n) => `${n},2024-01-01,x`).join('\n');
  await file(
    at,
    'faults.csv',
    `id,day,note\r\n${good}\nshort,1\n301,2024-02-30,y\n302,2024-02-01,"open\n303,2024-02-02,"ab"c\n304,2024-02-03,5" disk\n\n305,2024-02-04,a,b\n306,2024-02-05,"two\nlines"\n`,
  );
  const { account, columns } = await at.engine.import.load({ path: 'faults.csv' });
  expect(columns.map(({ type }) => type)).toEqual(['integer', 'date', 'text']);
  expect(account).toEqual({
    physical: 309,
    loaded: 304,
    rejected: 3,
    skipped: 2,
    skippedBy: { header: 1, blank: 1, preamble: 0 },
  });
  expect(await rejectsOf(at, 'faults')).toEqual([
    [302, null, 'It has 2 cells where 3 are expected.', 'short,1'],
    [303, 'day', '“2024-02-30” is not a date (date).', '301,2024-02-30,y'],
    [308, null, 'It has 4 cells where 3 are expected.', '305,2024-02-04,a,b'],
  ]);
  expect(await rowsOf(at, 'select _row::int, id, note from faults where id > 299 order by _row')).toEqual([
    [301, 302, '"open'],
    [302, 303, '"ab"c'],
    [303, 304, '5" disk'],
    [304, 306, 'two\nlines'],
  ]);
});

test.each([
  ['braces', (n: number) => `{""a"":${n}}`, '{bad'],
  ['word', (n: number) => `{""a"":${n}}`, 'abc'],
  ['quotes', (n: number) => `{""a"":${n}}`, "{'a':1}"],
  ['list', (n: number) => `[1,2,${n}]`, '[1,2,'],
  ['half', (n: number) => `{""a"":${n}}`, '""\\ud800""'],
])('one cell that is no JSON costs its row only: %s', async (name, good, bad) => {
  const at = shared();
  const rows = Array.from({ length: 100 }, (_, n) => `${n},"${good(n)}"`);
  await file(at, `cells_${name}.csv`, `i,v\n${rows.join('\n')}\n100,"${bad}"\n`);
  const { account, columns } = await at.engine.import.load({ path: `cells_${name}.csv` });
  expect(columns.map(({ type }) => type)).toEqual(['integer', 'jsonb']);
  expect([account.loaded, account.rejected]).toEqual([100, 1]);
  expect(await rejectsOf(at, `cells_${name}`)).toEqual([[102, 'v', expect.any(String), `100,"${bad}"`]]);
});

test('a failure amid the rows of a file is no end of them', async () => {
  const failing = sql`select json_keys(case when i = 40000 then '{bad' else '{}' end) from range(50000) as t(i)`;
  const reading = withDuck(undefined, async ({ chunks }) => {
    let rows = 0;
    for await (const { rowCount } of chunks(failing, 50_000)) rows += rowCount;
    return rows;
  });
  await expect(reading).rejects.toThrow(/The file could not be read: .*Malformed JSON/);
});

test('modes: create refuses a table that is there, replace makes it anew, append adds what fits', async () => {
  const at = await openTestEngine();
  await file(at, 't.csv', 'a,b\n1,x\n2,y\n');
  await file(at, 'more.csv', 'b,a\nz,3\nw,no\n');
  await file(at, 'other.csv', 'a,c\n3,z\n');
  await at.engine.import.load({ path: 't.csv' });
  await expect(at.engine.import.load({ path: 't.csv' })).rejects.toMatchObject({
    problem: {
      code: 'bad_input',
      message: 'There is a table "t" already.',
      hint: expect.stringMatching(/--mode replace/),
    },
  });
  const added = await at.engine.import.load({ path: 'more.csv', table: 't', mode: 'append' });
  expect(added.account).toMatchObject({ loaded: 1, rejected: 1 });
  expect(await rowsOf(at, 'select _row::int, a, b from t order by _row')).toEqual([
    [1, 1, 'x'],
    [2, 2, 'y'],
    [3, 3, 'z'],
  ]);
  await expect(at.engine.import.load({ path: 'other.csv', table: 't', mode: 'append' })).rejects.toThrow(
    'The file cannot be added to "t": the file lacks "b"; the table lacks "c".',
  );
  expect(await rejectsOf(at, 't')).toHaveLength(1);
  await at.engine.import.load({ path: 'other.csv', table: 't', mode: 'replace' });
  expect(await rowsOf(at, 'select * from t')).toEqual([[1n, 3, 'z']]);
  expect(await rejectsOf(at, 't')).toEqual([]);
  expect(await rowsOf(at, "select version::int, row_count::int from assay.tables where name = 't'")).toEqual([
    [3, 1],
  ]);
});

test('a table that a view reads is replaced in place', async () => {
  const at = await openTestEngine();
  await file(at, 't.csv', 'a\n1\n2\n');
  await at.engine.import.load({ path: 't.csv' });
  await at.engine.query.run({ text: 'create view v as select sum(a)::int as s from t' });
  await file(at, 't.csv', 'a\n5\n');
  await at.engine.import.load({ path: 't.csv', mode: 'replace' });
  expect(await rowsOf(at, 'select s from v')).toEqual([[5]]);
  await file(at, 't.csv', 'b\n5\n');
  await expect(at.engine.import.load({ path: 't.csv', mode: 'replace' })).rejects.toThrow(/views read it/);
  expect(await rowsOf(at, 'select s from v')).toEqual([[5]]);
});

test('hostile column names become distinct names that PostgreSQL takes', async () => {
  const at = shared();
  const long = 'ä'.repeat(60);
  await file(at, 'names.csv', `a,A,,"x""; drop table t; --",_row,ctid,${long},${long}\n1,2,3,4,5,6,7,8\n`);
  const { columns } = await at.engine.import.load({ path: 'names.csv' });
  expect(columns.map(({ name }) => name)).toEqual([
    'a',
    'A_2',
    'column_3',
    'x"; drop table t; --',
    '_row_2',
    'ctid_2',
    'ä'.repeat(31),
    `${'ä'.repeat(30)}_2`,
  ]);
  expect(columns.map(({ originalName }) => originalName)).toEqual([
    'a',
    'A',
    '',
    'x"; drop table t; --',
    '_row',
    'ctid',
    long,
    long,
  ]);
  expect(await rowsOf(at, 'select * from names')).toEqual([[1n, 1, 2, 3, 4, 5, 6, 7, 8]]);
});

test('a chosen type holds, also one that only PostgreSQL can judge', async () => {
  const at = shared();
  await file(at, 'hosts.csv', 'ip,n\n10.0.0.1,1\nnowhere,2\n10.0.0.300,3\n10.0.0.4,4\n');
  const { account } = await at.engine.import.load({
    path: 'hosts.csv',
    types: { ip: 'inet', n: 'smallint' },
  });
  expect(account).toMatchObject({ loaded: 2, rejected: 2 });
  expect(await rowsOf(at, 'select _row::int, ip::text, n::int from hosts order by 1')).toEqual([
    [1, '10.0.0.1/32', 1],
    [2, '10.0.0.4/32', 4],
  ]);
  expect((await rejectsOf(at, 'hosts')).map(([line, , , raw]) => [line, raw])).toEqual([
    [3, 'nowhere,2'],
    [4, '10.0.0.300,3'],
  ]);
  await expect(
    at.engine.import.load({ path: 'hosts.csv', table: 'x', types: { nope: 'inet' } }),
  ).rejects.toThrow(/which the file lacks/);
  await expect(
    at.engine.import.load({ path: 'hosts.csv', table: 'x', types: { n: 'int5' } }),
  ).rejects.toMatchObject({
    problem: { code: 'bad_input', message: 'There is no type "int5", which was chosen for n.' },
  });
});

test('a recipe keeps all choices, unknown keys too, and can be played again', async () => {
  const at = shared();
  await file(at, 'imports/eu.yaml', '# ours\nowner: me\n');
  await file(at, 'eu.csv', 'Datum;Nr\n31/12/2024;007\n01/02/2024;012\n');
  const first = await at.engine.import.load({ path: 'eu.csv', types: { Nr: 'integer' } });
  expect(first.columns).toMatchObject([{ type: 'date', format: '%d/%m/%Y' }, { type: 'integer' }]);
  expect(await readFile(`${at.dir}/imports/eu.yaml`, 'utf8')).toBe(`# ours
owner: me
version: 1
table: eu
source: eu.csv
allText: false
dialect:
  encoding: utf-8
  delimiter: ;
  quote: '"'
  escape: '"'
  header: true
  skipLines: 0
columns:
  - name: Datum
    originalName: Datum
    type: date
    format: "%d/%m/%Y"
  - name: Nr
    originalName: Nr
    type: integer
`);
  await file(at, 'later.csv', 'Datum;Nr\n01/02/2025;5\n2025-01-01;6\n');
  const again = await at.engine.import.load({
    path: 'later.csv',
    recipe: 'imports/eu.yaml',
    mode: 'replace',
  });
  expect(again.table).toBe('eu');
  expect(again.account).toMatchObject({ loaded: 1, rejected: 1 });
  expect(await rowsOf(at, 'select "Datum"::text, "Nr" from eu')).toEqual([['2025-02-01', 5]]);
});

test('encodings are found out', async () => {
  const at = shared();
  const text = 'name,city\nZoë,Köln\n';
  await file(at, 'bom.csv', `\ufeff${text}`);
  await file(at, 'latin.csv', Buffer.from(text, 'latin1'));
  await file(at, 'le.csv', Buffer.from(`\ufeff${text}`, 'utf16le'));
  await file(at, 'be.csv', Buffer.from(`\ufeff${text}`, 'utf16le').swap16());
  await file(at, 'bare.csv', Buffer.from(text, 'utf16le'));
  const names = { bom: 'utf-8', latin: 'latin-1', le: 'utf-16le', be: 'utf-16be', bare: 'utf-16le' };
  for (const [name, encoding] of Object.entries(names)) {
    const { dialect, account } = await at.engine.import.load({ path: `${name}.csv` });
    expect([name, dialect?.encoding, account.loaded]).toEqual([name, encoding, 1]);
    expect(await rowsOf(at, `select name, city from ${name}`)).toEqual([['Zoë', 'Köln']]);
  }
});

test('bad bytes among good ones cost their row only', async () => {
  const at = shared();
  const bytes = Buffer.concat([
    Buffer.from('a,b\nä,1\nö,2\n'),
    Buffer.from([0xff, 0x2c, 0x33, 0x0a]),
    Buffer.from('ü,4\nx\0y,5\n'),
  ]);
  await file(at, 'bytes.csv', Buffer.concat([bytes]).subarray(0, bytes.length - 6));
  const { account } = await at.engine.import.load({ path: 'bytes.csv' });
  expect(account).toMatchObject({ loaded: 3, rejected: 1 });
  expect(await rejectsOf(at, 'bytes')).toEqual([
    [4, null, 'It holds bytes that are not valid UTF-8.', '\ufffd,3'],
  ]);
});

test.each([
  ['empty.csv', '', /empty.csv is empty/],
  ['binary.csv', Buffer.from([1, 2, 0, 3, 4]), /not text: it holds a NUL byte at byte 3/],
  ['book.csv', Buffer.from('504b03041400', 'hex'), /The ZIP archive cannot be read/],
  [
    'wide.csv',
    `${Array.from({ length: 2000 }, (_, n) => `c${n}`).join(',')}\n${'1,'.repeat(1999)}1\n`,
    /2,000 columns; a table holds at most 1,599/,
  ],
])('%s is refused in words', async (name, content, message) => {
  const at = shared();
  await file(at, name, content);
  await expect(at.engine.import.load({ path: name })).rejects.toMatchObject({
    problem: { code: 'bad_input', message: expect.stringMatching(message) },
  });
  expect((await at.engine.tables.list({})).filter(({ source }) => source?.endsWith(name))).toEqual([]);
});

test('a missing file and a folder without files are refused in words', async () => {
  const at = shared();
  await expect(at.engine.import.load({ path: 'no.csv' })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
  await file(at, 'nothing/.hidden', 'a\n1\n');
  await expect(at.engine.import.load({ path: 'nothing' })).rejects.toThrow(
    /No file that can be imported is named by/,
  );
});

test('shapes that must load: header only, CR line ends, preamble, no final newline, tabs, 1,000 columns', async () => {
  const at = shared();
  const load = async (name: string, content: string) => {
    await file(at, name, content);
    const { account, columns } = await at.engine.import.load({ path: name });
    return [account.physical, account.loaded, account.rejected, account.skipped, columns.length];
  };
  expect(await load('header.csv', 'a,b,c\n')).toEqual([1, 0, 0, 1, 3]);
  expect(await load('mac.csv', 'a,b\r1,2\r3,"4\r5"\r')).toEqual([3, 2, 0, 1, 2]);
  expect(await load('title.csv', 'Sales, 2024\n\nid,name,amount,city\n1,a,2,x\n2,b,3,y\n')).toEqual([
    5, 2, 0, 3, 4,
  ]);
  expect(await load('open.csv', 'a,b\n1,2\n3,4')).toEqual([3, 2, 0, 1, 2]);
  expect(await load('tabs.tsv', 'a\tb\n1,5\t2\n3,7\t4\n')).toEqual([3, 2, 0, 1, 2]);
  expect(await load('crlf.csv', 'a,b\r\n1,"x\r\ny"\r\n3,4\r\n')).toEqual([3, 2, 0, 1, 2]);
  expect(await load('mixed.csv', 'a,b\r\n1,2\n3,4\r\n')).toEqual([3, 2, 0, 1, 2]);
  expect(await load('weird [1] *name?.csv', 'a,b\n1,2\n')).toEqual([2, 1, 0, 1, 2]);
  const wide = Array.from({ length: 1000 }, (_, n) => `column ${n}`).join(',');
  expect(await load('wide.csv', `${wide}\n${'1,'.repeat(999)}1\n`)).toEqual([2, 1, 0, 1, 1000]);
});

test('a file that changes while it is read is refused, and nothing is left', async () => {
  const at = await openTestEngine();
  const path = await file(at, 'grow.csv', `a,b\n${'1,2\n'.repeat(200_000)}`);
  const loading = at.engine.import.load({ path }, { onProgress: () => void utimes(path, 1, 1) });
  await expect(loading).rejects.toThrow(/was changed while it was being read/);
  expect(await rowsOf(at, 'select count(*)::int from assay.tables')).toEqual([[0]]);
  await rm(path);
});

test('cancel in the middle leaves the old table as it was', async () => {
  const at = await openTestEngine();
  await file(at, 't.csv', 'a,b\n1,x\n');
  await at.engine.import.load({ path: 't.csv' });
  await file(at, 't.csv', `a,b\n${'5,some words that take up room\n'.repeat(400_000)}`);
  const abort = new AbortController();
  const loading = at.engine.import.load(
    { path: 't.csv', mode: 'replace' },
    {
      signal: abort.signal,
      onProgress: ({ rows = 0 }) => rows > 100_000 && abort.abort(),
    },
  );
  await expect(loading).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  expect(await rowsOf(at, 'select * from t')).toEqual([[1n, 1, 'x']]);
  expect(await rowsOf(at, "select tablename from pg_tables where schemaname = 'assay_staging'")).toEqual([]);
});

test('what a killed import left behind is gone when the workspace opens', async () => {
  const at = await openTestEngine();
  await at.engine.query.run({
    text: 'create schema assay_staging; create table assay_staging.load_x (a int)',
  });
  await at.close();
  const again = await openTestEngine(at.dir);
  expect(
    await rowsOf(again, "select count(*)::int from pg_namespace where nspname = 'assay_staging'"),
  ).toEqual([[0]]);
});

test('merge changes rows by key, keeps their address, adds new ones, and refuses keys that are not unique', async () => {
  const at = shared();
  await file(at, 'stock.csv', 'sku,n\na,1\nb,2\n');
  await file(at, 'news.csv', 'n,sku\n7,b\n9,c\n');
  await file(at, 'twice.csv', 'n,sku\n7,b\n9,b\n');
  await at.engine.import.load({ path: 'stock.csv' });
  await at.engine.import.load({ path: 'news.csv', table: 'stock', mode: 'merge', key: ['sku'] });
  expect(await rowsOf(at, 'select _row::int, sku, n from stock order by _row')).toEqual([
    [1, 'a', 1],
    [2, 'b', 7],
    [3, 'c', 9],
  ]);
  await expect(
    at.engine.import.load({ path: 'twice.csv', table: 'stock', mode: 'merge', key: ['sku'] }),
  ).rejects.toThrow(/1 key occurs more than once/);
  await expect(
    at.engine.import.load({ path: 'news.csv', table: 'stock', mode: 'merge', key: ['id'] }),
  ).rejects.toThrow(/"id" is not in the file/);
  expect(await rowsOf(at, 'select count(*)::int from stock')).toEqual([[3]]);
});

test.each([
  ['twice', '2,bob first,20\n2,bob second,21', '1 key occurs more than once in the table'],
  ['missing', '2,bob first,20\n,bob second,21', '1 row of the table has no id'],
])('merge changes nothing where a key is %s in the table, as its plan says', async (how, rows, said) => {
  const at = shared();
  const table = `kept_${how}`;
  await file(at, `${table}.csv`, `id,name,amt\n1,ann,10\n${rows}\n`);
  await file(at, 'bob.csv', 'id,name,amt\n2,bob new,200\n');
  await at.engine.import.load({ path: `${table}.csv` });
  const merging = { path: 'bob.csv', table, mode: 'merge' as const, key: ['id'] };
  const message = `The rows cannot be told apart by id: ${said}. Nothing was changed.`;
  expect((await at.engine.import.plan(merging)).keyRefused).toBe(message);
  await expect(at.engine.import.load(merging)).rejects.toThrow(message);
  expect(await rowsOf(at, `select name, amt from ${table} order by _row`)).toEqual([
    ['ann', 10],
    ['bob first', 20],
    ['bob second', 21],
  ]);
});

test.each([
  ['broken', 'version: 1\ncolumns: [oops\n', 'bad_input'],
  ['newer', 'version: 99\n', 'newer_version'],
  ['no recipe', '- 1\n', 'bad_input'],
])('a recipe that is %s is never written over', async (_what, text, code) => {
  const at = await openTestEngine();
  const path = await file(at, 'imports/t.yaml', text);
  await file(at, 't.csv', 'a\n1\n');
  await expect(at.engine.import.load({ path: 't.csv' })).rejects.toMatchObject({ problem: { code } });
  expect(await readFile(path, 'utf8')).toBe(text);
  expect(await at.engine.tables.list({})).toEqual([]);
});

test('where the recipe cannot be written, nothing is imported', async () => {
  const at = await openTestEngine();
  await file(at, 't.csv', 'a\n1\n');
  const loading = at.engine.import.load(
    { path: 't.csv' },
    { onProgress: () => writeFileSync(join(at.dir, 'imports'), 'a file in the folder’s place') },
  );
  await expect(loading).rejects.toThrow();
  expect(await at.engine.tables.list({})).toEqual([]);
});

test('a recipe that an earlier build named goes on to be used', async () => {
  const at = await openTestEngine();
  await file(at, 'imports/a_b.yaml', '# ours\nversion: 1\ntable: a/b\n');
  await file(at, 't.csv', 'a\n1\n');
  expect((await at.engine.import.load({ path: 't.csv', table: 'a/b' })).recipe).toBe('imports/a_b.yaml');
  expect((await at.engine.import.load({ path: 't.csv', table: 'a:b' })).recipe).toBe('imports/a%3Ab.yaml');
});
