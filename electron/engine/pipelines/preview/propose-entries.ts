import { typeFamily } from '../../../../shared/column.ts';
import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import type { ValueCount } from '../../../../shared/define-step.ts';
import { problem } from '../../../../shared/problem.ts';
import { steps } from '../../../../shared/registry.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { compile } from '../plan/compile.ts';
import { planPipeline } from '../plan/plan-pipeline.ts';
import { type LookingAhead, vectorsToLook } from '../plan/plan-vectors.ts';
import { runnable } from './preview.ts';

/** So many different values are looked at, the most frequent first. */
const mostValues = 20_000;

/** Entries for a list of a step, as its definition makes them of the values that come to the step. Nothing is written. */
export async function proposeEntries(
  database: Database,
  pipeline: Pipeline,
  { id, way }: { readonly id: string; readonly way: string },
  { signal, embed }: LookingAhead,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const step = pipeline.steps.find((one) => one.id === id);
  const proposals = steps.get(step?.kind ?? '')?.proposals;
  if (!step || !proposals || !Object.hasOwn(proposals.ways, way)) {
    throw problem('bad_input', `The step "${id}" proposes nothing by "${way}".`);
  }
  const column = proposals.column(step.params as never);
  const values = await database.use({ title: `Looking at ${column || id}`, signal }, async (session) => {
    const plan = await planPipeline(session, pipeline);
    const [input] = plan.steps.get(id)?.inputs ?? [];
    if (!input) throw problem('bad_input', 'Nothing is connected to it.', { at: { step: id } });
    const { columns } = runnable(plan, input.step);
    const at = { step: id, param: 'column' };
    const chosen = columns.find(({ name }) => name === column);
    if (!chosen) throw problem('bad_input', 'Choose a column first.', { at });
    if (!['text', 'other'].includes(typeFamily(chosen.type))) {
      const hint = 'Values of other types have one spelling each: the Replace step writes others for them.';
      throw problem('bad_input', `"${column}" is ${chosen.type}; spellings are a matter of text.`, {
        hint,
        at,
      });
    }
    await vectorsToLook(session, plan, input, { embed, signal });
    return session.query<ValueCount>(sql`
      select input.${ident(column)}::text as value, count(*)::float8 as count from (${compile(plan, input)}) as input
      where input.${ident(column)} is not null group by 1 order by 2 desc, 1 limit ${mostValues}`);
  });
  return proposals.make(values, way);
}
