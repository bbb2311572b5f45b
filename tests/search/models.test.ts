import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bundledEmbedder, type Embedder, openEmbedder } from '../../electron/engine/search/model/embedder.ts';
import { readManifest } from '../../electron/engine/search/model/model-manifest.ts';
import { searchRoom } from '../../electron/engine/search/room.ts';
import { search } from '../../shared/contract/search.ts';
import { describeOtherwise, makeModelFolder } from './model-folder.ts';
import { makeTickets, openSharedSearch, quiet, tickets } from './open-search.ts';

const opened: Embedder[] = [];
const open = (folder: string) => {
  const embedder = openEmbedder(() => readManifest(folder), 1);
  opened.push(embedder);
  return embedder;
};
afterAll(() => Promise.all(opened.map((embedder) => embedder.close())));

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
const cosine = (a: Float32Array, b: Float32Array) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
const texts = ['The weather is lovely today.', 'refund'];
type Two = [Float32Array, Float32Array];

describe('a model of a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-model-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  await makeModelFolder(folder);

  test('is pooled and made length 1 as its description says', async () => {
    const [own, other] = (await bundledEmbedder().embed(texts)) as Two;
    const mean = (await open(folder).embed(texts)) as Two;
    expect(cosine(mean[0], own)).toBeCloseTo(1, 5);
    expect(cosine(mean[1], other)).toBeCloseTo(1, 5);
    expect(dot(mean[0], mean[0])).toBeCloseTo(1, 5);
    await describeOtherwise(folder, { normalise: false });
    const [long] = (await open(folder).embed(texts)) as Two;
    expect(cosine(long, own)).toBeCloseTo(1, 5);
    expect(dot(long, long)).toBeGreaterThan(2);
    await describeOtherwise(folder, { pooling: 'cls', normalise: true });
    const [first] = (await open(folder).embed(texts)) as Two;
    expect(dot(first, first)).toBeCloseTo(1, 5);
    expect(cosine(first, own)).toBeLessThan(0.95);
  });

  test('reads questions and documents with what stands before them', async () => {
    await describeOtherwise(folder, { pooling: 'mean', queryPrefix: 'query: ', documentPrefix: 'passage: ' });
    const embedder = open(folder);
    const [own, document] = (await bundledEmbedder().embed(['query: refund', 'passage: refund'])) as Two;
    const [asked] = (await embedder.embed(['refund'], { as: 'query' })) as [Float32Array];
    const [kept] = (await embedder.embed(['refund'])) as [Float32Array];
    expect([cosine(asked, own), cosine(kept, document)]).toEqual([
      expect.closeTo(1, 5),
      expect.closeTo(1, 5),
    ]);
    await describeOtherwise(folder, { queryPrefix: '', documentPrefix: '' });
  });

  test.each([
    ['dimensions that the graph does not give', { dimensions: 300 }, /gives vectors of 384 dimensions.*300/],
    ['an output that is not there', { output: 'nowhere' }, /no output nowhere/],
    ['numbers of tokens as a vector', { pooling: 'none' }, /gives 3 dimensions.*pooling is mean or cls/],
    ['vectors as numbers of tokens', { output: 'sentence_embedding' }, /gives 2 dimensions.*pooling is none/],
    [
      'another file',
      { files: { 'model.onnx': 'a'.repeat(64), 'tokenizer.json': 'a'.repeat(64) } },
      /damaged/,
    ],
    [
      'a file that is not there',
      { files: { 'model.onnx': 'a'.repeat(64), x: 'a'.repeat(64) } },
      /tokenizer.json/,
    ],
    ['a pooling that nobody knows', { pooling: 'max' }, /pooling/],
    ['a key that nobody knows', { queryprefix: 'query: ' }, /queryprefix/],
    ['files elsewhere', { model: '../model.onnx' }, /files lie in the folder/],
  ])('described with %s is told in words', async (_, said, message) => {
    await makeModelFolder(folder, said);
    await expect(open(folder).embed(['a'])).rejects.toMatchObject({
      problem: { message: expect.stringMatching(message), hint: expect.stringMatching(/model.yaml/) },
    });
  });
});

