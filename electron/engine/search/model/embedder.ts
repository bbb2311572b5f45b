import { availableParallelism } from 'node:os';
import { problem } from '../../../../shared/problem.ts';
import { appFile } from '../../app-files.ts';
import { builtInModel } from './built-in-model.ts';
import { EmbeddingPool } from './embedding-pool.ts';
import type { Endpoint } from './endpoint-manifest.ts';
import type { LoadableModel, ModelDescription } from './model-files.ts';
import { readTokenCount, type TokenCount } from './token-count.ts';

/** Texts that go to a worker at once. */
const batchSize = 32;

/** More workers cost memory (about 100 MB each) for less and less speed. */
const mostWorkers = 4;

export interface EmbedOptions {
  /** Some models read questions and documents differently; documents where nothing is said. */
  readonly as?: 'query' | 'document';
  readonly signal?: AbortSignal;
  /** Told the number of texts done so far. */
  readonly onProgress?: (done: number) => void;
  /** Told when the last texts are with a thread: others may be brought. */
  readonly onTaken?: () => void;
  /** Told each vector as it comes, by the place of its text: what came before a failure is worth keeping. */
  readonly onVector?: (at: number, vector: Float32Array) => void;
}

/** Turns texts into vectors, on threads of its own. */
export interface Embedder {
  /** What the model is; reads no weights. */
  describe(): Promise<ModelDescription>;
  /** The language that the model was made for, where that is one. */
  language(): Promise<string | undefined>;
  /** Where texts are sent; undefined where they stay on this computer. */
  endpoint(): Promise<Endpoint | undefined>;
  /** Texts that are saved together, where fewer than usual: what is asked for far away is slow, and paid for. */
  readonly savedAtOnce?: number;
  /** Loads the model, so that what is wrong with it is told before anything is made of it. */
  check(): Promise<void>;
  /** One vector for each text, in their order. A text's vector does not depend on the others. */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>;
  /** Counts the model's tokens; reads its vocabulary at the first call. */
  tokens(): Promise<TokenCount>;
  /** Stops the threads. They start again when needed. */
  close(): Promise<void>;
}

/** An embedder for a model; nothing is read of it before it is asked for something. */
export function openEmbedder(
  model: () => Promise<LoadableModel>,
  workers = Math.min(mostWorkers, availableParallelism()),
): Embedder {
  let known: Promise<LoadableModel> | undefined;
  const read = () => {
    known ??= model().catch((thrown: unknown) => {
      known = undefined;
      throw thrown;
    });
    return known;
  };
  const pool = new EmbeddingPool(read, workers);
  const batches = { most: pool.most, batch: batchSize, embed: pool.embed.bind(pool) };
  let tokens: Promise<TokenCount> | undefined;
  return {
    describe: async () => (await read()).description,
    language: async () => (await read()).language,
    endpoint: async () => undefined,
    check: async () => void (await pool.embed([''])),
    tokens: () => {
      tokens ??= read().then(({ tokenizer }) => readTokenCount(tokenizer));
      return tokens;
    },
    async embed(texts, options = {}) {
      const prefix = (await read()).prefixes[options.as ?? 'document'];
      return embedSorted(batches, prefix === '' ? texts : texts.map((text) => prefix + text), options);
    },
    close: () => pool.close(),
  };
}

let bundled: Embedder | undefined;

/** The embedder of the model that ships with the app, one for the whole process. */
export function bundledEmbedder(): Embedder {
  bundled ??= openEmbedder(() => builtInModel(appFile('dist/assets/model')));
  return bundled;
}

/** What computes batches of texts, so many at one time. */
export interface Batches {
  readonly most: number;
  /** Texts of one batch. */
  readonly batch: number;
  /** Their vectors, one after the other. */
  embed(texts: readonly string[]): Promise<Float32Array>;
}

/** Batches of similar length waste the least padding; the longest go first, so that no thread ends late. */
export async function embedSorted(
  pool: Batches,
  texts: readonly string[],
  { signal, onProgress, onTaken, onVector }: EmbedOptions = {},
): Promise<Float32Array[]> {
  const vectors = new Array<Float32Array>(texts.length);
  const lengths = texts.map(({ length }) => length);
  const order = texts.map((_, at) => at).sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
  let taken = 0;
  let done = 0;
  const lane = async () => {
    while (taken < order.length && !signal?.aborted) {
      const places = order.slice(taken, taken + pool.batch);
      taken += places.length;
      if (taken === order.length) onTaken?.();
      const all = await pool.embed(places.map((at) => texts[at] ?? ''));
      const size = all.length / places.length;
      places.forEach((at, row) => {
        const vector = all.subarray(row * size, (row + 1) * size);
        vectors[at] = vector;
        onVector?.(at, vector);
      });
      done += places.length;
      if (!signal?.aborted) onProgress?.(done);
    }
  };
  await unlessAborted(Promise.all(Array.from({ length: pool.most }, lane)), signal);
  return vectors;
}

/** Waits for work no longer than until it is cancelled. */
async function unlessAborted(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  let giveUp = () => {};
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(problem('cancelled', 'Cancelled.'));
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
  });
  work.catch(() => {});
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}
