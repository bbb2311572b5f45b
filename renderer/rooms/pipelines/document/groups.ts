import type { Pipeline, PipelineGroup } from '../../../../shared/contract/pipelines.ts';
import { counted } from '../../../../shared/number-words.ts';
import type { Position } from '../../../../shared/place-steps.ts';
import { placesOf } from '../../../../shared/place-steps.ts';
import type { BoxState, GraphBox, GraphEdge, GraphFrame } from '../../../graph/graph.ts';
import type { Edit } from './edits.ts';

/** The box that stands for a folded group. */
const boxId = ({ id }: PipelineGroup) => `group ${id}`;

const groupsOf = ({ groups = [], steps }: Pipeline): PipelineGroup[] => {
  const there = new Set(steps.map(({ id }) => id));
  return groups
    .map((group) => ({ ...group, steps: group.steps.filter((id) => there.has(id)) }))
    .filter((group) => group.steps.length > 0);
};

const foldedGroups = (pipeline: Pipeline) => groupsOf(pipeline).filter(({ folded }) => folded);

/** The steps that boxes stand for: a folded group stands for all of its own. */
export function stepsOfBoxes(pipeline: Pipeline, boxes: readonly string[]): string[] {
  const folded = new Map(foldedGroups(pipeline).map((group) => [boxId(group), group.steps]));
  return [...new Set(boxes.flatMap((id) => folded.get(id) ?? [id]))];
}

/** The boxes that show steps: a folded group's for all of its own. */
export function boxesOfSteps(pipeline: Pipeline, ids: readonly string[]): string[] {
  const into = new Map(
    foldedGroups(pipeline).flatMap((group) => group.steps.map((id) => [id, boxId(group)] as const)),
  );
  return [...new Set(ids.map((id) => into.get(id) ?? id))];
}

/** The groups of which all steps are among these. */
export const groupsWithin = (pipeline: Pipeline, ids: readonly string[]): PipelineGroup[] =>
  groupsOf(pipeline).filter(({ steps }) => steps.every((id) => ids.includes(id)));

/** A name for a group that none of these has. */
export function freeGroupId(groups: readonly PipelineGroup[]): string {
  const taken = new Set(groups.map(({ id }) => id));
  let number = 1;
  while (taken.has(`group_${number}`)) number++;
  return `group_${number}`;
}

/** The group whose steps are exactly those that are selected, or whose box is. */
export function selectedGroup(pipeline: Pipeline, boxes: readonly string[]): PipelineGroup | undefined {
  const chosen = new Set(stepsOfBoxes(pipeline, boxes));
  return groupsOf(pipeline).find(
    ({ steps }) => steps.length === chosen.size && steps.every((id) => chosen.has(id)),
  );
}

/** The box of a folded group that has this id. */
export const groupOfBox = (pipeline: Pipeline, box: string): PipelineGroup | undefined =>
  foldedGroups(pipeline).find((group) => boxId(group) === box);

/** Puts steps into a group of their own, and out of those they were in. */
export const groupSteps =
  (ids: readonly string[]): Edit =>
  (pipeline) => {
    const others = groupsOf(pipeline)
      .map((group) => ({ ...group, steps: group.steps.filter((id) => !ids.includes(id)) }))
      .filter(({ steps }) => steps.length > 0);
    const id = freeGroupId(others);
    const group = { id, title: `Group ${id.slice('group_'.length)}`, steps: [...ids] };
    return { ...pipeline, groups: [...others, group] };
  };

/** Takes a group away; its steps stay. */
export const ungroup =
  (id: string): Edit =>
  (pipeline) =>
    withGroups(
      pipeline,
      (pipeline.groups ?? []).filter((group) => group.id !== id),
    );

/** Changes what a group is called, says, or whether it is folded. */
export const changeGroup =
  (id: string, change: Partial<PipelineGroup>): Edit =>
  (pipeline) =>
    withGroups(
      pipeline,
      (pipeline.groups ?? []).map((group) => (group.id === id ? tidy({ ...group, ...change }) : group)),
    );

