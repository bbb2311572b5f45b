import { Graph, layout } from '@dagrejs/dagre';
import type { Pipeline } from './contract/pipelines.ts';
import { sourcesOf } from './pipeline-graph.ts';

/** Where a box stands, from its upper left corner. */
export type Position = readonly [x: number, y: number];

/** How wide every box is, in pixels. */
export const boxWidth = 192;

/** How high every box is, in pixels. */
export const boxHeight = 54;

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

/** Steps with a place of their own, the others arranged beside. */
export const placesOf = (pipeline: Pipeline): Readonly<Record<string, Position>> =>
  pipeline.steps.every(({ id }) => pipeline.layout[id])
    ? pipeline.layout
    : { ...arrangedSteps(pipeline), ...pipeline.layout };
