import { describe, expect, test } from 'vitest';
import { joining } from '../../electron/engine/search/map/joining.ts';
import { nearPairs } from '../../electron/engine/search/map/near-pairs.ts';
import { similarityOf } from '../../electron/engine/search/map/similarity.ts';

const dimensions = 40;

/** Clusters of 40 nearly equal vectors, one beside each cluster that is near to its middle, and others anywhere. */
function clustered(clusters: number, others: number): Float32Array {
  let state = 3;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const any = () => Float64Array.from({ length: dimensions }, () => random() - 0.5);
  const moved = (from: Float64Array, by: number) => {
    const step = any();
    return from.map((value, at) => value + by * (step[at] as number));
  };
  const middles = Array.from({ length: clusters }, any);
  const vectors = [
    ...middles.flatMap((middle) => Array.from({ length: 40 }, () => moved(middle, 0.01))),
    ...Array.from({ length: others }, any),
    ...middles.map((middle) => moved(middle, 0.3)),
  ];
  return Float32Array.from(vectors.flatMap((vector) => [...vector]));
}

/** For each vector the first that belongs with it. */
function groupsBy(count: number, pairs: Iterable<readonly [number, number]>): number[] {
  const { join, root } = joining(count);
  for (const [one, other] of pairs) join(one, other);
  const first = new Map<number, number>();
  return Array.from({ length: count }, (_, at) => {
    if (!first.has(root(at))) first.set(root(at), at);
    return first.get(root(at)) as number;
  });
}

function* allNear(vectors: Float32Array, near: number): Iterable<readonly [number, number]> {
  const count = vectors.length / dimensions;
  const similarity = similarityOf(vectors, dimensions);
  for (let one = 0; one < count; one++)
    for (let other = 0; other < one; other++) if (similarity(one, other) >= near) yield [one, other];
}

function* pairsOf(found: Int32Array): Iterable<readonly [number, number]> {
  for (let at = 0; at < found.length; at += 2) yield [found[at] as number, found[at + 1] as number];
}

describe('pairs that are near', () => {
  const vectors = clustered(20, 1500);
  const count = vectors.length / dimensions;

  test.each([0.999, 0.95, 0.9, 0.5, 0, -1])(
    'of a similarity of %d join what comparing each with each joins',
    (near) => {
      const found = nearPairs(vectors, dimensions, near);
      expect(groupsBy(count, pairsOf(found))).toEqual(groupsBy(count, allNear(vectors, near)));
      expect(found.length / 2).toBeLessThan(count);
    },
  );

  test('of one vector, and of none, are none', () => {
    expect(nearPairs(new Float32Array([1, 0]), 2, 0.9)).toEqual(new Int32Array());
    expect(nearPairs(new Float32Array(), 2, 0.9)).toEqual(new Int32Array());
  });

  test('keep the order of magnitude of vectors out of it', () => {
    expect(nearPairs(new Float32Array([1e-20, 0, 1e20, 1e18, 0, 1]), 2, 0.95)).toEqual(
      new Int32Array([0, 1]),
    );
  });
});
