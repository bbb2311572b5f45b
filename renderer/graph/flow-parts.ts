import type { MenuItem } from '../ui/menu.tsx';
import type { BoxNode } from './box.tsx';
import type { CountedEdge } from './edge.tsx';
import type { GraphBox, GraphEdge } from './graph.ts';

/** Boxes as React Flow takes them; what it measured of those that were there is kept. */
export function nodesOf(
  boxes: readonly GraphBox[],
  selected: readonly string[],
  after: (box: string, output: string) => readonly MenuItem[],
  before: readonly BoxNode[],
): BoxNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  return boxes.map((box) => ({
    ...known.get(box.id),
    id: box.id,
    type: 'box',
    position: { x: box.position[0], y: box.position[1] },
    data: { box, after: (output: string) => after(box.id, output) },
    selected: selected.includes(box.id),
    ariaLabel: [box.title, box.summary, box.says].filter(Boolean).join(', '),
  }));
}

/** Edges as React Flow takes them. */
export const edgesOf = (edges: readonly GraphEdge[], selected: readonly string[]): CountedEdge[] =>
  edges.map(({ id, from, to, count, rejects, of }) => ({
    id,
    type: 'counted',
    source: from.box,
    sourceHandle: from.output,
    target: to.box,
    targetHandle: to.port,
    data: { count, rejects, of },
    selected: selected.includes(id),
    ariaLabel: `From ${from.box} to ${to.box}${count === null ? '' : `, ${count} rows`}`,
  }));
