import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import type { StepDefinition } from '../../../../shared/define-step.ts';
import { initialParams } from '../../../../shared/params.ts';
import { parseRef, refText, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { type Position, placesOf } from '../../../../shared/place-steps.ts';
import { stepDefinition, steps } from '../../../../shared/registry.ts';

/** A change of a pipeline; none of them touches the one it is given. */
export type Edit = (pipeline: Pipeline) => Pipeline;

/** A name for a step that no other has: `filter`, `filter_2`. */
export function freeId(pipeline: Pipeline, wanted: string): string {
  const stem =
    wanted
      .toLowerCase()
      .replaceAll(/[^a-z0-9_]+/g, '_')
      .replace(/^(?=\d)/, '_')
      .slice(0, 36) || 'step';
  const taken = new Set(pipeline.steps.map(({ id }) => id));
  for (let attempt = 1; ; attempt++) {
    const id = attempt === 1 ? stem : `${stem.replace(/_\d+$/, '')}_${attempt}`;
    if (!taken.has(id)) return id;
  }
}

/** A new step of a kind, and where it stands. */
export interface NewStep {
  readonly id: string;
  readonly kind: string;
  readonly at: Position;
  /** The output it reads. */
  readonly after?: StepRef | undefined;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Puts a step on the canvas. */
export const addStep =
  ({ id, kind, at, after, params }: NewStep): Edit =>
  (pipeline) => {
    const definition = stepDefinition(kind);
    const takes = definition.inputs === undefined || definition.inputs.length > 0;
    const step: PipelineStep = {
      id,
      kind,
      inputs: after && takes ? [refText(after)] : [],
      params: { ...initialParams(definition.params), ...toPropose(definition), ...params },
    };
    return { ...pipeline, steps: [...pipeline.steps, step], layout: { ...placed(pipeline), [id]: [...at] } };
  };

/** Where all steps stand: those that a file gives no place too, or they would move when another one does. */
const placed = (pipeline: Pipeline): Pipeline['layout'] =>
  pipeline.steps.every(({ id }) => pipeline.layout[id])
    ? pipeline.layout
    : Object.fromEntries(Object.entries(placesOf(pipeline)).map(([id, [x, y]]) => [id, [x, y]]));

/** A list that is proposed from the data starts empty. */
const toPropose = ({ proposals }: StepDefinition) => (proposals ? { [proposals.param]: [] } : {});

const changeSteps = (pipeline: Pipeline, change: (step: PipelineStep) => PipelineStep): Pipeline => ({
  ...pipeline,
  steps: pipeline.steps.map(change),
});

/** Changes a step's title or parameters. */
export const changeStep =
  (id: string, change: Partial<Pick<PipelineStep, 'title' | 'params'>>): Edit =>
  (pipeline) =>
    changeSteps(pipeline, (step) =>
      step.id === id ? tidy(withoutAlienPorts(step, { ...step, ...change })) : step,
    );

/** Another pipeline has inputs of its own. */
function withoutAlienPorts(before: PipelineStep, step: PipelineStep): PipelineStep {
  const used = ({ kind, params }: PipelineStep) => steps.get(kind)?.nests?.(params as never);
  if (used(before) === used(step)) return step;
  const { ports: _ports, ...rest } = step;
  return rest;
}

function tidy({ title, ...step }: PipelineStep): PipelineStep {
  return { ...step, ...(title ? { title } : {}) } as PipelineStep;
}

/** Gives a step another id, and every edge that names it. */
export const renameStep =
  (id: string, to: string): Edit =>
  (pipeline) => {
    const renamed = (input: string) => {
      const ref = parseRef(input);
      return ref.step === id ? refText({ ...ref, step: to }) : input;
    };
    const { [id]: position, ...layout } = pipeline.layout;
    const changed = changeSteps(pipeline, (step) => ({
      ...step,
      id: step.id === id ? to : step.id,
      inputs: step.inputs.map(renamed),
    }));
    const groups = pipeline.groups?.map((group) => ({
      ...group,
      steps: group.steps.map((step) => (step === id ? to : step)),
    }));
    const named = groups ? { ...changed, groups } : changed;
    return { ...named, layout: position ? { ...layout, [to]: position } : layout };
  };

/** True where inputs have no places of their own: those of a pipeline that is used have. */
const takesAny = ({ kind }: Pick<PipelineStep, 'kind'>): boolean =>
  steps.get(kind)?.inputs === 'any' && steps.get(kind)?.nests === undefined;

/**
 * Connects an output to a port, or below nought to the first that is free; what the port had before goes. `names` are
 * those of the inputs of a pipeline that is used, to be noted before its file puts them in another order.
 */
export const connect =
  (from: StepRef, to: string, port: number, names: readonly string[] = []): Edit =>
  (pipeline) =>
    changeSteps(pipeline, (step) => {
      if (step.id !== to) return step;
      if (takesAny(step)) {
        const inputs = step.inputs.filter((input) => input !== '' && input !== refText(from));
        return { ...step, inputs: [...inputs, refText(from)] };
      }
      const free = step.inputs.indexOf('');
      const at = port >= 0 ? port : free >= 0 ? free : step.inputs.length;
      const inputs = [...step.inputs, ...Array<string>(Math.max(0, at + 1 - step.inputs.length)).fill('')];
      return { ...step, inputs: inputs.with(at, refText(from)), ...notedPorts(names) };
    });

/** One input needs no name. */
export const notedPorts = (names: readonly string[]) => (names.length > 1 ? { ports: [...names] } : {});

/** Takes connections away, by step and place. */
export const disconnect =
  (edges: readonly { readonly to: string; readonly port: number }[]): Edit =>
  (pipeline) =>
    changeSteps(pipeline, (step) => {
      const gone = edges.filter(({ to }) => to === step.id).map(({ port }) => port);
      return gone.length > 0
        ? { ...step, inputs: withoutPorts(step, (_input, at) => gone.includes(at)) }
        : step;
    });

/** The inputs of a step without some; places of ports before the last are left empty. */
export function withoutPorts(
  { kind, inputs }: PipelineStep,
  isGone: (input: string, at: number) => boolean,
): string[] {
  if (takesAny({ kind })) return inputs.filter((input, at) => !isGone(input, at));
  const left = inputs.map((input, at) => (isGone(input, at) ? '' : input));
  while (left.at(-1) === '') left.pop();
  return left;
}

/** Takes steps away; where one had one input, what read it reads that instead. */
export const removeSteps =
  (ids: readonly string[]): Edit =>
  (pipeline) =>
    ids.reduce((rest, id) => removeStep(rest, id), pipeline);

function removeStep(pipeline: Pipeline, id: string): Pipeline {
  const gone = pipeline.steps.find((step) => step.id === id);
  const instead = gone?.inputs.length === 1 ? gone.inputs[0] : undefined;
  const others = pipeline.steps.filter((step) => step.id !== id);
  const left = changeSteps({ ...pipeline, steps: others }, (step) => {
    if (step.inputs.every((input) => parseRef(input).step !== id)) return step;
    const bridged = step.inputs.map((input) =>
      input === id && instead && !step.inputs.includes(instead) ? instead : input,
    );
    return {
      ...step,
      inputs: withoutPorts({ ...step, inputs: bridged }, (input) => parseRef(input).step === id),
    };
  });
  const { [id]: _position, ...layout } = left.layout;
  return { ...withoutMember(left, id), layout };
}

function withoutMember({ groups = [], ...rest }: Pipeline, id: string): Pipeline {
  const left = groups
    .map((group) => ({ ...group, steps: group.steps.filter((step) => step !== id) }))
    .filter(({ steps }) => steps.length > 0);
  return left.length > 0 ? { ...rest, groups: left } : rest;
}

/** Moves boxes. */
export const moveSteps =
  (positions: Readonly<Record<string, Position>>): Edit =>
  (pipeline) => ({
    ...pipeline,
    layout: {
      ...placed(pipeline),
      ...Object.fromEntries(
        Object.entries(positions).map(([id, [x, y]]) => [id, [Math.round(x), Math.round(y)]]),
      ),
    },
  });
