import type { PipelineStep } from './contract/pipelines.ts';

/** One output of one step, as an edge names it: `clean`, or `clean.rejects`. */
export interface StepRef {
  readonly step: string;
  readonly output: string;
}

/** Reads an edge's text. */
export function parseRef(text: string): StepRef {
  const [step = '', output] = text.split('.', 2);
  return { step, output: output || 'rows' };
}

/** Writes an edge's text. */
export const refText = ({ step, output }: StepRef): string =>
  output === 'rows' ? step : `${step}.${output}`;

/** What an output is called in SQL that a person writes. */
export const nameInSql = ({ step, output }: StepRef): string =>
  output === 'rows' ? step : `${step}_${output}`;

/** What each input of a step is called in SQL: a step within another pipeline keeps the names that it has there. */
export const inputNames = ({
  inputs,
  called,
}: Pick<PipelineStep, 'inputs'> & { readonly called?: unknown }): readonly string[] =>
  (called as readonly string[] | undefined) ?? inputs.map((input) => nameInSql(parseRef(input)));

/** The ids of the steps that `step` reads. */
export const sourcesOf = (step: PipelineStep): string[] => step.inputs.map((input) => parseRef(input).step);

/** Steps so that each stands after those it reads, otherwise as they were given; those on a circle apart. */
export function inOrder(steps: readonly PipelineStep[]): {
  readonly ordered: readonly PipelineStep[];
  readonly circular: ReadonlySet<string>;
} {
  const ids = new Set(steps.map(({ id }) => id));
  const placed = new Set<string>();
  const ordered: PipelineStep[] = [];
  const ready = (step: PipelineStep) => sourcesOf(step).every((id) => placed.has(id) || !ids.has(id));
  let waiting = [...steps];
  while (waiting.length > 0) {
    const left = waiting.filter((step) => {
      if (!ready(step)) return true;
      ordered.push(step);
      placed.add(step.id);
      return false;
    });
    if (left.length === waiting.length) break;
    waiting = left;
  }
  const circular = new Set(waiting.filter((step) => reaches(steps, step.id, step.id)).map(({ id }) => id));
  return { ordered: [...ordered, ...waiting], circular };
}

/** Everything that `id` is made from, itself included. */
export function upstream(steps: readonly PipelineStep[], id: string): Set<string> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const found = new Set<string>();
  const visit = (next: string) => {
    const step = byId.get(next);
    if (!step || found.has(next)) return;
    found.add(next);
    sourcesOf(step).forEach(visit);
  };
  visit(id);
  return found;
}

/** Everything that is made from `id`, itself included. */
export function downstream(steps: readonly PipelineStep[], id: string): Set<string> {
  const found = new Set([id]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const step of steps) if (sourcesOf(step).some((source) => found.has(source))) found.add(step.id);
  }
  return found;
}

/** True where a new edge between these would close a circle. */
export const wouldCircle = (steps: readonly PipelineStep[], from: string, to: string): boolean =>
  upstream(steps, from).has(to);

function reaches(steps: readonly PipelineStep[], from: string, to: string): boolean {
  const step = steps.find(({ id }) => id === from);
  return step !== undefined && sourcesOf(step).some((id) => upstream(steps, id).has(to));
}
