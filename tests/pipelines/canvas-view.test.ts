import { expect, test } from 'vitest';
import { cornerForMap, firstView, isOutOfSight, wholeView } from '../../renderer/graph/first-view.ts';
import type { GraphBox } from '../../renderer/graph/graph.ts';
import { boxHeight, boxWidth, placesOf } from '../../shared/place-steps.ts';
import { pipelineOf } from './open-shop.ts';

const boxesAt = (...places: readonly (readonly [number, number])[]) =>
  places.map((position, at) => ({ id: String(at), position }) as unknown as GraphBox);
const map = { width: 132, height: 84 };

test('a map is shown only for a graph that does not fit, in a corner without a step, or at the lower right where most are out of sight', () => {
  const few = boxesAt([0, 0], [240, 0]);
  expect(cornerForMap(few, firstView(few, 800, 400), 800, map)).toBeUndefined();
  const row = boxesAt([0, 0], [240, 0], [480, 0], [720, 0], [960, 0]);
  expect(cornerForMap(row, firstView(row, 800, 400), 800, map)).toBe('bottom-right');
  const below = { x: 0, y: 320, zoom: 1, height: 400 };
  expect(cornerForMap(row, below, 800, map)).toBe('top-right');
  const all = boxesAt([0, 0], [600, 0], [600, 320], [960, 0]);
  expect(cornerForMap(all, { x: 0, y: 0, zoom: 1, height: 400 }, 800, map)).toBeUndefined();
  const many = boxesAt(
    ...[0, 240, 480, 720, 960, 1200].flatMap((x) =>
      [0, 80, 160, 240, 320, 400, 480].map((y) => [x, y] as const),
    ),
  );
  expect(cornerForMap(many, { x: 0, y: 0, zoom: 1, height: 400 }, 800, map)).toBe('bottom-right');
});

test('a graph is first seen so that it can be read, and as a whole where that is asked for', () => {
  const far = boxesAt([0, 0], [4000, 2000]);
  expect(firstView(far, 600, 300).zoom).toBe(0.9);
  const seen = wholeView(far, 600, 300);
  const [right, bottom] = [seen.x + (4000 + boxWidth) * seen.zoom, seen.y + (2000 + boxHeight) * seen.zoom];
  expect([right < 576.01, bottom < 276.01, seen.x >= 24, seen.y >= 24]).toEqual(Array(4).fill(true));
  const row = boxesAt([0, 0], [600, 0]);
  expect(wholeView(row, 640, 300).zoom).toBeCloseTo(592 / 792);
});

test('a graph is out of sight where none of its steps is seen', () => {
  const two = boxesAt([0, 0], [240, 0]);
  const at = (x: number, y: number) => isOutOfSight(two, { x, y, zoom: 1 }, 800, 400);
  expect([at(0, 0), at(-300, 0), at(-600, 0), at(0, 401), at(900, 0)]).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
  expect(isOutOfSight([], { x: 0, y: 0, zoom: 1 }, 800, 400)).toBe(false);
});

test('steps that a file gives no place stand free of those it places', () => {
  const pipeline = {
    ...pipelineOf([
      { id: 'orders', kind: 'source', params: { table: 'orders' } },
      { id: 'kept', kind: 'filter', inputs: ['orders'], params: { condition: 'true' } },
      { id: 'sorted', kind: 'sort', inputs: ['orders'], params: {} },
      { id: 'dropped', kind: 'sort', inputs: ['kept.rejects'], params: {} },
      { id: 'alone', kind: 'source', params: { table: 'orders' } },
    ]),
    layout: { orders: [0, 0], kept: [268, 0] },
  } satisfies Parameters<typeof placesOf>[0];
  expect(placesOf(pipeline)).toEqual({
    orders: [0, 0],
    kept: [268, 0],
    sorted: [268, 94],
    dropped: [536, 94],
    alone: [0, 188],
  });
});
