import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assay } from '../cli/run-cli.ts';
import { scratchFolder } from '../open-test-engine.ts';

test('by the command: null what does not fit, correct rejects, plan, undo', async () => {
  const dir = await scratchFolder();
  const path = join(dir, 'sales.csv');
  const good = Array.from({ length: 200 }, (_, n) => `${n},2024-01-01,${n}`).join('\n');
  await writeFile(path, `id,day,n\n${good}\n200,soon,1\n201,2024-01-02,many\n`);
  expect((await assay(dir, 'init', '.')).exit).toBe(0);
  expect((await assay(dir, 'import', path, '--on-error', 'n=maybe', '--json')).json()).toMatchObject({
    problem: { code: 'bad_input', hint: 'Write COLUMN=null, COLUMN=widen or COLUMN=reject.' },
  });
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
    '1 of 1 rejects were loaded into sales.\nsales.csv: 203 records = 202 rows + 0 rejected + 1 skipped\n',
  ]);

  await writeFile(path, `id,day,n\n${good}\n200,2024-01-04,1\n`);
  const plan = await assay(dir, 'import', path, '--plan', '--key', 'id', '--json');
  expect(plan.json()).toMatchObject({
    plans: [
      { table: 'sales', changes: 2, rows: { by: ['id'], new: 0, changed: 1, removed: 1, unchanged: 200 } },
    ],
  });
  const replayed = await assay(
    dir,
    'import',
    path,
    '--mode',
    'replace',
    '--recipe',
    'imports/sales.yaml',
    '--json',
  );
  expect(replayed.json()).toMatchObject({ tables: [{ account: { loaded: 201, rejected: 0 } }] });
  expect((await assay(dir, 'import', path, '--plan')).stdout).toBe(`sales: 0 changes from ${path}.\n`);
  const undone = await assay(dir, 'import', '--undo', 'sales', '--json');
  expect(undone.json()).toMatchObject({ table: 'sales', exists: true });
  const counted = await assay(
    dir,
    'query',
    'select count(*)::int as n, max(day)::text as day from sales',
    '--json',
  );
  expect(counted.json()).toEqual([{ n: 202, day: '2024-01-03' }]);
});
