import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { problem } from '../../../../shared/problem.ts';
import { type ModelDescription, modelFiles, readDescription } from './model-files.ts';
import { type Encode, encoder } from './tokens.ts';

/** Padding included; keeps a batch of long texts within some tens of megabytes. */
const tokensAtOnce = 4096;

const hint = 'Install Assay again, or build it again.';

/** A loaded model. `embed` blocks its thread while it computes: use it in a worker. */
export interface EmbeddingSession {
  readonly description: ModelDescription;
  /** The vectors of the texts, one after the other. Texts of similar length cost the least padding. */
  embed(texts: readonly string[]): Promise<Float32Array>;
}

/** Loads a model's folder after checking that the file is the one that was built. */
export async function loadSession(dir: string): Promise<EmbeddingSession> {
  const files = modelFiles(dir);
  const description = await readDescription(dir).catch((cause: unknown) => {
    throw problem('not_found', `The embedding model is missing in ${dir}.`, { hint, cause });
  });
  const model = await readFile(files.model);
  if (createHash('sha256').update(model).digest('hex') !== description.sha256) {
    throw problem('disk', 'The embedding model is damaged: its checksum differs.', {
      hint,
      at: { file: files.model },
    });
  }
  const encode = encoder(await readFile(files.tokenizer, 'utf8'), description.maxTokens);
  const session = await InferenceSession.create(model, await optionsForThisProcessor(files.overflow));
  return { description, embed: (texts) => embed(session, encode, description.dimensions, texts) };
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
 * the exact one, at half the speed, so that vectors are the same everywhere.
 */
async function optionsForThisProcessor(overflowFile: string): Promise<InferenceSession.SessionOptions> {
  const session = await InferenceSession.create(overflowFile, oneThread);
  const [rows, columns] = [4, 64];
  const highest = new Tensor('int64', new BigInt64Array(rows * columns).fill(255n), [rows, columns]);
  const { product } = await session.run({ input: highest });
  await session.release();
  const exact = product?.data[0] === columns * 255 * 127;
  return exact ? oneThread : { ...oneThread, extra: { session: { x64quantprecision: '1' } } };
}

async function embed(
  session: InferenceSession,
  encode: Encode,
  dimensions: number,
  texts: readonly string[],
): Promise<Float32Array> {
  const vectors = new Float32Array(texts.length * dimensions);
  let done = 0;
  for (const batch of batches(texts.map(encode))) {
    vectors.set(await run(session, batch), done * dimensions);
    done += batch.length;
  }
  return vectors;
}

type Tokens = readonly number[];

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

async function run(session: InferenceSession, batch: readonly Tokens[]): Promise<Float32Array> {
  const longest = Math.max(...batch.map(({ length }) => length));
  const ids = new BigInt64Array(batch.length * longest);
  const mask = new BigInt64Array(batch.length * longest);
  batch.forEach((tokens, row) => {
    ids.set(tokens.map(BigInt), row * longest);
    mask.fill(1n, row * longest, row * longest + tokens.length);
  });
  const shape = [batch.length, longest];
  const { sentence_embedding: output } = await session.run({
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
  });
  if (!(output?.data instanceof Float32Array)) throw problem('bug', 'The embedding model gave no vectors.');
  return output.data;
}
