import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { problem } from '../../../../shared/problem.ts';
import type { LoadableModel } from './model-files.ts';
import type { Tokens } from './tokens.ts';

/** What graphs call their outputs, first the usual. */
const usualOutputs: Readonly<Record<LoadableModel['pooling'], readonly string[]>> = {
  mean: ['last_hidden_state', 'token_embeddings'],
  cls: ['last_hidden_state', 'token_embeddings'],
  none: ['sentence_embedding'],
};

/** What a graph may ask for: token numbers, which of them are text, which sentence they are of, and their places. */
const inputs: Readonly<Record<string, (batch: readonly Tokens[], width: number) => BigInt64Array>> = {
  input_ids: (batch, width) => filled(batch, width, (ids, tokens, at) => ids.set(tokens.map(BigInt), at)),
  attention_mask: (batch, width) =>
    filled(batch, width, (mask, { length }, at) => mask.fill(1n, at, at + length)),
  token_type_ids: (batch, width) => filled(batch, width, () => {}),
  position_ids: (batch, width) =>
    filled(batch, width, (places, _, at) => {
      for (let place = 0; place < width; place++) places[at + place] = BigInt(place);
    }),
};

function filled(
  batch: readonly Tokens[],
  width: number,
  fill: (all: BigInt64Array, tokens: Tokens, at: number) => void,
): BigInt64Array {
  const all = new BigInt64Array(batch.length * width);
  for (const [row, tokens] of batch.entries()) fill(all, tokens, row * width);
  return all;
}

/** The vectors of a batch, one after the other. */
export type SentenceVectors = (batch: readonly Tokens[]) => Promise<Float32Array>;

/** Asks a graph as its model says; what it cannot be asked is told at once. */
export function sentenceVectors(session: InferenceSession, model: LoadableModel): SentenceVectors {
  const output = outputOf(session, model);
  const asked = inputsOf(session, model);
  return async (batch) => {
    const width = Math.max(...batch.map(({ length }) => length));
    const shape = [batch.length, width];
    const feeds = asked.map(([name, numbers]) => [name, new Tensor('int64', numbers(batch, width), shape)]);
    const found = (await session.run(Object.fromEntries(feeds), [output]))[output];
    const numbers = numbersOf(found, model, model.pooling === 'none' ? [batch.length] : shape);
    const vectors = pooled(numbers, model, batch, width);
    if (model.normalise) makeLengthOne(vectors, model.description.dimensions);
    return vectors;
  };
}

function outputOf({ outputNames }: InferenceSession, model: LoadableModel): string {
  const named = model.output === undefined ? usualOutputs[model.pooling] : [model.output];
  const found = named.find((name) => outputNames.includes(name));
  const only = model.output === undefined && outputNames.length === 1 ? outputNames[0] : undefined;
  if (found ?? only) return (found ?? only) as string;
  throw unfit(model, `has no output ${named.join(' or ')}: it has ${outputNames.join(', ')}`);
}

function inputsOf({ inputNames }: InferenceSession, model: LoadableModel) {
  return inputNames.map((name) => {
    const numbers = inputs[name];
    if (numbers) return [name, numbers] as const;
    throw unfit(model, `asks for "${name}", which a sentence encoder of texts does not need`);
  });
}

/** The numbers of an output, once they are of the shape that the model is described with. */
function numbersOf(found: Tensor | undefined, model: LoadableModel, before: readonly number[]): Float32Array {
  const { dimensions } = model.description;
  if (!(found?.data instanceof Float32Array)) {
    throw unfit(model, `gives numbers of type ${found?.type ?? 'none'}, not float32`);
  }
  const { dims } = found;
  const [last] = dims.slice(-1);
  if (dims.length !== before.length + 1) {
    const instead = model.pooling === 'none' ? 'mean or cls' : 'none';
    throw unfit(
      model,
      `gives ${dims.length} dimensions with pooling ${model.pooling}: pooling is ${instead}`,
    );
  }
  if (last === dimensions) return found.data;
  throw unfit(model, `gives vectors of ${last} dimensions, and is described with ${dimensions}`);
}

const unfit = ({ description, hint, graph }: LoadableModel, why: string) =>
  problem('bad_input', `The graph of the model "${description.id}" ${why}.`, { hint, at: { file: graph } });

/** One vector for each text: the graph's own, its first token's, or the mean of its tokens'. */
function pooled(
  numbers: Float32Array,
  { pooling, description: { dimensions } }: LoadableModel,
  batch: readonly Tokens[],
  width: number,
): Float32Array {
  if (pooling === 'none') return numbers;
  const vectors = new Float32Array(batch.length * dimensions);
  batch.forEach(({ length }, row) => {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    const used = pooling === 'cls' ? 1 : Math.max(1, length);
    for (let token = 0; token < used; token++) {
      const from = (row * width + token) * dimensions;
      for (let at = 0; at < dimensions; at++)
        vector[at] = (vector[at] as number) + (numbers[from + at] as number) / used;
    }
  });
  return vectors;
}

function makeLengthOne(vectors: Float32Array, dimensions: number): void {
  for (let from = 0; from < vectors.length; from += dimensions) {
    const vector = vectors.subarray(from, from + dimensions);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
    for (let at = 0; at < dimensions; at++) vector[at] = (vector[at] as number) / length;
  }
}
