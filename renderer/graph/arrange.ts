import { Graph, layout } from '@dagrejs/dagre';
import { boxHeight, boxWidth, type Position } from './graph.ts';

const grid = 8;
const onGrid = (value: number) => Math.round(value / grid) * grid;

/** Places boxes from left to right in the order of their edges, with few crossings. */
export function arrange(
  ids: readonly string[],
  edges: readonly (readonly [from: string, to: string])[],
): Readonly<Record<string, Position>> {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 36, ranksep: 60 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { width: boxWidth, height: boxHeight });
  for (const [from, to] of edges) {
    if (ids.includes(from) && ids.includes(to)) graph.setEdge(from, to);
  }
  layout(graph);
  return Object.fromEntries(
    ids.map((id) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, [onGrid(x - boxWidth / 2), onGrid(y - boxHeight / 2)]];
    }),
  );
}
