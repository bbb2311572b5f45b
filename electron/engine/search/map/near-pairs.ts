import { joining } from './joining.ts';
import { similarityBound, similarityOf } from './similarity.ts';

/** More than what angles of double precision differ by. */
const rounding = 1e-6;

/**
 * Pairs of vectors whose cosine similarity is `near` or more, by their places, two numbers for each pair: as many as join
 * all that belong together, over others or not. Every pair is decided, none by chance; every vector has a direction.
 * Method: angles are a metric, so only vectors that are as far from a pivot, give or take the angle sought, can be near
 * one another; Micó, Oncina and Vidal 1994, "A new version of the nearest-neighbour approximating and eliminating search".
 */
export function nearPairs(vectors: Float32Array, dimensions: number, near: number): Int32Array {
  const count = vectors.length / dimensions;
  const similarity = similarityOf(vectors, dimensions);
  const compare = comparing(vectors, dimensions, near);
  const reach = angleOf(near) + rounding;
  const cells = cellsOf(count, similarity);
  cells.pivots.forEach((pivot, cell) => {
    const angle = (at: number) => angleOf(similarity(pivot, at));
    const members = sortedBy(cells.of, cell, angle);
    for (let one = 0; one < count; one++) {
      // Those of earlier cells were compared there.
      if ((cells.of[one] as number) < cell) continue;
      const from = angle(one);
      for (let at = firstNotBelow(members.angles, from - reach); at < members.places.length; at++) {
        if ((members.angles[at] as number) > from + reach) break;
        compare.pair(one, members.places[at] as number);
      }
    }
  });
  return Int32Array.from(compare.found);
}

const angleOf = (similarity: number) => Math.acos(Math.max(-1, Math.min(1, similarity)));

/** Takes note of two that are near, unless they are joined over others already. */
function comparing(vectors: Float32Array, dimensions: number, near: number) {
  const similarity = similarityOf(vectors, dimensions);
  const canBe = similarityBound(vectors, dimensions, near);
  const { join, root } = joining(vectors.length / dimensions);
  const found: number[] = [];
  const pair = (one: number, other: number) => {
    if (root(one) === root(other) || !canBe(one, other) || similarity(one, other) < near) return;
    join(one, other);
    found.push(one, other);
  };
  return { pair, found };
}

/** Some of the vectors, each the least like those before it, and for each vector which of these is nearest. */
function cellsOf(count: number, similarity: (one: number, other: number) => number) {
  const size = Math.min(count, Math.ceil(Math.sqrt(count)));
  const of = new Int32Array(count);
  const most = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const pivots: number[] = [];
  for (let pivot = 0; pivots.length < size; pivot = most.indexOf(least(most))) {
    for (let at = 0; at < count; at++) {
      const similar = similarity(pivot, at);
      if (similar > (most[at] as number)) [of[at], most[at]] = [pivots.length, similar];
    }
    pivots.push(pivot);
  }
  return { pivots, of };
}

const least = (numbers: Float64Array) => numbers.reduce((one, other) => Math.min(one, other));

/** The places of a cell, and their angles, from the least on. */
function sortedBy(cellOf: Int32Array, cell: number, angle: (at: number) => number) {
  const members: [place: number, angle: number][] = [];
  cellOf.forEach((of, place) => {
    if (of === cell) members.push([place, angle(place)]);
  });
  members.sort(([, one], [, other]) => one - other);
  return {
    places: Int32Array.from(members, ([place]) => place),
    angles: Float64Array.from(members, ([, of]) => of),
  };
}

/** Where the first number of a rising list is that is not below another. */
function firstNotBelow(numbers: Float64Array, least: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((numbers[middle] as number) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}
