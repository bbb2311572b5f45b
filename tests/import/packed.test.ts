import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import AdmZip from 'adm-zip';
import { expect, test } from 'vitest';
import { openTestEngine } from '../open-test-engine.ts';
import { file, rowsOf } from './workspace-files.ts';

/** `id,name\n1,Ada\n2,Zoë\n` by zstd: one frame of one raw block. */
const zstd = Buffer.from(
  `28b52ffd2015a90000${Buffer.from('id,name\n1,Ada\n2,Zoë\n').toString('hex')}`,
  'hex',
);

function zip(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const archive = new AdmZip();
  for (const [name, content] of Object.entries(files)) archive.addFile(name, Buffer.from(content));
  return archive.toBuffer();
}

test('packed files load as what is in them, and damaged ones not at all', async () => {
  const at = await openTestEngine();
  const load = (path: string, more = {}) => at.engine.import.load({ path, ...more });
  const plain = 'id,name\n1,Ada\n2,Zoë\n3,Eve\n4,Bob\n5,Kim\nsix\n';

  await file(at, 'people.csv.gz', gzipSync(plain));
  const packed = await load('people.csv.gz');
  expect(packed).toMatchObject({
    table: 'people',
    source: 'people.csv.gz',
    account: { physical: 7, loaded: 5, rejected: 1, skipped: 1 },
    dialect: { delimiter: ',' },
  });
  expect(await rowsOf(at, 'select id, name from people where id < 3 order by _row')).toEqual([
    [1, 'Ada'],
    [2, 'Zoë'],
  ]);
  expect((await at.engine.import.rejects({ table: 'people', offset: 0, limit: 9 })).rejects).toMatchObject([
    { line: 7, raw: 'six', offset: Buffer.from(plain).indexOf('six'), unpacked: true },
  ]);
  const look = await at.engine.files.preview({ path: 'people.csv.gz' });
  expect([look.table, look.complete, look.format.evidence.startsWith('Unpacked from gzip; ')]).toEqual([
    'people',
    true,
    true,
  ]);

  // The content decides, not the name; two packings, one in the other.
  await file(at, 'wrong.csv', zip({ 'inner.csv.gz': gzipSync(plain) }));
  expect((await load('wrong.csv')).account.loaded).toBe(5);

  const long = `id,name\n${Array.from({ length: 40_000 }, (_, n) => `${n},name ${(n * 7919) % 40_009}`).join('\n')}\n`;
  const whole = gzipSync(long);
  await file(at, 'cut.csv.gz', whole.subarray(0, whole.length - 5000));
  await expect(load('cut.csv.gz')).rejects.toMatchObject({
    problem: {
      code: 'bad_input',
      message: 'cut.csv.gz is cut off: its gzip data stop in the middle.',
      hint: 'Nothing was imported. Copy or download the file again.',
      at: { file: expect.stringMatching(/cut\.csv\.gz$/) },
    },
  });
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 5000, 5100);
  await file(at, 'bad.csv.gz', damaged);
  await expect(load('bad.csv.gz')).rejects.toThrow(
    'bad.csv.gz is damaged: its gzip data cannot be unpacked.',
  );
  await file(at, 'empty.csv.gz', gzipSync(''));
  await expect(load('empty.csv.gz')).rejects.toThrow(
    'empty.csv.gz is empty inside: there is nothing to import.',
  );

  await file(at, 'z.csv.zst', zstd);
  expect((await load('z.csv.zst')).account).toMatchObject({ physical: 3, loaded: 2 });
  await file(at, 'cut.csv.zst', zstd.subarray(0, 20));
  await expect(load('cut.csv.zst')).rejects.toThrow(
    'cut.csv.zst is cut off: its zstd data stop in the middle.',
  );
  expect((await at.engine.tables.list({})).map(({ name }) => name).sort()).toEqual(['people', 'wrong', 'z']);
});

test('what stands behind packed data, outside of an archive or in files without a byte is told', async () => {
  const at = await openTestEngine();
  const plain = 'id,name\n1,Ada\n';
  await file(at, 'more.csv.gz', Buffer.concat([gzipSync(plain), Buffer.from('2,Bob\n')]));
  await expect(at.engine.import.load({ path: 'more.csv.gz' })).rejects.toThrow(
    'more.csv.gz goes on behind its gzip data with something that is none.',
  );
  await file(at, 'more.csv.gz', Buffer.concat([gzipSync(plain), Buffer.from('\0\n2,Bob\n')]));
  await expect(at.engine.import.load({ path: 'more.csv.gz' })).rejects.toThrow(
    'goes on behind its gzip data',
  );
  await file(at, 'padded.csv.gz', Buffer.concat([gzipSync(plain), gzipSync('2,Bob\n'), Buffer.alloc(512)]));
  expect((await at.engine.import.load({ path: 'padded.csv.gz' })).account).toMatchObject({ loaded: 2 });
  const outside = zip({ 'aa/x.csv': plain });
  for (let found = outside.indexOf('aa/x'); found >= 0; found = outside.indexOf('aa/x'))
    outside.write('../x', found);
  await file(at, 'outside.zip', outside);
  await expect(at.engine.import.load({ path: 'outside.zip' })).rejects.toThrow(
    'The ZIP archive names a file outside of itself: ../x.csv.',
  );
  await file(at, 'days/1.csv', plain);
  await file(at, 'days/2.csv', '');
  const { account } = await at.engine.import.load({ path: 'days' });
  expect(account).toMatchObject({ loaded: 1, rejected: 0 });
  expect((await at.engine.files.preview({ path: 'days' })).format.evidence).toMatch(/empty: 2.csv$/);
  await file(at, 'fake.parquet', 'PAR1 is no more than its marks PAR1');
  await expect(at.engine.import.load({ path: 'fake.parquet' })).rejects.toThrow(
    'fake.parquet has the marks of a Parquet file, but is none or damaged.',
  );
});

