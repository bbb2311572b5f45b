import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { appFile } from '../../electron/engine/app-files.ts';
import { assay } from '../cli/run-cli.ts';
import { scratchFolder } from '../open-test-engine.ts';

test('by the command: null what does not fit, correct rejects, plan, undo', {
  timeout: 300_000,
}, async () => {
  const dir = await scratchFolder();
  const path = join(dir, 'sales.csv');
  const good = Array.from({ length: 200 }, (_, n) => `${n},2024-01-01,${n}`).join('\n');
  await writeFile(path, `id,day,n\n${good}\n200,soon,1\n201,2024-01-02,many\n`);
  expect((await assay(dir, 'init', '.')).exit).toBe(0);
  const imported = await assay(dir, 'import', path, '--on-error', 'n=null', '--json');
  expect(imported.json()).toMatchObject({
    tables: [
      {
        account: { physical: 203, loaded: 201, rejected: 1, skipped: 1 },
        columns: [{ name: 'id' }, { name: 'day' }, { name: 'n', onMisfit: 'null', nulled: 1 }],
      },
    ],
    failures: [],
  });

  const listed = (await assay(dir, 'rejects', 'sales', '--json')).json();
  expect(listed).toMatchObject({
    total: 1,
    rejects: [{ source: 'sales.csv', line: 202, column: 'day', raw: '200,soon,1', corrected: null }],
  });
  const [reject] = listed['rejects'] as [{ offset: number; raw: string }];
  const bytes = await readFile(path);
  expect(bytes.subarray(reject.offset, reject.offset + 10).toString()).toBe('200,soon,1');
  const list = join(dir, 'rejects.json');
  await writeFile(list, JSON.stringify({ rejects: [{ ...reject, corrected: '200,2024-01-03,1' }] }));
  const retried = await assay(dir, 'rejects', 'sales', '--retry', list);
  expect([retried.exit, retried.stdout]).toEqual([
    0,
    '1 of 1 corrected reject was loaded into sales.\nsales.csv: 203 records = 202 rows + 0 rejected + 1 skipped\n',
  ]);

  const missing = await assay(dir, 'import', path, '--recipe', 'rj', '--json');
  expect([missing.exit, missing.json()]).toMatchObject([
    2,
    {
      failures: [
        {
          message: 'There is no recipe rj.',
          hint: 'The workspace has sales; or name the path of a file.',
        },
      ],
    },
  ]);
  const again = await assay(dir, 'import', '--recipe', 'sales', '--table', 'again', '--json');
  expect(again.json()).toMatchObject({ tables: [{ table: 'again', account: { loaded: 201 } }] });

  await writeFile(path, `id,day,n\n${good}\n200,2024-01-04,1\n`);
  const plan = await assay(dir, 'import', path, '--plan', '--key', 'id', '--json');
  expect(plan.json()).toMatchObject({
    plans: [
      { table: 'sales', changes: 2, rows: { by: ['id'], new: 0, changed: 1, removed: 1, unchanged: 200 } },
    ],
  });
  const undone = await assay(dir, 'import', '--undo', 'sales', '--json');
  expect(undone.json()).toMatchObject({ table: 'sales', exists: false, source: 'sales.csv' });

  const sold = 'id;day;n;price\n1;2024-01-01;3;2.5\n2;2024-01-02;4;1.5\n3;2024-01-03;5;0.5\nsum;12\n';
  await writeFile(join(dir, 'sold.csv'), sold);
  await writeFile(join(dir, 'imports/sold.yaml'), 'version: 1\ntable: sold\nsource: sold.csv\n');
  expect((await assay(dir, 'import', '--recipe', 'imports/sold.yaml', '--json')).json()).toMatchObject({
    tables: [
      {
        table: 'sold',
        account: { loaded: 3, rejected: 0, skipped: 2 },
        notes: ['1 record behind the rows is not loaded: “sum;12”; --footer-lines 0 reads them as rows'],
      },
    ],
  });

  await writeFile(join(dir, 'gaps.csv'), 'id,n,m\n1,5,5\n2,NA,999\n3,7,999\n4,6,6\n');
  expect((await assay(dir, 'import', join(dir, 'gaps.csv'), '--json')).json()).toMatchObject({
    tables: [
      {
        columns: [
          { name: 'id' },
          { name: 'n', proposed: [{ marker: 'NA', cells: 1, applied: true }] },
          { name: 'm', proposed: [{ marker: '999', cells: 2, applied: false }] },
        ],
        notes: [
          "n: proposed and read as no value, because no integer is written so: NA (1 cell); --null 'n=' keeps it",
          "m: “999” stands in 2 of 4 rows; all others lie between 5 and 6; --null 'm=999' reads it as no value",
        ],
      },
    ],
  });

  const exact = 'a,b,c\n007, NA ,1e5\n-,"1,5","say ""x""\n there"\n31/12/2024,2.50,NULL\nx,y,z \n';
  await writeFile(join(dir, 'exact.csv'), exact.replace('z ', '"z" '));
  expect((await assay(dir, 'import', join(dir, 'exact.csv'), '--all-text')).exit).toBe(0);
  const back = await assay(dir, 'query', 'select a, b, c from exact order by _row', '--format', 'csv');
  expect(back.stdout).toBe(exact);
});

test('a disk that is full is told in words; the table is as it was, and nothing is left', {
  timeout: 300_000,
}, async () => {
  const dir = await scratchFolder();
  const path = join(dir, 'big.csv');
  await assay(dir, 'init', '.');
  await writeFile(path, 'a,b\n1,x\n');
  await assay(dir, 'import', path);
  await writeFile(path, `a,b\n${`1,${'words '.repeat(100)}\n`.repeat(50_000)}`);
  // No file may grow beyond 18 MB: larger than PostgreSQL's log, smaller than the table.
  const words = [appFile('dist/cli.js'), 'import', path, '--mode', 'replace', '--json', '--workspace', dir];
  const child = spawn('bash', ['-c', 'ulimit -f 18432; exec "$@"', 'bash', process.execPath, ...words]);
  const [printed] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect(JSON.parse(printed)).toMatchObject({
    failures: [
      { code: 'disk', message: 'There is no room left on the disk for big.csv. Nothing was imported.' },
    ],
  });
  const kept = "select a, b, to_regnamespace('assay_staging') is null as clean from big";
  expect((await assay(dir, 'query', kept, '--json')).json()).toEqual([{ a: 1, b: 'x', clean: true }]);
});
