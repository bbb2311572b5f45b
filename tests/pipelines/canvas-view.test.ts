import { expect, test } from 'vitest';
import { cornerForMap, firstView } from '../../renderer/graph/first-view.ts';
import type { GraphBox } from '../../renderer/graph/graph.ts';

const boxesAt = (...places: readonly (readonly [number, number])[]) =>
  places.map((position, at) => ({ id: String(at), position }) as unknown as GraphBox);
const map = { width: 132, height: 84 };

test('a map is shown only for a graph that does not fit, in a corner without a step', () => {
  const few = boxesAt([0, 0], [240, 0]);
  expect(cornerForMap(few, firstView(few, 800, 400), 800, map)).toBeUndefined();
  const row = boxesAt([0, 0], [240, 0], [480, 0], [720, 0], [960, 0]);
  expect(cornerForMap(row, firstView(row, 800, 400), 800, map)).toBe('bottom-right');
  const below = { x: 0, y: 320, zoom: 1, height: 400 };
  expect(cornerForMap(row, below, 800, map)).toBe('top-right');
  const all = boxesAt([0, 0], [600, 0], [600, 320], [960, 0]);
  expect(cornerForMap(all, { x: 0, y: 0, zoom: 1, height: 400 }, 800, map)).toBeUndefined();
});

test('steps are never drawn too small to read', () => {
  expect(firstView(boxesAt([0, 0], [4000, 2000]), 600, 300).zoom).toBe(0.9);
});
