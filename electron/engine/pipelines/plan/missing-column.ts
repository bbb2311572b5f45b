import { columnUses } from '../../../../shared/column-uses.ts';
import type { StepRef } from '../../../../shared/pipeline-graph.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { columnsAt, type Plan, type PlannedStep } from './plan.ts';
import { fault } from './step-problems.ts';

/** Columns that a step's parameters name and its inputs do not have. */
export function missingColumns(plan: Plan, planned: Omit<PlannedStep, 'columns' | 'problems'>): Problem[] {
  const { step, definition, params, inputs } = planned;
  if (!definition) return [];
  return columnUses(definition.params, params).flatMap(({ param, input, column }) => {
    const ref = inputs[input];
    if (!ref || columnsAt(plan, ref).some(({ name }) => name === column)) return [];
    const { message, hint } = missingWords(plan, [ref], column);
    return [fault(step.id, message, hint, { column, param })];
  });
}

/** Says of a column that none of these inputs has who took it away, or what comes near. */
export function missingWords(
  plan: Plan,
  refs: readonly StepRef[],
  column: string,
): { message: string; hint?: string } {
  for (const ref of refs) {
    const by = removedBy(plan, ref, column);
    if (by) return { message: `The column "${column}" is gone since "${by}" removed it.` };
  }
  const where = refs.map(({ step }) => `"${plan.steps.get(step)?.title ?? step}"`).join(' or ');
  const there = refs.flatMap((ref) => columnsAt(plan, ref).map(({ name }) => name));
  const near = there.find((name) => name.toLowerCase() === column.toLowerCase());
  const hint = near
    ? `There is "${near}"; write it in double quotes in SQL.`
    : `Columns there: ${there.slice(0, 12).join(', ')}${there.length > 12 ? ', …' : ''}.`;
  return { message: `There is no column "${column}"${where ? ` in ${where}` : ''}.`, hint };
}

/** The title of the step on the way to `ref` that had the column coming in and not going out. */
function removedBy(plan: Plan, { step }: StepRef, column: string): string | undefined {
  const planned = plan.steps.get(step);
  for (const input of planned?.inputs ?? []) {
    if (columnsAt(plan, input).some(({ name }) => name === column)) return planned?.title;
    const earlier = removedBy(plan, input, column);
    if (earlier) return earlier;
  }
  return undefined;
}
