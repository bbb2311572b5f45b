import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeModelFolder } from '../search/model-folder.ts';
import { openShop, pipelineOf, queryRows, rowsOf } from './open-shop.ts';

const near = { left: 'meaning', right: 'meaning', by: 'cosine', count: 1, limit: 0.3, same: 'id' };

test('texts become vectors once, near meanings find one another, in a preview, a run and a test', async () => {
  const { engine, dir } = await openShop();
  await engine.query.run({
    text: `create table notes as select * from (values
      (1, 'The parcel arrived broken.'), (2, 'My package was damaged when it came.'), (3, 'Die Rechnung'), (4, null), (5, ' ')
    ) v(id, note)`,
  });
  const pipeline = pipelineOf(
    [
      { id: 'notes', kind: 'source', params: { table: 'notes' } },
      { id: 'meant', kind: 'embed', inputs: ['notes'], params: { columns: ['note'], name: 'meaning' } },
      { id: 'pairs', kind: 'nearest', inputs: ['meant', 'meant'], params: near },
      {
        id: 'slim',
        kind: 'select',
        inputs: ['pairs'],
        params: { columns: [{ column: 'id' }, { column: 'id_right' }] },
      },
      { id: 'out', kind: 'output', inputs: ['pairs'], params: { table: 'pairs' } },
      { id: 'alone', kind: 'output', inputs: ['pairs.alone'], params: { table: 'alone' } },
    ],
    'near',
  );
  await engine.pipelines.save({ pipeline });
  const preview = await engine.pipelines.preview({ pipeline, step: 'meant' });
  expect(rowsOf(preview.bytes).map(({ meaning }) => String(meaning ?? '').split(',').length)).toEqual([
    384, 384, 384, 1, 1,
  ]);
  const result = await engine.pipelines.run({ name: 'near' });
  expect(result.problem).toBeUndefined();
  expect(await queryRows(engine, 'select id, id_right, rank from pairs order by id')).toEqual([
    { id: 1, id_right: 2, rank: 1n },
    { id: 2, id_right: 1, rank: 1n },
  ]);
  expect(await queryRows(engine, 'select id from alone order by id')).toEqual([
    { id: 3 },
    { id: 4 },
    { id: 5 },
  ]);
  expect(await queryRows(engine, 'select count(*)::int as n from assay.text_vectors')).toEqual([{ n: 3 }]);
  const made = await engine.pipelines.makeTest({ name: 'near', test: 'as it is', outputs: ['slim'] });
  expect(made).toMatchObject({ verdict: 'pass' });
  const { sources } = await engine.pipelines.lineage({ relation: 'pairs', column: 'meaning' });
  expect(sources).toContainEqual(
    expect.objectContaining({ kind: 'table', name: 'notes', column: 'note', edge: 'value' }),
  );
  await makeModelFolder(join(dir, 'models', 'second'), { pooling: 'cls' });
  const named = (model: string, version: string) => ({
    pipeline: pipelineOf([
      { id: 'notes', kind: 'source', params: { table: 'notes' } },
      {
        id: 'meant',
        kind: 'embed',
        inputs: ['notes'],
        params: { columns: ['note'], name: 'meaning', model, version },
      },
    ]),
    step: 'meant',
  });
  const vectorsOf = (bytes: Uint8Array) => rowsOf(bytes).map(({ meaning }) => meaning);
  const own = vectorsOf(preview.bytes);
  const other = vectorsOf((await engine.pipelines.preview(named('second', '1'))).bytes);
  expect(other.map((vector, at) => vector !== null && String(vector) !== String(own[at]))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(await queryRows(engine, 'select count(*)::int as n from assay.text_vectors')).toEqual([{ n: 6 }]);
  await expect(engine.pipelines.preview(named('second', '2'))).rejects.toMatchObject({
    problem: { message: 'The step wants version "2" of "second", which has version "1" here.' },
  });
  const far = { name: 'far', url: 'https://models.example/v1', model: 'm', dimensions: 4, maxTokens: 100 };
  await engine.search.addEndpoint(far);
  await expect(engine.pipelines.preview(named('far', 'm'))).rejects.toMatchObject({
    problem: { message: 'Pipelines send no texts away, and "far" is at https://models.example.' },
  });
});
