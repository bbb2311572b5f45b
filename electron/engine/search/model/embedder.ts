import { availableParallelism } from 'node:os';
import { problem } from '../../../../shared/problem.ts';
import { appFile } from '../../app-files.ts';
import { EmbeddingPool } from './embedding-pool.ts';
import { type ModelDescription, readDescription } from './model-files.ts';
import { readTokenCount, type TokenCount } from './token-count.ts';

/** Texts that go to a worker at once. */
const batchSize = 32;

/** More workers cost memory (about 100 MB each) for less and less speed. */
const mostWorkers = 4;

export interface EmbedOptions {
  readonly signal?: AbortSignal;
  /** Told the number of texts done so far. */
  readonly onProgress?: (done: number) => void;
}

/** Turns texts into vectors, on threads of its own. */
export interface Embedder {
  /** What the model is; reads no weights. */
  describe(): Promise<ModelDescription>;
  /** One vector of length 1 for each text, in their order. A text's vector does not depend on the others. */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>;
  /** Counts the model's tokens; reads its vocabulary at the first call. */
  tokens(): Promise<TokenCount>;
  /** Stops the threads. They start again when needed. */
  close(): Promise<void>;
}

/** An embedder for a model's folder; nothing is loaded before the first text. */
export function openEmbedder(dir: string, workers = Math.min(mostWorkers, availableParallelism())): Embedder {
  const pool = new EmbeddingPool(dir, workers);
  let tokens: Promise<TokenCount> | undefined;
  let description: Promise<ModelDescription> | undefined;
  return {
    describe: () => {
      description ??= readDescription(dir).catch((cause: unknown) => {
        description = undefined;
        throw problem('not_found', `The embedding model is missing in ${dir}.`, {
          hint: 'Install Assay again, or build it again.',
          cause,
        });
      });
      return description;
    },
    tokens: () => {
      tokens ??= readTokenCount(dir);
      return tokens;
    },
    embed: (texts, options) => embedSorted(pool, texts, options),
    close: () => pool.close(),
  };
}

let bundled: Embedder | undefined;

/** The embedder of the model that ships with the app, one for the whole process. */
export function bundledEmbedder(): Embedder {
  bundled ??= openEmbedder(appFile('dist/assets/model'));
  return bundled;
}

/** Batches of similar length waste the least padding; the longest go first, so that no thread ends late. */
async function embedSorted(
  pool: EmbeddingPool,
  texts: readonly string[],
  { signal, onProgress }: EmbedOptions = {},
): Promise<Float32Array[]> {
  const vectors = new Array<Float32Array>(texts.length);
  const lengths = texts.map(({ length }) => length);
  const order = texts.map((_, at) => at).sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
  let taken = 0;
  let done = 0;
  const lane = async () => {
    while (taken < order.length && !signal?.aborted) {
      const places = order.slice(taken, taken + batchSize);
      taken += places.length;
      const all = await pool.embed(places.map((at) => texts[at] ?? ''));
      const size = all.length / places.length;
      places.forEach((at, row) => {
        vectors[at] = all.subarray(row * size, (row + 1) * size);
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
