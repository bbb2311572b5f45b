import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { problem } from '../../../../shared/problem.ts';
import type { LoadableModel } from './model-files.ts';
import { type SentenceVectors, sentenceVectors } from './sentence-vectors.ts';
import { type Encode, encoder, type Tokens } from './tokens.ts';

/** Padding included; keeps a batch of long texts within some tens of megabytes. */
const tokensAtOnce = 4096;

/** A loaded model. `embed` blocks its thread while it computes: use it in a worker. */
export interface EmbeddingSession {
  /** The vectors of the texts, one after the other. Texts of similar length cost the least padding. */
  embed(texts: readonly string[]): Promise<Float32Array>;
}

/**
 * Loads a model after checking that its files are those it was described with, and that its graph gives what is said of it.
 * `overflow` is the graph that tells whether this processor's fast 8-bit products overflow.
 */
export async function loadSession(model: LoadableModel, overflow: string): Promise<EmbeddingSession> {
  for (const { file, sha256 } of model.checked) await refuseDamaged(model, file, sha256);
  const encode = await readEncoder(model);
  const vectorsOf = sentenceVectors(await openGraph(model, overflow), model);
  await vectorsOf([encode('a')]);
  const { dimensions } = model.description;
  return { embed: (texts) => embed(vectorsOf, encode, dimensions, texts) };
}

async function refuseDamaged({ description, hint }: LoadableModel, file: string, sha256: string) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash).catch((cause: unknown) => {
    throw problem(
      'not_found',
      `The embedding model ${description.id} cannot be read: ${(cause as Error).message}`,
      {
        hint,
        at: { file },
        cause,
      },
    );
  });
  if (hash.digest('hex') === sha256) return;
  throw problem('disk', `The embedding model ${description.id} is damaged: its checksum differs.`, {
    hint,
    at: { file },
  });
}

async function readEncoder({ tokenizer, description, hint }: LoadableModel): Promise<Encode> {
  try {
    return encoder(await readFile(tokenizer, 'utf8'), description.maxTokens);
  } catch (cause) {
    throw problem(
      'bad_input',
      `The tokenizer of the model "${description.id}" cannot be read: ${String(cause)}`,
      {
        hint,
        at: { file: tokenizer },
        cause,
      },
    );
  }
}

async function openGraph({ graph, description, hint }: LoadableModel, overflow: string) {
  const options = { ...oneThread, ...(await exactProducts(overflow)) };
  return InferenceSession.create(graph, options).catch((cause: unknown) => {
    throw problem(
      'bad_input',
      `The model "${description.id}" cannot be loaded: ${(cause as Error).message}`,
      {
        hint,
        at: { file: graph },
        cause,
      },
    );
  });
}

/** One thread: several sessions side by side scale better than one session on several threads. */
const oneThread = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  logSeverityLevel: 3,
} as const;

/**
 * The fast 8-bit product of x64 processors without VNNI overflows (onnxruntime.ai, "Quantize ONNX models"); these take
 * the exact one, at half the speed, so that vectors are the same everywhere. `overflow` is the graph that tells.
 */
export async function exactProducts(overflow: string): Promise<InferenceSession.SessionOptions> {
  const session = await InferenceSession.create(overflow, oneThread);
  const [rows, columns] = [4, 64];
  const highest = new Tensor('int64', new BigInt64Array(rows * columns).fill(255n), [rows, columns]);
  const { product } = await session.run({ input: highest });
  await session.release();
  const exact = product?.data[0] === columns * 255 * 127;
  return exact ? {} : { extra: { session: { x64quantprecision: '1' } } };
}

async function embed(
  vectorsOf: SentenceVectors,
  encode: Encode,
  dimensions: number,
  texts: readonly string[],
): Promise<Float32Array> {
  const vectors = new Float32Array(texts.length * dimensions);
  let done = 0;
  for (const batch of batches(texts.map(encode))) {
    vectors.set(await vectorsOf(batch), done * dimensions);
    done += batch.length;
  }
  return vectors;
}

/** Cuts texts into batches that stay below the limit when padded to their longest. */
function* batches(texts: readonly Tokens[]): Generator<readonly Tokens[]> {
  let batch: Tokens[] = [];
  for (const text of texts) {
    const longest = Math.max(text.length, ...batch.map(({ length }) => length));
    if (batch.length > 0 && longest * (batch.length + 1) > tokensAtOnce) {
      yield batch;
      batch = [];
    }
    batch.push(text);
  }
  if (batch.length > 0) yield batch;
}
