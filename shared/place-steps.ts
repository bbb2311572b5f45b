import { Graph, layout } from '@dagrejs/dagre';
import type { Pipeline, PipelineGroup } from './contract/pipelines.ts';
import { inOrder, parseRef, refText, type StepRef } from './pipeline-graph.ts';

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
function calmest(steps: Pipeline['steps'], frames: readonly Frame[]): Places {
  const edges = edgesOf(steps);
  const orders = steps.length > manySteps ? [steps] : [steps, steps.toReversed()];
  const found = orders.flatMap((order) => {
    const places = laidOut(order, edges, frames);
    return [places, upsideDown(places)];
  });
  const unrest = found.map((places) => unrestOf(places, edges));
  return found[unrest.indexOf(Math.min(...unrest))] ?? {};
}

/** Places steps so that those of an open group stand together, and a folded one needs the place of one box. */
export function arrangedSteps({ steps, groups = [] }: Pick<Pipeline, 'steps' | 'groups'>): Places {
  const folded = groups.filter((group) => group.folded);
  const frames = groups.filter((group) => !group.folded);
  const into = new Map(folded.flatMap((group, at) => group.steps.map((id) => [id, `group${at} `] as const)));
  const inputsOf = (some: Pipeline['steps'], box?: string) =>
    some
      .flatMap(({ inputs }) =>
        inputs.map(parseRef).map((ref) => refText({ ...ref, step: into.get(ref.step) ?? ref.step })),
      )
      .filter((input) => parseRef(input).step !== box);
  const single = steps.filter(({ id }) => !into.has(id));
  const shut = folded.map((group, at) => {
    const id = `group${at} `;
    const inner = steps.filter((step) => group.steps.includes(step.id));
    return { id, kind: 'group', params: {}, inputs: inputsOf(inner, id), inner };
  });
  const places = calmest([...single.map((step) => ({ ...step, inputs: inputsOf([step]) })), ...shut], frames);
  const inside = shut.map(({ id, inner }) => movedTo(places[id] ?? [0, 0], calmest(inner, [])));
  return Object.assign({}, ...inside, Object.fromEntries(single.map(({ id }) => [id, places[id]]))) as Places;
}

function movedTo([left, top]: Position, places: Places): Places {
  const all = Object.values(places);
  const [x, y] = [Math.min(...all.map(([at]) => at)), Math.min(...all.map(([, at]) => at))];
  return Object.fromEntries(
    Object.entries(places).map(([id, at]) => [id, [at[0] - x + left, at[1] - y + top] as const]),
  );
}

type Frame = Pick<PipelineGroup, 'steps'>;

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

function laidOut(steps: Pipeline['steps'], edges: readonly Edge[], frames: readonly Frame[]): Places {
  const graph = new Graph({ compound: frames.length > 0 });
  graph.setGraph({ rankdir: 'LR', nodesep: 36, ranksep: 60 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of steps) graph.setNode(id, { width: boxWidth, height: boxHeight });
  for (const [at, frame] of frames.entries()) {
    const members = frame.steps.filter((id) => graph.hasNode(id));
    if (members.length > 0) graph.setNode(`frame${at} `, {});
    for (const id of members) graph.setParent(id, `frame${at} `);
  }
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
