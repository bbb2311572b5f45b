import type { Pipeline, PipelineGroup, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { parseRef, refText } from '../../../../shared/pipeline-graph.ts';
import { boxHeight, boxWidth, type Position, placesOf } from '../../../../shared/place-steps.ts';
import { type Edit, freeId, withoutPorts } from './edits.ts';
import { freeGroupId, groupsWithin } from './groups.ts';

/** Steps as the clipboard holds them. */
export interface CopiedSteps {
  readonly assay: 'steps';
  readonly steps: readonly PipelineStep[];
  /** Groups of which all steps are copied. */
  readonly groups: readonly PipelineGroup[];
  readonly layout: Readonly<Record<string, Position>>;
}

/** What copying these steps puts on the clipboard. */
export const copySteps = (pipeline: Pipeline, ids: readonly string[]): CopiedSteps => ({
  assay: 'steps',
  steps: pipeline.steps.filter(({ id }) => ids.includes(id)),
  groups: groupsWithin(pipeline, ids),
  layout: Object.fromEntries(Object.entries(placesOf(pipeline)).filter(([id]) => ids.includes(id))),
});

/** The ids that pasted steps get, by those they had. */
export function pastedIds(pipeline: Pipeline, { steps: copied }: CopiedSteps): ReadonlyMap<string, string> {
  let growing = pipeline;
  return new Map(
    copied.map((step) => {
      const id = freeId(growing, step.id);
      growing = { ...growing, steps: [...growing.steps, { ...step, id }] };
      return [step.id, id];
    }),
  );
}

/** Where the upper left of copied steps stands: what is pasted into an empty pipeline begins there. */
function cornerOf({ layout }: CopiedSteps): Position {
  const places = Object.values(layout);
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))];
}

/** How far copied steps are moved: beside where they stood, and on from there to where they cover no step. */
function moveOf(pipeline: Pipeline, copied: CopiedSteps): Position {
  if (pipeline.steps.length === 0) {
    const [left, top] = cornerOf(copied);
    return [-left, -top];
  }
  const there = Object.values(placesOf(pipeline));
  const covers = (down: number) =>
    Object.values(copied.layout).some(([x, y]) =>
      there.some(([left, top]) => isNear(x + beside - left, boxWidth) && isNear(y + down - top, boxHeight)),
    );
  let down = beside;
  while (covers(down)) down += beside;
  return [beside, down];
}

const beside = 48;
const isNear = (distance: number, size: number) => Math.abs(distance) < size;

/** Adds copied steps beside where they stood; edges among them and to steps that are there are kept, and so are their groups. */
export const pasteSteps =
  (copied: CopiedSteps, ids: ReadonlyMap<string, string>): Edit =>
  (pipeline) => {
    const there = new Set(pipeline.steps.map(({ id }) => id));
    const added = copied.steps.map((step) => {
      const inputs = step.inputs.map((input) => {
        const ref = parseRef(input);
        const to = ids.get(ref.step) ?? (there.has(ref.step) ? ref.step : undefined);
        return to === undefined ? '' : refText({ ...ref, step: to });
      });
      return {
        ...step,
        id: ids.get(step.id) ?? step.id,
        inputs: withoutPorts({ ...step, inputs }, (input) => input === ''),
      };
    });
    const [right, down] = moveOf(pipeline, copied);
    const layout = Object.fromEntries(
      copied.steps.map(({ id }): [string, [number, number]] => {
        const [x, y] = copied.layout[id] ?? [0, 0];
        return [ids.get(id) ?? id, [x + right, y + down]];
      }),
    );
    const pasted = {
      ...pipeline,
      steps: [...pipeline.steps, ...added],
      layout: { ...pipeline.layout, ...layout },
    };
    return copied.groups.reduce((into, group) => withGroup(into, group, ids), pasted);
  };

function withGroup(pipeline: Pipeline, group: PipelineGroup, ids: ReadonlyMap<string, string>): Pipeline {
  const groups = pipeline.groups ?? [];
  const steps = group.steps.map((id) => ids.get(id) ?? id);
  return { ...pipeline, groups: [...groups, { ...group, id: freeGroupId(groups), steps }] };
}
