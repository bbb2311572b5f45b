import { type ProblemError, problem } from '../../../../shared/problem.ts';
import type { EndpointModel } from './endpoint-manifest.ts';

/** The vectors of an answer in the order of the texts; one that is not what was asked for is refused as a whole. */
export function readAnswer(model: EndpointModel, texts: number, answer: unknown): Float32Array {
  const { dimensions } = model.description;
  const list = (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(list)) throw failed(model, 'gave an answer without vectors');
  if (list.length !== texts) throw failed(model, `gave ${list.length} vectors for ${texts} texts`);
  const vectors = new Float32Array(texts * dimensions);
  const filled = new Set<number>();
  list.forEach((one: { index?: unknown; embedding?: unknown } | null, at) => {
    const place = typeof one?.index === 'number' ? one.index : at;
    if (!Number.isInteger(place) || place < 0 || place >= texts || filled.has(place))
      throw failed(model, 'gave vectors whose numbers are not those of the texts');
    filled.add(place);
    vectors.set(numbersOf(model, one?.embedding), place * dimensions);
  });
  return vectors;
}

function numbersOf(model: EndpointModel, embedding: unknown): Float32Array {
  const { dimensions } = model.description;
  if (!Array.isArray(embedding)) throw failed(model, 'gave a vector that is no list of numbers');
  if (embedding.length !== dimensions)
    throw failed(
      model,
      `gave vectors of ${embedding.length} dimensions, and is described with ${dimensions}`,
    );
  const numbers = Float32Array.from(embedding, (value) => (typeof value === 'number' ? value : Number.NaN));
  if (!numbers.every(Number.isFinite)) throw failed(model, 'gave a vector with something that is no number');
  const length = Math.hypot(...numbers);
  if (length === 0) throw failed(model, 'gave a vector of zeros, which is near to nothing');
  return model.normalise ? numbers.map((value) => value / length) : numbers;
}

/** What is told of an endpoint that does not do what it is to. */
export const failed = ({ endpoint, description, hint }: EndpointModel, how: string): ProblemError =>
  problem('server_failed', `${endpoint.origin}, which has the model "${description.id}", ${how}.`, { hint });
