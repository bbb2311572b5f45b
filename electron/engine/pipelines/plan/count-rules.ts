import { refText } from '../../../../shared/pipeline-graph.ts';
import { formulasOf } from '../sql/formulas.ts';
import type { Plan, PlannedStep } from './plan.ts';

/** True where a step gives exactly one row for each that comes in. */
export function keepsRowCount({ traits }: Plan, { definition, params }: PlannedStep): boolean {
  if (!definition?.rowByRow && !definition?.sameCount) return false;
  return formulasOf(definition.params, params).every(({ written }) => !traits.changesRowCount(written));
}

/** True where asking twice may give two answers. */
export const isVolatile = ({ traits }: Plan, { definition, params }: PlannedStep): boolean =>
  formulasOf(definition?.params ?? {}, params).some(({ written }) => traits.isVolatile(written));

/**
 * Adds to `known`, by edge, every row count that follows from those that are there: what keeps the number of rows has
 * as many as its input, and what stays and what is dropped make up what came in.
 */
export function deduceCounts(plan: Plan, steps: readonly PlannedStep[], known: Map<string, number>): void {
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    for (const planned of steps) deduceStep(plan, planned, known);
  }
}

function deduceStep(plan: Plan, planned: PlannedStep, known: Map<string, number>): void {
  const [first] = planned.inputs;
  if (!first) return;
  const learn = (ref: string, count: number | undefined) => {
    if (count !== undefined && !known.has(ref)) known.set(ref, count);
  };
  const rows = planned.step.id;
  const input = refText(first);
  if (keepsRowCount(plan, planned)) {
    learn(rows, known.get(input));
    learn(input, known.get(rows));
  }
  if (!planned.definition?.rejects) return;
  const rejects = `${rows}.rejects`;
  const [all, kept, dropped] = [known.get(input), known.get(rows), known.get(rejects)];
  if (all !== undefined && kept !== undefined) learn(rejects, all - kept);
  if (all !== undefined && dropped !== undefined) learn(rows, all - dropped);
  if (kept !== undefined && dropped !== undefined) learn(input, kept + dropped);
}
