import { Graph, layout } from '@dagrejs/dagre';
import type { Pipeline } from './contract/pipelines.ts';
import { inOrder, parseRef, type StepRef, sourcesOf } from './pipeline-graph.ts';

/** Where a box stands, from its upper left corner. */
export type Position = readonly [x: number, y: number];

/** How wide every box is, in pixels. */
export const boxWidth = 192;

/** How high every box is, in pixels. */
export const boxHeight = 54;

const gapX = 76;
const gapY = 40;
const grid = 8;
const onGrid = (value: number) => Math.round(value / grid) * grid;

/** Places steps from left to right in the order of their edges, with few crossings. */
export function arrangedSteps({ steps }: Pick<Pipeline, 'steps'>): Readonly<Record<string, Position>> {
  const ids = steps.map(({ id }) => id);
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 36, ranksep: 60 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { width: boxWidth, height: boxHeight });
  for (const step of steps) {
    for (const from of sourcesOf(step)) if (ids.includes(from)) graph.setEdge(from, step.id);
  }
  layout(graph);
  return Object.fromEntries(
    ids.map((id) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, [onGrid(x - boxWidth / 2), onGrid(y - boxHeight / 2)]];
    }),
  );
}

/** Steps with a place of their own where they are; others, as those written into a file by hand, free of them beside what they read. */
export function placesOf(pipeline: Pipeline): Readonly<Record<string, Position>> {
  const { steps, layout: own } = pipeline;
  if (!steps.some(({ id }) => own[id])) return arrangedSteps(pipeline);
  const places: Record<string, Position> = { ...own };
  for (const step of inOrder(steps).ordered) {
    const [input] = step.inputs;
    places[step.id] ??= freePlace(places, input === undefined ? undefined : parseRef(input));
  }
  for (const { id } of steps) places[id] ??= freePlace(places, undefined);
  return places;
}

/** A place that no box covers: right of the step that a new one reads, or below everything. */
export function freePlace(places: Readonly<Record<string, Position>>, after: StepRef | undefined): Position {
  const taken = Object.values(places);
  const start = after && places[after.step];
  if (!start) return [0, taken.length === 0 ? 0 : Math.max(...taken.map(([, y]) => y)) + boxHeight + gapY];
  const x = start[0] + boxWidth + gapX;
  let y = start[1] + (after.output === 'rows' ? 0 : boxHeight + gapY);
  const isTaken = ([otherX, otherY]: Position) =>
    Math.abs(otherX - x) < boxWidth && Math.abs(otherY - y) < boxHeight + 16;
  while (taken.some(isTaken)) y += boxHeight + gapY;
  return [x, y];
}