test('each file of an archive is a file, and a damaged archive says so', async () => {
  const at = await openTestEngine();
  const load = (path: string, more = {}) => at.engine.import.load({ path, ...more });
  const archive = zip({
    'a.csv': 'id\n1\n',
    'deep/b.csv': 'id\n2\n3\n',
    '__MACOSX/._a.csv': 'x',
    '.DS_Store': 'x',
  });
  await file(at, 'all.zip', archive);
  await expect(load('all.zip')).rejects.toMatchObject({
    problem: {
      message: 'all.zip holds 2 files.',
      hint: expect.stringMatching(/all\.zip\/a\.csv.*a\.csv, deep\/b\.csv/),
    },
  });
  const { files } = await at.engine.files.expand({ paths: ['all.zip'] });
  expect(files.map((path) => path.slice(at.dir.length + 1))).toEqual(['all.zip/a.csv', 'all.zip/deep/b.csv']);
  const b = await load('all.zip/deep/b.csv');
  expect(b).toMatchObject({ table: 'b', source: 'all.zip/deep/b.csv', account: { loaded: 2 } });
  await expect(load('all.zip/c.csv')).rejects.toThrow('There is no c.csv in the archive.');
  const broken = zip({ 'a.csv': 'id\n1\n' });
  const data = broken.indexOf('a.csv') + 5;
  broken.fill(0xff, data, data + 3);
  await file(at, 'broken.zip', broken);
  await expect(load('broken.zip/a.csv')).rejects.toThrow(/^The ZIP archive cannot be read: /);
  await file(at, 'cut.zip', archive.subarray(0, 60));
  await expect(load('cut.zip')).rejects.toThrow(/^The ZIP archive cannot be read: /);
});

test('folders and patterns are one table that says where each row is from', async () => {
  const at = await openTestEngine();
  await file(
    at,
    'data/jan.csv',
    `id,amount\n1,10.50\n2,bad,x\n${[6, 7, 8, 9, 10, 11, 12, 13].map((n) => `${n},1`).join('\n')}\n`,
  );
  await file(at, 'data/feb.csv', 'amount;ID;note\n7;3;hello\nfree;4;\n');
  await file(at, 'data/more/mar.csv.gz', gzipSync('id,amount\n5,1\n'));
  await file(at, 'data/readme.md', '# not data');
  const united = await at.engine.import.load({ path: 'data', types: { amount: 'numeric' } });
  expect(united).toMatchObject({
    table: 'data',
    source: 'data',
    account: { physical: 16, loaded: 11, rejected: 2, skipped: 3, skippedBy: { header: 3 } },
  });
  expect(
    await rowsOf(at, 'select "ID", amount::text, note, _file from data where "ID" < 6 order by _row'),
  ).toEqual([
    [3, '7', 'hello', 'feb.csv'],
    [1, '10.50', null, 'jan.csv'],
    [5, '1', null, 'more/mar.csv.gz'],
  ]);
  const { rejects } = await at.engine.import.rejects({ table: 'data', offset: 0, limit: 9 });
  expect(rejects.map(({ file, line, column, cause, raw }) => [file, line, column, cause, raw])).toEqual([
    ['feb.csv', 3, 'amount', '“free” is not a number that keeps all its digits (numeric).', 'free;4;'],
    ['jan.csv', 3, null, 'It has 3 cells where 2 are expected.', '2,bad,x'],
  ]);
  // Each file has delimiters and columns of its own.
  const rows = rejects.map(({ id, file }) => ({ id, text: file === 'feb.csv' ? '8;4;late' : '2,3.50' }));
  const { accounts } = await at.engine.import.retry({ table: 'data', rows });
  expect(accounts).toMatchObject([{ account: { physical: 16, loaded: 13, rejected: 0, skipped: 3 } }]);
  const corrected = 'select "ID", amount::text, note, _file from data where "ID" in (2, 4) order by _row';
  expect(await rowsOf(at, corrected)).toEqual([
    [4, '8', 'late', 'feb.csv'],
    [2, '3.50', null, 'jan.csv'],
  ]);
  const look = await at.engine.files.preview({ path: 'data/*.csv' });
  expect(look.format.evidence).toBe('2 files as one table; not in all: note in 1 of 2');
  const { asOne, files } = await at.engine.files.expand({ paths: ['data/jan.csv', 'data/more'] });
  expect(files.length).toBe(2);
  const listed = await at.engine.import.load({ path: asOne, table: 'listed' });
  expect([listed.source, listed.account.loaded]).toEqual(['{data/jan.csv,data/more}', 10]);
  const again = await at.engine.import.load({ path: listed.source, recipe: listed.recipe, mode: 'replace' });
  expect(again.account.loaded).toBe(10);
  await expect(at.engine.import.load({ path: 'none/*.csv' })).rejects.toThrow(
    'No file that can be imported is named by none/*.csv.',
  );
});
