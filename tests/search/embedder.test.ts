import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { appFile } from '../../electron/engine/app-files.ts';
import { builtInModel } from '../../electron/engine/search/model/built-in-model.ts';
import { bundledEmbedder, openEmbedder } from '../../electron/engine/search/model/embedder.ts';
import { encoder } from '../../electron/engine/search/model/tokens.ts';
import { scratchFolder } from '../open-test-engine.ts';

const modelDir = appFile('dist/assets/model');
const embedder = bundledEmbedder();
afterAll(() => embedder.close());

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

const sentences = ['The weather is lovely today.', "It's so sunny outside!", 'He drove to the stadium.'];

describe('the vectors', () => {
  test('have the similarities that the model was published with', async () => {
    // Source: sentence-transformers documentation, "Quickstart".
    const [weather, sunny, stadium] = (await embedder.embed(sentences)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    expect(Math.abs(dot(weather, sunny) - 0.666)).toBeLessThan(0.002);
    expect(Math.abs(dot(weather, stadium) - 0.1046)).toBeLessThan(0.002);
    expect(Math.abs(dot(sunny, stadium) - 0.1411)).toBeLessThan(0.002);
  });

  test('have 384 dimensions and length 1', async () => {
    const [vector] = (await embedder.embed(['refund'])) as [Float32Array];
    expect(vector.length).toBe(384);
    expect(Math.sqrt(dot(vector, vector))).toBeCloseTo(1, 5);
  });

  test('do not depend on what else is embedded, nor in which order', async () => {
    const others = Array.from({ length: 70 }, (_, at) => 'parcel '.repeat((at * 7) % 90) + at);
    const together = await embedder.embed([...others, ...sentences]);
    const alone = await embedder.embed([sentences[1] as string]);
    expect(dot(together[71] as Float32Array, alone[0] as Float32Array)).toBeGreaterThan(0.999_99);
  });

  test('exist for texts without words, of any script and of any length', async () => {
    const vectors = await embedder.embed([
      '',
      ' ',
      '数据质量',
      '🦉',
      '\u0000\ud800',
      'long '.repeat(50_000),
      'x'.repeat(100_000),
    ]);
    for (const vector of vectors) expect(Math.sqrt(dot(vector, vector))).toBeCloseTo(1, 5);
  });
});

describe('the tokens', () => {
  test('are cut at 256 with the closing one kept', async () => {
    const encode = encoder(await readFile(join(modelDir, 'tokenizer.json'), 'utf8'), 256);
    expect(encode('hello world')).toEqual([101, 7592, 2088, 102]);
    const long = encode('hello '.repeat(3000));
    expect([long.length, long[0], long[254], long[255]]).toEqual([256, 101, 7592, 102]);
  });

  test('of a long text are those of its beginning', async () => {
    const tokenizer = await readFile(join(modelDir, 'tokenizer.json'), 'utf8');
    const text = `${'the quick brown '.repeat(10)}${'spaces            '.repeat(400)}and unbelievably more`;
    expect(encoder(tokenizer, 256)(text).slice(0, 255)).toEqual(
      encoder(tokenizer, 100_000)(text).slice(0, 255),
    );
  });
});

describe('the engine', () => {
  test('keeps answering while texts are embedded', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    await embedder.embed(
      Array.from({ length: 300 }, (_, at) => `ticket ${at}: ${'slow delivery and no answer '.repeat(12)}`),
    );
    clearInterval(timer);
    // Computed on this thread, each of the ten batches would let one tick through.
    expect(ticks).toBeGreaterThan(50);
  });

  test('stops embedding at once when cancelled', async () => {
    const abort = new AbortController();
    const texts = Array.from({ length: 2000 }, (_, at) => `order ${at} ${'never arrived '.repeat(40)}`);
    const work = embedder.embed(texts, { signal: abort.signal });
    setTimeout(() => abort.abort(), 200);
    const began = performance.now();
    await expect(work).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    expect(performance.now() - began).toBeLessThan(1500);
  });

  test.each(['model.onnx', 'tokenizer.json'])('refuses a damaged %s', async (name) => {
    const dir = join(await scratchFolder(), 'model');
    await cp(modelDir, dir, { recursive: true });
    const bytes = await readFile(join(dir, name));
    bytes[100_000] = (bytes[100_000] ?? 0) ^ 1;
    await writeFile(join(dir, name), bytes);
    const damaged = openEmbedder(() => builtInModel(dir), 1);
    await expect(damaged.embed(['a'])).rejects.toMatchObject({
      problem: { code: 'disk', message: expect.stringMatching(/damaged/) },
    });
    await damaged.close();
  });

  test('refuses a missing model', async () => {
    const dir = await scratchFolder();
    const missing = openEmbedder(() => builtInModel(join(dir, 'nowhere')), 1);
    await expect(missing.embed(['a'])).rejects.toMatchObject({ problem: { code: 'not_found' } });
    await missing.close();
  });
});
