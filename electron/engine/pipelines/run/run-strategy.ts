import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import type { FileExport } from '../../../../shared/define-step.ts';
import { downstream, parseRef, refText, type StepRef, upstream } from '../../../../shared/pipeline-graph.ts';
import { steps as definitions } from '../../../../shared/registry.ts';
import type { Freshness } from '../incremental/freshness.ts';
import { deduceCounts, isVolatile } from '../plan/count-rules.ts';
import { outputsOf, type Plan, type PlannedStep } from '../plan/plan.ts';

/** What a run does for one step when its turn comes; with nothing to do its rows flow on into the next that does. */
export interface StepWork {
  readonly planned: PlannedStep;
  /** Outputs to keep for the time of the run, because several read them or would compute them again. */
  readonly hold: readonly StepRef[];
  /** The table to write. */
  readonly write?: string;
  /** The file to write. */
  readonly file?: FileExport;
  /** `values` computes every cell to count, as the last in its line has no reader that would. */
  readonly count?: 'rows' | 'values';
}

/** Those of `wanted` that have work to do: the stale ones, and whatever their rows have to come through again. */
export function activeSteps(
  { pipeline, steps }: Plan,
  wanted: readonly string[],
  isStale: (id: string) => boolean,
): PlannedStep[] {
  const active = new Set<string>();
  for (const id of wanted.filter(isStale)) {
    for (const before of upstream(pipeline.steps, id)) active.add(before);
  }
  return [...steps.values()].filter(({ step }) => active.has(step.id));
}

/** Ids of the steps to run for `to`, or all. */
export function wantedSteps({ steps }: Pipeline, to: string | undefined): string[] {
  const wanted = to === undefined ? undefined : upstream(steps, to);
  return steps.map(({ id }) => id).filter((id) => wanted?.has(id) ?? true);
}

/** Decides what to compute apart and what to merge into its reader, so that each expensive step is computed once. */
export function strategyOf(
  plan: Plan,
  wanted: readonly PlannedStep[],
  known: ReadonlyMap<string, number>,
  isStale: (id: string) => boolean,
): StepWork[] {
  const readers = readersOf(wanted);
  const counted = new Map(known);
  const drafts = wanted.map((planned) => draftOf(plan, planned, readers, isStale));
  for (const { planned, hold, write, file, count } of drafts) {
    for (const ref of hold) counted.set(refText(ref), 0);
    if (write !== undefined || file || count) counted.set(planned.step.id, 0);
  }
  return drafts.map((work) => {
    deduceCounts(plan, wanted, counted);
    const { planned } = work;
    if (counted.has(planned.step.id)) return work;
    return planned.definition?.reads ? { ...work, count: 'rows' } : work;
  });
}

function draftOf(
  plan: Plan,
  planned: PlannedStep,
  readers: ReadonlyMap<string, number>,
  isStale: (id: string) => boolean,
): StepWork {
  const stale = isStale(planned.step.id);
  const { definition, params } = planned;
  const write = definition?.writes?.(params as never);
  if (write !== undefined) return stale ? { planned, hold: [], write } : { planned, hold: [] };
  const file = definition?.exports?.(params as never);
  if (file) return stale ? { planned, hold: [], file } : { planned, hold: [] };
  if (definition?.reads) return { planned, hold: [] };
  const read = outputsOf(planned).filter((ref) => readers.has(refText(ref)));
  if (read.length === 0 && !stale) return { planned, hold: [] };
  if (read.length === 0)
    return { planned, hold: [], count: isSpared(plan, planned, isStale) ? 'rows' : 'values' };
  const again = (ref: StepRef) => (readers.get(refText(ref)) ?? 0) > 1 || isVolatile(plan, planned);
  return { planned, hold: read.filter(again) };
}

/** True where what changed comes to none of its readers: they would not have its values computed either. */
const isSpared = ({ pipeline }: Plan, { step }: PlannedStep, isStale: (id: string) => boolean): boolean =>
  pipeline.steps.some(
    ({ id, inputs }) => !isStale(id) && inputs.some((input) => parseRef(input).step === step.id),
  );

/** How often each output is asked for; a step of which both outputs are read asks its input twice. */
function readersOf(wanted: readonly PlannedStep[]): ReadonlyMap<string, number> {
  const readers = new Map<string, number>();
  for (const planned of [...wanted].reverse()) {
    const outputs = outputsOf(planned).filter((ref) => readers.has(refText(ref))).length;
    for (const ref of planned.inputs) {
      const text = refText(ref);
      readers.set(text, (readers.get(text) ?? 0) + Math.max(1, outputs));
    }
  }
  return readers;
}

/** What was asked to be made anew counts as stale; rows that were added are not added once more. */
export function forced(
  { steps }: Pipeline,
  freshness: ReadonlyMap<string, Freshness>,
  { full, from }: { readonly full: boolean; readonly from?: string | undefined },
): ReadonlyMap<string, Freshness> {
  if (!full && from === undefined) return freshness;
  const after = from === undefined ? undefined : downstream(steps, from);
  const why = full ? 'a full run was asked for' : `a run from ${from} on was asked for`;
  const asked = (id: string) => full || after?.has(id);
  const adds = new Set(steps.filter(addsRows).map(({ id }) => id));
  return new Map(
    [...freshness].map(([id, judged]) => {
      if (!asked(id)) return [id, judged];
      if (judged.fresh && adds.has(id))
        return [id, { ...judged, why: `its rows were added already, and ${judged.why}` }];
      return [id, { ...judged, fresh: false, why }];
    }),
  );
}

const addsRows = ({ kind, params }: PipelineStep): boolean =>
  definitions.get(kind)?.into?.(params as never).mode === 'append';
