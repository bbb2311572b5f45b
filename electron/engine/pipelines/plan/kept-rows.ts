import type { PipelineStep } from '../../../../shared/contract/pipelines.ts';
import type { StepDefinition, WriteMode } from '../../../../shared/define-step.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { growsWith } from './growing.ts';
import type { Plan } from './plan.ts';
import { fault } from './step-problems.ts';

/** Why the way in which a step writes would lose rows that are there. */
export function lossProblems(plan: Plan, step: PipelineStep, definition: StepDefinition): Problem[] {
  const table = definition.writes?.(step.params as never);
  if (table === undefined) return [];
  const into = definition.into?.(step.params as never) ?? { mode: 'replace' };
  return [...addingProblems(plan, step, into), ...versionProblems(plan, step, table, into)];
}

/** What only new rows come to must keep the rows that are there. */
function addingProblems({ pipeline }: Plan, { id }: PipelineStep, into: WriteMode): Problem[] {
  const keeps = into.mode === 'append' || into.mode === 'upsert' || (into.mode === 'history' && !into.ends);
  if (keeps || !growsWith(pipeline, id)) return [];
  const hint = 'Choose to keep them and add these, or to replace those of the same key.';
  return [fault(id, 'Only new rows come to it, and it would keep no others.', hint, { param: 'mode' })];
}

/** Versions of rows that are no more can be had from nowhere else. */
function versionProblems(
  { tables, pipeline }: Plan,
  { id }: PipelineStep,
  table: string,
  { mode }: WriteMode,
): Problem[] {
  const known = tables.get(table);
  if (mode === 'history' || !known?.versioned || known.source !== pipeline.name) return [];
  const words = `"${table}" keeps every version of its rows, and this would drop them.`;
  const hint =
    'Keep every version further on, or write another table; remove the table first where they may go.';
  return [fault(id, words, hint, { table, param: 'mode' })];
}
