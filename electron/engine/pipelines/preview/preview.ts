import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import type { Page } from '../../../../shared/contract/tables.ts';
import { refText, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { ProblemError, problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { compile } from '../plan/compile.ts';
import type { Plan, PlannedStep } from '../plan/plan.ts';
import { planPipeline } from '../plan/plan-pipeline.ts';
import { type LookingAhead, vectorsToLook } from '../plan/plan-vectors.ts';

/** The first rows of a step's output, computed from the tables as they are. Nothing is written. */
export function previewStep(
  database: Database,
  pipeline: Pipeline,
  ref: StepRef,
  { limit, signal, embed }: Required<LookingAhead>,
): Promise<Page> {
  return database.use({ title: `Previewing ${refText(ref)}`, signal }, async (session) => {
    const plan = await planPipeline(session, pipeline);
    runnable(plan, ref.step);
    await vectorsToLook(session, plan, ref, { embed, signal, limit });
    await session.run(sql`begin read only`);
    try {
      await session.run(sql`set local synchronize_seqscans = off`);
      const { bytes, rows } = await session.rows(sql`select * from (
${compile(plan, ref)}
) as preview limit ${limit}`);
      return { bytes, offset: 0, rows, total: rows };
    } finally {
      await session.run(sql`rollback`).catch(() => {});
    }
  });
}

/** The planned step, or the problem that stands in its way. */
export function runnable(plan: Plan, id: string): PlannedStep {
  const planned = plan.steps.get(id);
  if (!planned) {
    const known = [...plan.steps.keys()].join(', ');
    throw problem('not_found', `There is no step "${id}" in "${plan.pipeline.name}".`, {
      hint: known ? `Steps: ${known}.` : 'The pipeline has no steps yet.',
    });
  }
  const [first] = planned.problems;
  if (first) throw new ProblemError(first);
  if (planned.blockedBy === undefined) return planned;
  const cause = plan.steps.get(planned.blockedBy)?.problems[0];
  throw problem('bad_input', `"${planned.title}" waits for "${planned.blockedBy}": ${cause?.message ?? ''}`, {
    hint: cause?.hint,
    at: cause?.at,
  });
}
