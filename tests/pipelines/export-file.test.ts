import { mkdir, readdir, readFile, rmdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Engine } from '../../shared/contract/index.ts';
import { pipelineOf, sharedShop } from './open-shop.ts';

const shop = sharedShop();

const exporting = (files: Readonly<Record<string, object>>, name = 'out') =>
  pipelineOf(
    [
      { id: 'orders', kind: 'source', params: { table: 'orders' } },
      { id: 'some', kind: 'filter', inputs: ['orders'], params: { condition: 'id > 0' } },
      ...Object.entries(files).map(([file, more], at) => ({
        id: `file${at}`,
        kind: 'export-file',
        inputs: ['some'],
        params: { file, ...more },
      })),
    ],
    name,
  );

const run = async (engine: Engine, pipeline: ReturnType<typeof exporting>) => {
  await engine.pipelines.save({ pipeline });
  return engine.pipelines.run({ name: pipeline.name });
};

const csv =
  'id,customer_id,amount,status\n1,1,10.50,paid\n2,1,20.00,open\n3,2,,paid\n4,9,5.25,\n5,3,7.00,paid\n';

test('files are written in each format, stay where nothing changed, and are stale when touched or gone', async () => {
  const { engine, dir } = shop();
  const formats = ['csv', 'jsonl', 'parquet', 'arrow', 'xlsx'];
  const pipeline = exporting(
    Object.fromEntries(formats.map((format) => [`exports/all orders.${format}`, {}])),
  );
  expect(await run(engine, pipeline)).toMatchObject({ status: 'done' });
  expect((await readdir(join(dir, 'exports'))).sort()).toEqual(
    formats.map((format) => `all orders.${format}`).sort(),
  );
  expect(await readFile(join(dir, 'exports/all orders.csv'), 'utf8')).toBe(csv);
  for (const format of formats) {
    const { rows } = await engine.files.preview({ path: join(dir, `exports/all orders.${format}`) });
    expect(rows.map(([id, , amount]) => [id, Number(amount)])).toEqual([
      ['1', 10.5],
      ['2', 20],
      ['3', 0],
      ['4', 5.25],
      ['5', 7],
    ]);
  }
  const again = await run(engine, pipeline);
  expect(again.steps.every(({ status }) => status === 'fresh')).toBe(true);
  await writeFile(join(dir, 'exports/all orders.csv'), 'mine');
  const touched = await run(engine, pipeline);
  expect(touched.steps.filter(({ status }) => status === 'ran').map(({ id, why }) => [id, why])).toEqual([
    ['file0', 'the file exports/all orders.csv was changed after it was written'],
  ]);
});

test('what is not its own, lies outside or names no format is refused; a run that fails leaves files as they were', async () => {
  const { engine, dir } = shop();
  await mkdir(join(dir, 'mine'));
  await writeFile(join(dir, 'mine/own.csv'), 'mine');
  await symlink(tmpdir(), join(dir, 'mine', 'away'));
  const refused: [string, RegExp][] = [
    ['mine/own.csv', /which this step did not write/],
    ['../outside.csv', /lies outside of the workspace/],
    [join(tmpdir(), 'assay-outside.csv'), /lies outside of the workspace/],
    ['.assay/x.csv', /which Assay keeps for itself/],
    ['assay.yaml', /names no format/],
    ['mine/away/x.csv', /A link leads/],
    ['line\nbreak.csv', /not a name for a file/],
    [`mine/${'ü'.repeat(120)}.csv`, /is too long for a file/],
  ];
  for (const [file, words] of refused) {
    const result = await run(engine, exporting({ [file]: {} }));
    expect(result.problem?.message).toMatch(words);
    expect(result.status).toBe('failed');
  }
  const twice = await run(engine, exporting({ 'exports/a.csv': {}, 'exports/../exports/a.csv': {} }));
  expect(twice.problem?.message).toContain('too');
  expect(await readFile(join(dir, 'mine/own.csv'), 'utf8')).toBe('mine');
  const taken = await run(engine, exporting({ 'mine/own.csv': { there: 'any' } }));
  expect(taken.status).toBe('done');
  const broken = exporting({ 'mine/own.csv': { there: 'any' } });
  const failing = { ...broken.steps[1], params: { condition: '1 / (id - 3) > 0' } };
  const failed = await run(engine, { ...broken, steps: broken.steps.with(1, failing as never) });
  expect(failed).toMatchObject({ status: 'failed', failure: { step: 'some', rows: [{ id: '3' }] } });
  expect(await readFile(join(dir, 'mine/own.csv'), 'utf8')).toBe(csv);
  expect((await readdir(join(dir, 'mine'))).sort()).toEqual(['away', 'own.csv']);
});

test('several files of a run are put in their places all or none, and what a killed run left is swept away', async () => {
  const { engine, dir } = shop();
  const pipeline = exporting({ 'set/a.csv': { there: 'any' }, 'set/b.csv': { there: 'any' } }, 'set');
  await mkdir(join(dir, 'set', 'b.csv'), { recursive: true });
  await writeFile(join(dir, 'set/a.csv'), 'before');
  await writeFile(join(dir, 'set/a.csv.1.0123abcd.tmp'), 'half');
  const failed = await run(engine, pipeline);
  expect(failed).toMatchObject({
    status: 'failed',
    problem: { code: 'disk', message: '"set/b.csv" could not be put in its place.' },
  });
  expect(await readFile(join(dir, 'set/a.csv'), 'utf8')).toBe('before');
  expect((await readdir(join(dir, 'set'))).sort()).toEqual(['a.csv', 'b.csv']);
  await rmdir(join(dir, 'set', 'b.csv'));
  expect(await run(engine, pipeline)).toMatchObject({ status: 'done' });
  expect(await readFile(join(dir, 'set/a.csv'), 'utf8')).toBe(csv);
  expect((await readdir(join(dir, 'set'))).sort()).toEqual(['a.csv', 'b.csv']);
});
