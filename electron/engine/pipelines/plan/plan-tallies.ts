import { parseRef, refText, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { deduceCounts, keepsRowCount } from './count-rules.ts';
import type { Plan, PlannedStep } from './plan.ts';

/** An output whose rows are to be counted within a statement. */
export interface Countable {
  readonly ref: StepRef;
  /** The step within whose SELECT they are counted, if not as they leave their own. */
  readonly within?: string;
}

/** What has to be counted among these steps for all of their numbers of rows to follow. */
export function uncounted(
  plan: Plan,
  flowing: readonly PlannedStep[],
  target: string,
  counts: ReadonlyMap<string, number>,
): Countable[] {
  const known = new Map(counts);
  const found: Countable[] = [];
  for (const planned of flowing) {
    deduceCounts(plan, flowing, known);
    const { step, definition } = planned;
    if (known.has(step.id) || definition?.reads || step.id === target) continue;
    const counted = wayToCount(plan, planned, flowing, known);
    known.set(refText(counted.ref), 0);
    found.push(counted);
  }
  return found;
}

/** By what it leaves out where all is known, within the step that its rows come to, or as they leave it. */
function wayToCount(
  plan: Plan,
  { step, inputs, definition, params }: PlannedStep,
  flowing: readonly PlannedStep[],
  known: ReadonlyMap<string, number>,
): Countable {
  const [first] = inputs;
  const { counting } = definition ?? {};
  if (counting?.of === 'rejects' && first && known.has(refText(first)) && fits(counting, params))
    return { ref: { step: step.id, output: 'rejects' }, within: step.id };
  const ref = { step: step.id, output: 'rows' };
  return countedBelow(plan, ref, flowing) ?? { ref };
}

/** The step that rows come to one for one, where that one counts what comes in. */
function countedBelow(plan: Plan, ref: StepRef, flowing: readonly PlannedStep[]): Countable | undefined {
  for (const reader of flowing) {
    const [first] = reader.inputs;
    const { counting } = reader.definition ?? {};
    if (!first || refText(first) !== refText(ref)) continue;
    if (counting?.of === 'input' && fits(counting, reader.params)) return { ref, within: reader.step.id };
    if (!keepsRowCount(plan, reader)) continue;
    return countedBelow(plan, { step: reader.step.id, output: 'rows' }, flowing);
  }
  return undefined;
}

const fits = ({ fits }: { readonly fits?: (params: never) => boolean }, params: PlannedStep['params']) =>
  fits?.(params as never) ?? true;

/**
 * True where these counts can be believed: PostgreSQL need not read one side of a join where the other is empty, so
 * that nothing counted says nothing, unless rows that were counted later came this way.
 */
export function credible(flowing: readonly PlannedStep[], counts: ReadonlyMap<string, number>): boolean {
  const came = (id: string): boolean =>
    flowing.some(({ step, inputs, definition }) => {
      const passes = definition?.rowByRow || definition?.sameCount || definition?.rejects || definition?.left;
      const reads = inputs.some((ref) => ref.step === id && ref.output === 'rows');
      const { counting } = definition ?? {};
      if (!reads) return false;
      if (counting?.of === 'input') return (counts.get(refText({ step: id, output: 'rows' })) ?? 0) > 0;
      return passes !== undefined && ((counts.get(step.id) ?? 0) > 0 || came(step.id));
    });
  return [...counts].every(([text, rows]) => {
    const { step, output } = parseRef(text);
    return rows > 0 || (output === 'rejects' && came(step));
  });
}
