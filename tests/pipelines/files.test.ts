import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestEngine, scratchFolder } from '../open-test-engine.ts';
import { pipelineOf } from './open-shop.ts';

const written = `# why this exists
version: 1
name: clean orders
owner: data team # keep me
steps:
  # all orders
  - id: orders
    kind: source
    color: blue
    params:
      table: orders
  - id: paid
    kind: filter
    inputs: [ orders ]
    params:
      condition: status = 'paid'
layout:
  orders: [ 0, 0 ]
  paid: [ 240, 0 ]
`;

async function openWith(files: Readonly<Record<string, string>>) {
  const dir = await scratchFolder();
  await mkdir(join(dir, 'pipelines'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, 'pipelines', name), text);
  const { engine } = await openTestEngine(dir);
  return { engine, folder: join(dir, 'pipelines') };
}

test('a file that is saved unchanged stays as it was, byte for byte', async () => {
  const { engine, folder } = await openWith({ 'orders.yaml': written });
  await engine.pipelines.save({ pipeline: await engine.pipelines.read({ name: 'clean orders' }) });
  expect(await readFile(join(folder, 'orders.yaml'), 'utf8')).toBe(written);
});

test('a change touches its own lines; comments and unknown keys stay', async () => {
  const { engine, folder } = await openWith({ 'orders.yaml': written });
  const pipeline = await engine.pipelines.read({ name: 'clean orders' });
  const [orders, paid] = pipeline.steps;
  await engine.pipelines.save({
    pipeline: {
      ...pipeline,
      steps: [orders!, { ...paid!, title: 'Paid only', params: { condition: 'amount > 0' } }],
      layout: { paid: [240.4, 10], orders: [0, 0] },
    },
  });
  expect(await readFile(join(folder, 'orders.yaml'), 'utf8')).toBe(
    written
      .replace(
        "    kind: filter\n    inputs: [ orders ]\n    params:\n      condition: status = 'paid'",
        '    kind: filter\n    title: Paid only\n    inputs: [ orders ]\n    params:\n      condition: amount > 0',
      )
      .replace('[ 240, 0 ]', '[ 240, 10 ]'),
  );
});

test('a new pipeline is written in stable order, positions last', async () => {
  const { engine, folder } = await openWith({});
  const { params, ...draft } = pipelineOf(
    [{ id: 'a', kind: 'source', params: { table: 'orders' } }],
    'Größe & Alter!',
  ).steps[0]!;
  const summary = await engine.pipelines.save({
    pipeline: { layout: { a: [1, 2] }, steps: [{ params, ...draft }], name: 'Größe & Alter!', version: 1 },
  });
  expect(summary).toEqual({
    name: 'Größe & Alter!',
    file: 'pipelines/Größe & Alter!.yaml',
    steps: 1,
    writes: [],
    lastRun: null,
  });
  expect(await readFile(join(folder, 'Größe & Alter!.yaml'), 'utf8')).toBe(
    'version: 1\nname: Größe & Alter!\nsteps:\n  - id: a\n    kind: source\n    params:\n      table: orders\nlayout:\n  a: [ 1, 2 ]\n',
  );
});

test('broken, newer and doubled files are listed with their problem and take nothing else down', async () => {
  const { engine } = await openWith({
    'a.yaml': written,
    'broken.yaml': 'version: 1\nname: [oops\n',
    'copy.yaml': written,
    'newer.yaml': written.replace('version: 1', 'version: 2').replace('clean orders', 'later'),
    'old.yaml': 'name: old\nsteps:\n  - id: a\n    kind: source\n  - id: b\n    kind: sort\n    inputs: a\n',
    'shape.yaml': 'version: 1\nname: shape\nsteps: none\n',
  });
  const list = await engine.pipelines.list({});
  expect(list.map(({ name, file, problem }) => [name, file, problem?.code, problem?.at?.line])).toEqual([
    ['clean orders', 'pipelines/a.yaml', undefined, undefined],
    ['broken', 'pipelines/broken.yaml', 'bad_input', 3],
    ['clean orders', 'pipelines/copy.yaml', 'bad_input', undefined],
    ['newer', 'pipelines/newer.yaml', 'newer_version', undefined],
    ['old', 'pipelines/old.yaml', undefined, undefined],
    ['shape', 'pipelines/shape.yaml', 'bad_input', undefined],
  ]);
  await expect(engine.pipelines.read({ name: 'newer' })).rejects.toMatchObject({
    problem: { code: 'newer_version' },
  });
  expect((await engine.pipelines.read({ name: 'clean orders' })).steps.length).toBe(2);
  expect(await engine.pipelines.read({ name: 'old' })).toMatchObject({
    version: 1,
    steps: [{}, { inputs: ['a'] }],
  });
});

test('renaming moves the file, removing deletes it', async () => {
  const { engine, folder } = await openWith({ 'clean-orders.yaml': written });
  expect(await engine.pipelines.rename({ name: 'clean orders', to: 'Paid orders' })).toMatchObject({
    name: 'Paid orders',
    file: 'pipelines/Paid orders.yaml',
  });
  expect(await readdir(folder)).toEqual(['Paid orders.yaml']);
  expect(await readFile(join(folder, 'Paid orders.yaml'), 'utf8')).toBe(
    written.replace('name: clean orders', 'name: Paid orders'),
  );
  await engine.pipelines.remove({ name: 'Paid orders' });
  expect(await readdir(folder)).toEqual([]);
  await expect(engine.pipelines.remove({ name: 'Paid orders' })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
});