function withGroups(pipeline: Pipeline, groups: readonly PipelineGroup[]): Pipeline {
  const { groups: _before, ...rest } = pipeline;
  return groups.length > 0 ? { ...rest, groups: [...groups] } : rest;
}

function tidy({ note, folded, ...group }: PipelineGroup): PipelineGroup {
  return { ...group, ...(note ? { note } : {}), ...(folded ? { folded } : {}) };
}

/** Groups that are open, as frames around their boxes. */
export const framesOf = (pipeline: Pipeline): GraphFrame[] =>
  groupsOf(pipeline)
    .filter(({ folded }) => !folded)
    .map(({ id, title, note, steps }) => ({ id, title, note: note ?? '', boxes: steps }));

/** Where a box is moved, its steps are: a folded group keeps them together. */
export function movedSteps(
  pipeline: Pipeline,
  positions: Readonly<Record<string, Position>>,
): Readonly<Record<string, Position>> {
  const places = placesOf(pipeline);
  return Object.fromEntries(
    Object.entries(positions).flatMap(([box, [x, y]]) => {
      const group = groupOfBox(pipeline, box);
      if (!group) return [[box, [x, y] as const] as const];
      const [left, top] = cornerOf(group, places);
      return group.steps.map((id) => {
        const [from, down] = places[id] ?? [0, 0];
        return [id, [from + x - left, down + y - top] as const] as const;
      });
    }),
  );
}

function cornerOf({ steps }: PipelineGroup, places: Readonly<Record<string, Position>>): Position {
  const at = steps.map((id) => places[id] ?? ([0, 0] as const));
  return [Math.min(...at.map(([x]) => x)), Math.min(...at.map(([, y]) => y))];
}

/** Boxes and edges with each folded group as one box. */
export function foldGroups(
  pipeline: Pipeline,
  boxes: readonly GraphBox[],
  edges: readonly GraphEdge[],
): { readonly boxes: readonly GraphBox[]; readonly edges: readonly GraphEdge[] } {
  const folded = foldedGroups(pipeline);
  if (folded.length === 0) return { boxes, edges };
  const places = placesOf(pipeline);
  const into = new Map(folded.flatMap((group) => group.steps.map((id) => [id, boxId(group)] as const)));
  const moved = edges.flatMap((edge): GraphEdge[] => {
    const [from, to] = [into.get(edge.from.box), into.get(edge.to.box)];
    if (from !== undefined && from === to) return [];
    return [
      {
        ...edge,
        from: from === undefined ? edge.from : { box: from, output: 'rows' },
        rejects: from === undefined && edge.rejects,
        to: to === undefined ? edge.to : { box: to, port: 'any' },
      },
    ];
  });
  return {
    boxes: [
      ...boxes.filter(({ id }) => !into.has(id)),
      ...folded.map((group) => foldedBox(group, boxes, moved, cornerOf(group, places))),
    ],
    edges: moved,
  };
}

/** The worst first. */
const worst: readonly BoxState[] = [
  'broken',
  'failed',
  'running',
  'unfilled',
  'waiting',
  'stale',
  'new',
  'done',
];

function foldedBox(
  group: PipelineGroup,
  boxes: readonly GraphBox[],
  edges: readonly GraphEdge[],
  position: Position,
): GraphBox {
  const id = boxId(group);
  const inner = boxes.filter((box) => group.steps.includes(box.id));
  const tellsMost = inner.toSorted((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state))[0];
  return {
    id,
    icon: 'group',
    title: group.title,
    summary: group.note || counted(group.steps.length, 'step'),
    state: tellsMost?.state ?? 'new',
    says: tellsMost ? `${tellsMost.title}: ${tellsMost.says}` : '',
    fault: tellsMost?.fault,
    count: null,
    ports: edges.some(({ to }) => to.box === id) ? [{ id: 'any', title: 'Into the group' }] : [],
    hasOutput: edges.some(({ from }) => from.box === id),
    folded: true,
    outputs: [],
    rejects: [],
    position,
  };
}
