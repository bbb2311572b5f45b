import type {
  Pipeline,
  PipelineStep,
  RunResult,
  StepFreshness,
  StepRun,
  StepSchema,
} from '../../../../shared/contract/pipelines.ts';
import { rejectsOf } from '../../../../shared/define-step.ts';
import { counted } from '../../../../shared/number-words.ts';
import { parseRef, upstream } from '../../../../shared/pipeline-graph.ts';
import { placesOf } from '../../../../shared/place-steps.ts';
import { steps } from '../../../../shared/registry.ts';
import { summaryOf, titleOf } from '../../../../shared/step-words.ts';
import type { BoxPort, BoxState, GraphBox, GraphEdge } from '../../../graph/graph.ts';
import { ago } from '../../../ui/format.ts';
import { hindranceOf } from '../document/step-stand.ts';

/** Everything a canvas shows beside the pipeline itself. */
export interface Shown {
  readonly schemas: ReadonlyMap<string, StepSchema>;
  readonly run: RunResult | null | undefined;
  /** Which steps a run would make anew, and why. */
  readonly freshness: ReadonlyMap<string, StepFreshness>;
  /** The pipeline as it was when it ran, where that is known. */
  readonly ranAs: Pipeline | undefined;
  readonly running: boolean;
}

/** A pipeline's steps as boxes. */
export function boxesOf(pipeline: Pipeline, shown: Shown): GraphBox[] {
  const positions = placesOf(pipeline);
  const runs = new Map(shown.run?.steps.map((step) => [step.id, step]));
  return pipeline.steps.map((step) => {
    const definition = steps.get(step.kind);
    const run = runs.get(step.id);
    const state = stateOf(pipeline, step, shown, run);
    return {
      id: step.id,
      icon: definition?.icon ?? 'circle-help',
      title: titleOf(step),
      summary: summaryOf(step),
      ...state,
      fault: state.state === 'broken' || state.state === 'failed' ? state.says : undefined,
      count: run?.status === 'ran' || run?.status === 'fresh' ? run.rows : null,
      ports: portsOf(step, shown.schemas.get(step.id)?.nest),
      outputs: moreOutputs(shown.schemas.get(step.id)),
      hasOutput: definition?.writes === undefined,
      rejects: [...(definition ? rejectsOf(definition) : [])].map(([id, { title }]) => ({ id, title })),
      position: positions[step.id] ?? [0, 0],
    };
  });
}

/** Results of a pipeline that a step uses, beside the first. */
export const moreOutputs = (schema: StepSchema | undefined): readonly BoxPort[] =>
  (schema?.nest?.outputs.slice(1) ?? []).map(({ name }) => ({ id: name, title: name }));

/** Where edges lead into a step; one that uses another pipeline has the inputs of that. */
function portsOf({ kind, inputs }: PipelineStep, nest: StepSchema['nest']) {
  const ports = steps.get(kind)?.inputs ?? [{ name: 'in', title: 'Input' }];
  if (nest) {
    const beyond = inputs.slice(nest.inputs.length).map(() => 'Not an input of the pipeline');
    return [...nest.inputs, ...beyond].map((title, at) => ({ id: String(at), title }));
  }
  if (ports === 'any') return [{ id: 'any', title: 'Any number of inputs' }];
  return ports.map(({ title }, at) => ({ id: String(at), title }));
}

function stateOf(
  pipeline: Pipeline,
  step: PipelineStep,
  shown: Shown,
  run: StepRun | undefined,
): { state: BoxState; says: string } {
  const hindrance = hindranceOf(shown.schemas, step.id);
  if (hindrance?.is === 'wrong') return { state: 'broken', says: hindrance.problem.message };
  if (hindrance) return { state: hindrance.is, says: hindrance.says };
  if (shown.running) return { state: 'running', says: 'Running' };
  const judged = shown.freshness.get(step.id);
  const named = isNamedOtherwise(pipeline, shown, step.id);
  if (named && !run) return { state: 'done', says: `Done under another name: ${judged?.why}` };
  const changed = !named && changedSince(pipeline, shown.ranAs, step.id);
  if (run?.status === 'failed' && !changed) return { state: 'failed', says: run.why };
  if (!run || !shown.run || judged?.why === neverRun) return { state: 'new', says: 'Never run' };
  if (judged?.status === 'stale' || changed) {
    return {
      state: 'stale',
      says: `Stale: ${judged?.status === 'stale' ? judged.why : 'changed since it ran'}`,
    };
  }
  return {
    state: 'done',
    says: `${run.rows === null ? 'Done' : counted(run.rows, 'row')}, ${ago(shown.run.at)}`,
  };
}

const neverRun = 'it has not run yet';

/** True where steps on the way have names that did not run, and the engine knows that nothing else is new of it. */
function isNamedOtherwise({ steps: all }: Pipeline, { ranAs, freshness }: Shown, id: string): boolean {
  if (!ranAs || freshness.get(id)?.status !== 'fresh') return false;
  const ran = new Set(ranAs.steps.map((step) => step.id));
  const before = [...upstream(all, id)];
  return before.some((other) => !ran.has(other)) && before.every((other) => freshness.has(other));
}

/** True where a step, or anything it is made from, is not what ran. */
function changedSince(pipeline: Pipeline, ranAs: Pipeline | undefined, id: string): boolean {
  if (!ranAs) return false;
  const before = new Map(ranAs.steps.map((step) => [step.id, logicOf(step)]));
  const now = new Map(pipeline.steps.map((step) => [step.id, logicOf(step)]));
  return [...upstream(pipeline.steps, id)].some((other) => before.get(other) !== now.get(other));
}

/** Names of ports are written down when a pipeline is saved; which connection leads where is told by the inputs. */
const logicOf = ({ title: _title, ports: _ports, ...step }: PipelineStep): string => JSON.stringify(step);

/** A pipeline's inputs as lines; counts are of the last run. */
export function edgesOf(pipeline: Pipeline, { run, schemas }: Shown): GraphEdge[] {
  const ids = new Set(pipeline.steps.map(({ id }) => id));
  const runs = new Map(run?.steps.map((step) => [step.id, step]));
  return pipeline.steps.flatMap((step) =>
    step.inputs.flatMap((input, at) => {
      const { step: from, output } = parseRef(input);
      if (!ids.has(from)) return [];
      const ran = runs.get(from);
      const inner = schemas.get(from)?.nest?.outputs.find(({ name }) => name === output);
      const count = inner
        ? (runs.get(inner.step)?.rows ?? null)
        : ((output === 'rows' ? ran?.rows : ran?.left[output]) ?? null);
      const ports = portsOf(step, schemas.get(step.id)?.nest);
      const port = ports[at]?.id ?? ports[0]?.id ?? '0';
      const rejects = output !== 'rows' && !inner;
      const several = (schemas.get(from)?.nest?.outputs.length ?? 0) > 1;
      const of = several && !rejects ? outputTitle(output) : undefined;
      const [start, end] = [
        { box: from, output },
        { box: step.id, port },
      ];
      return [{ id: edgeId(step.id, at), from: start, to: end, count, rejects, of }];
    }),
  );
}

const outputTitle = (output: string): string => (output === 'rows' ? 'Rows' : output);

const edgeId = (to: string, at: number) => `${to} ${at}`;

/** The step and place of an edge's id. */
export function edgeEnd(id: string): { to: string; port: number } {
  const [to = '', port] = id.split(' ');
  return { to, port: Number(port) };
}
