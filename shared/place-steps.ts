import { Graph, layout } from '@dagrejs/dagre';
import type { Pipeline } from './contract/pipelines.ts';
import { inOrder, parseRef, type StepRef } from './pipeline-graph.ts';

/** Where a box stands, from its upper left corner. */
export type Position = readonly [x: number, y: number];

/** How wide every box is, in pixels. */
export const boxWidth = 192;

/** How high every box is, in pixels. */
export const boxHeight = 54;

/** Between two boxes side by side. */
export const gapX = 76;
const gapY = 40;
const grid = 8;
/** From here on, laying out twice would be felt. */
const manySteps = 100;
const onGrid = (value: number) => Math.round(value / grid) * grid;

type Places = Readonly<Record<string, Position>>;

/**
 * Places steps from left to right in the order of their edges, with few crossings; what is left out stands below, and
 * inputs in the order of their ports. The layouter knows neither, so of what it gives for several orders the calmest counts.
 */
export function arrangedSteps({ steps }: Pick<Pipeline, 'steps'>): Places {
  const edges = edgesOf(steps);
  const orders = steps.length > manySteps ? [steps] : [steps, steps.toReversed()];
  const found = orders.flatMap((order) => {
    const places = laidOut(order, edges);
    return [places, upsideDown(places)];
  });
  const unrest = found.map((places) => unrestOf(places, edges));
  return found[unrest.indexOf(Math.min(...unrest))] ?? {};
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly left: boolean;
  readonly port: number;
}

function edgesOf(steps: Pipeline['steps']): readonly Edge[] {
  const ids = new Set(steps.map(({ id }) => id));
  return steps.flatMap(({ id, inputs }) =>
    inputs
      .map(parseRef)
      .map(({ step, output }, port) => ({ from: step, to: id, left: output !== 'rows', port }))
      .filter(({ from }) => ids.has(from)),
  );
}

function laidOut(steps: Pipeline['steps'], edges: readonly Edge[]): Places {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 36, ranksep: 60 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of steps) graph.setNode(id, { width: boxWidth, height: boxHeight });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  return Object.fromEntries(
    steps.map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, [onGrid(x - boxWidth / 2), onGrid(y - boxHeight / 2)]];
    }),
  );
}

function upsideDown(places: Places): Places {
  const lowest = Math.max(0, ...Object.values(places).map(([, y]) => y));
  return Object.fromEntries(Object.entries(places).map(([id, [x, y]]) => [id, [x, lowest - y] as const]));
}

/** How many edges cross, lead up from what is left out, or come to a port from the wrong side. */
function unrestOf(places: Places, edges: readonly Edge[]): number {
  const y = (id: string) => places[id]?.[1] ?? 0;
  const pairs = edges.flatMap((one, at) => edges.slice(at + 1).map((other) => [one, other] as const));
  const wrong = pairs.filter(([one, other]) => {
    if (one.to === other.to) return (one.port - other.port) * (y(one.from) - y(other.from)) < 0;
    const sameColumns =
      places[one.from]?.[0] === places[other.from]?.[0] && places[one.to]?.[0] === places[other.to]?.[0];
    return sameColumns && (y(one.from) - y(other.from)) * (y(one.to) - y(other.to)) < 0;
  });
  const up = edges.filter(({ from, to, left }) => left && y(to) <= y(from));
  return wrong.length + up.length;
}

/** Steps with a place of their own where they are; others, as those written into a file by hand, free of them beside what they read. */
export function placesOf(pipeline: Pipeline): Places {
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
export function freePlace(places: Places, after: StepRef | undefined): Position {
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
