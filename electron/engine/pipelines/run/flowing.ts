import { refText, type StepRef } from '../../../../shared/pipeline-graph.ts';
import type { Held } from '../plan/compile.ts';
import type { Plan, PlannedStep } from '../plan/plan.ts';

/** True where a step's rows are computed within the statement of an output. */
export const flowsInto = (plan: Plan, id: string, { step }: StepRef, held: Held): boolean => {
  const planned = plan.steps.get(step);
  return id === step || (planned !== undefined && feeds(plan, id, planned, held));
};

/** True where a step's rows reach another within one statement. */
export function feeds(plan: Plan, id: string, { inputs }: PlannedStep, held: Held): boolean {
  return inputs.some((ref) => {
    const input = plan.steps.get(ref.step);
    return (
      !held.has(refText(ref)) && input !== undefined && (ref.step === id || feeds(plan, id, input, held))
    );
  });
}
