import { refText, type StepRef, upstream } from '../../../shared/pipeline-graph.ts';
import { deduceCounts, isVolatile } from './count-rules.ts';
import type { Plan, PlannedStep } from './plan.ts';

/** What a run does for one step when its turn comes; with nothing to do its rows flow on into the next that does. */
export interface StepWork {
  readonly planned: PlannedStep;
  /** Outputs to keep for the time of the run, because several read them or would compute them again. */
  readonly hold: readonly StepRef[];
  /** The table to write. */
  readonly write?: string;
  /** `values` computes every cell to count, as the last in its line has no reader that would. */
  readonly count?: 'rows' | 'values';
}

/** Steps to run for `to`, or all. */
export function wantedSteps({ pipeline, steps }: Plan, to: string | undefined): PlannedStep[] {
  const wanted = to === undefined ? undefined : upstream(pipeline.steps, to);
  return [...steps.values()].filter(({ step }) => wanted?.has(step.id) ?? true);
}

/**
 * Decides what to compute apart and what to merge into its reader, so that each expensive step is computed once, and
 * each step's rows are known with the fewest queries.
 */
export function strategyOf(plan: Plan, wanted: readonly PlannedStep[]): StepWork[] {
  const readers = readersOf(wanted);
  const counted = new Map<string, number>();
  const drafts = wanted.map((planned) => draftOf(plan, planned, readers));
  for (const { planned, hold, write, count } of drafts) {
    for (const ref of hold) counted.set(refText(ref), 0);
    if (write !== undefined || count) counted.set(planned.step.id, 0);
  }
  return drafts.map((work) => {
    deduceCounts(plan, wanted, counted);
    const { planned } = work;
    if (counted.has(planned.step.id)) return work;
    counted.set(planned.step.id, 0);
    const cheap = planned.definition?.rowByRow || planned.definition?.rejects;
    if (cheap) return { ...work, count: 'rows' };
    return { ...work, hold: [...work.hold, { step: planned.step.id, output: 'rows' }] };
  });
}

function draftOf(plan: Plan, planned: PlannedStep, readers: ReadonlyMap<string, number>): StepWork {
  const { definition, params, step } = planned;
  const write = definition?.writes?.(params as never);
  if (write !== undefined) return { planned, hold: [], write };
  if (definition?.reads) return { planned, hold: [], count: 'rows' };
  const outputs: StepRef[] = [
    { step: step.id, output: 'rows' },
    { step: step.id, output: 'rejects' },
  ];
  const read = outputs.filter((ref) => readers.has(refText(ref)));
  if (read.length === 0) return { planned, hold: [], count: 'values' };
  const again = (ref: StepRef) => (readers.get(refText(ref)) ?? 0) > 1 || isVolatile(plan, planned);
  return { planned, hold: read.filter(again) };
}

/** How often each output is asked for; a step of which both outputs are read asks its input twice. */
function readersOf(wanted: readonly PlannedStep[]): ReadonlyMap<string, number> {
  const readers = new Map<string, number>();
  for (const { step, inputs } of [...wanted].reverse()) {
    const outputs = [step.id, `${step.id}.rejects`].filter((ref) => readers.has(ref)).length;
    for (const ref of inputs) {
      const text = refText(ref);
      readers.set(text, (readers.get(text) ?? 0) + Math.max(1, outputs));
    }
  }
  return readers;
}