describe('a collection', async () => {
  const { close, dir, database, workspace, room, embed, find } = await openSharedSearch();
  afterAll(close);
  await makeTickets(database, tickets);
  const folder = join(dir, 'models', 'second');
  await makeModelFolder(folder, { pooling: 'cls', licence: 'MIT' });
  const listed = async () => (await room.list({}, quiet())).find(({ name }) => name === 'second');
  const again = (model?: string) =>
    room.embed(
      search.embed.arg.parse({ table: 'tickets', columns: ['body'], collection: 'second', model }),
      quiet(),
    );

  test('is made by a model of the workspace, which also reads its questions', async () => {
    expect(await room.models({}, quiet())).toEqual([
      expect.objectContaining({ id: 'all-MiniLM-L6-v2', builtIn: true, problem: null }),
      {
        id: 'second',
        version: '1',
        dimensions: 384,
        maxTokens: 256,
        licence: 'MIT',
        builtIn: false,
        folder: 'second',
        endpoint: null,
        problem: null,
      },
    ]);
    await embed({ table: 'tickets', columns: ['body'] });
    expect(await again('second')).toMatchObject({ embedded: 6, documents: 6 });
    expect(await listed()).toMatchObject({
      model: 'second',
      modelVersion: '1',
      normalised: true,
      stale: 0,
      modelProblem: null,
    });
    const text = 'I cannot log in to my account';
    const [found] = (await find({ text, collection: 'second', limit: 1 })).results;
    expect(found).toMatchObject({ row: 3, score: expect.closeTo(1, 4) });
    const camera = await find({ text: 'camera', collection: 'second' });
    const ofOther = await find({ text: 'camera', collection: 'tickets' });
    expect(camera.results[0]?.score).not.toBeCloseTo(ofOther.results[0]?.score ?? 0, 2);
  });

  test('keeps to its model: unasked by itself, and refusing another', async () => {
    expect(await again()).toMatchObject({ embedded: 0, reused: 6 });
    await expect(again('all-MiniLM-L6-v2')).rejects.toMatchObject({
      problem: {
        code: 'bad_input',
        message: expect.stringMatching(/has vectors of second.*cannot be mixed/),
      },
    });
    await expect(again('third')).rejects.toMatchObject({
      problem: { code: 'not_found', hint: expect.stringMatching(/Models: all-MiniLM-L6-v2, second/) },
    });
  });

  test('is stale as a whole when its model has another version', async () => {
    await describeOtherwise(folder, { version: 2 });
    expect(await listed()).toMatchObject({ modelVersion: '1', stale: 6 });
    await expect(find({ text: 'camera', collection: 'second' })).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/vectors of second 1.*with second 2/) },
    });
    expect(await again()).toMatchObject({ embedded: 6, documents: 6 });
    expect(await listed()).toMatchObject({ modelVersion: '2', stale: 0 });
  });

  test('takes no vectors that its model makes otherwise under the same version', async () => {
    await describeOtherwise(folder, { documentPrefix: 'passage: ' });
    const message = expect.stringMatching(/described otherwise.*still as version 2/);
    await expect(again()).rejects.toMatchObject({ problem: { message } });
    await expect(find({ text: 'camera', collection: 'second' })).rejects.toMatchObject({
      problem: { message },
    });
    expect(await listed()).toMatchObject({ modelProblem: { message } });
    await describeOtherwise(folder, { documentPrefix: '' });
    expect(await again()).toMatchObject({ embedded: 0, reused: 6 });
  });

  test('tells when what describes a model is changed by hand', async () => {
    let told = false;
    const emit = () => {
      told = true;
    };
    searchRoom({ workspace, database, emit });
    const changeIt = async () => {
      await describeOtherwise(folder, { licence: 'MIT' });
      return told;
    };
    // Changes are told once they rest.
    await expect.poll(changeIt, { interval: 500, timeout: 30_000 }).toBe(true);
  });

  test('whose model is broken or gone says so, and is still found by words and examples', async () => {
    await describeOtherwise(folder, { pooling: 'max' });
    expect(await room.models({}, quiet())).toMatchObject([
      {},
      { id: 'second', version: null, problem: { message: expect.stringMatching(/pooling/) } },
    ]);
    await rm(folder, { recursive: true });
    await writeFile(join(dir, 'models', 'note.txt'), 'not a model');
    expect(await listed()).toMatchObject({ stale: 0, modelProblem: { code: 'not_found' } });
    await expect(find({ text: 'camera', collection: 'second' })).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
    const found = await find({ text: 'camera', mode: 'text', collection: 'second' });
    expect(found.results.map(({ row }) => row)).toEqual([4]);
    expect((await find({ text: '', like: { plus: ['4'] }, collection: 'second' })).results).toHaveLength(5);
  });
});
