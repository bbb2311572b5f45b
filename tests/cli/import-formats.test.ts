import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import AdmZip from 'adm-zip';
import { expect, test } from 'vitest';
import { scratchFolder } from '../open-test-engine.ts';
import { assay } from './run-cli.ts';

test('assay import: patterns, archives, JSON and one table of many files, each with its account', {
  timeout: 300_000,
}, async () => {
  const dir = await scratchFolder();
  await mkdir(join(dir, 'data'));
  await writeFile(join(dir, 'data/jan.csv'), 'id,amount\n1,10.50\n2,3.25\n');
  await writeFile(join(dir, 'data/feb.csv.gz'), gzipSync('id,amount,note\n3,1.00,late\n'));
  await writeFile(join(dir, 'data/e.jsonl'), '{"id": 1, "v": [0.5, 1], "to": {"city": "Köln"}}\n{"id": 2,\n');
  const zip = new AdmZip();
  zip.addFile('in.csv', Buffer.from('id\n1\n'));
  zip.addFile('out.csv', Buffer.from('id\n2\n3\n'));
  await writeFile(join(dir, 'all.zip'), zip.toBuffer());

  expect((await assay(dir, 'init')).exit).toBe(0);

  const each = await assay(dir, 'import', 'data/*.csv', 'all.zip', 'none/*.csv', '--json');
  expect(each.exit).toBe(2);
  expect(each.json()).toMatchObject({
    tables: [
      {
        table: 'jan',
        source: 'data/jan.csv',
        format: { kind: 'delimited' },
        account: { physical: 3, loaded: 2 },
      },
      { table: 'in', source: 'all.zip/in.csv', account: { loaded: 1 } },
      { table: 'out', source: 'all.zip/out.csv', account: { loaded: 2 } },
    ],
    failures: [{ code: 'not_found' }],
  });

  const one = await assay(dir, 'import', 'data/*.csv*', '--as-one', '--table', 'months', '--json');
  expect(one.json()).toMatchObject({
    tables: [
      {
        table: 'months',
        source: 'data/*.csv*',
        account: { physical: 5, loaded: 3, rejected: 0, skipped: 2 },
      },
    ],
    failures: [],
  });
  const months = await assay(
    dir,
    'query',
    'select id, amount, note, _file from months order by id',
    '--format',
    'csv',
  );
  expect(months.stdout).toBe(
    'id,amount,note,_file\n1,10.50,,jan.csv\n2,3.25,,jan.csv\n3,1.00,late,feb.csv.gz\n',
  );
  const events = await assay(
    dir,
    'import',
    'data/e.jsonl',
    '--nested',
    'keep',
    '--type',
    'v=vector(2)',
    '--json',
  );
  expect(events.json()).toMatchObject({
    tables: [
      {
        format: { kind: 'json', settings: { nested: 'keep' } },
        dialect: null,
        account: { physical: 2, loaded: 1, rejected: 1, skipped: 0 },
        columns: [{ name: 'id' }, { name: 'v', type: 'vector(2)' }, { name: 'to', type: 'jsonb' }],
      },
    ],
  });
});
