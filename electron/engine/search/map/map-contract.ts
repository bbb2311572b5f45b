import { z } from 'zod';
import { call } from '../../../../shared/wire.ts';
import type { Nearest } from '../labels/nearest-mean.ts';
import type { Topic } from './topics.ts';

const numbers = z.custom<Float32Array>((value) => value instanceof Float32Array);
const wholes = z.custom<Int32Array>((value) => value instanceof Int32Array);

/** Where documents lie, two numbers each, and the topics they form. */
export interface Projected {
  readonly positions: Float32Array;
  readonly topics: readonly Topic[];
  /** The topic of each document, by its place in `topics`; -1 between topics. */
  readonly topicOf: Int32Array;
}

/** Every call between the engine and the worker that lays out maps. */
export const mapContract = {
  map: {
    /** Lays out all vectors, one after the other. */
    project: call(z.object({ vectors: numbers, dimensions: z.number().int() })).returns<Projected>(),
    /** The positions of new vectors among those that lie already, which stay where they are, and the topics that these are of. */
    place: call(
      z.object({
        vectors: numbers,
        positions: numbers,
        topics: wholes,
        added: numbers,
        dimensions: z.number().int(),
      }),
    ).returns<Pick<Projected, 'positions' | 'topicOf'>>(),
    /** Pairs of vectors of a cosine similarity or more, by their places. */
    nearPairs: call(
      z.object({ vectors: numbers, dimensions: z.number().int(), near: z.number() }),
    ).returns<Int32Array>(),
    /** How near each vector is to others, as a mean cosine similarity. */
    nearnessToOthers: call(
      z.object({ vectors: numbers, dimensions: z.number().int(), nearest: z.number().int() }),
    ).returns<Float32Array>(),
    /** The nearest label of every vector, by those that have one. */
    nearestLabels: call(
      z.object({
        vectors: numbers,
        dimensions: z.number().int(),
        labels: wholes,
        count: z.number().int(),
      }),
    ).returns<readonly Nearest[]>(),
  },
};
