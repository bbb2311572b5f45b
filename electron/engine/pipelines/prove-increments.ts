import type { Pipeline, Proof } from '../../../shared/contract/pipelines.ts';
import { ProblemError, problem } from '../../../shared/problem.ts';
import { ident, join, literals, sql } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { compileNested } from './compile.ts';
import { isStuck, type Plan, type PlannedStep } from './plan.ts';
import { planPipeline } from './plan-pipeline.ts';
import { type LookingAhead, vectorsToLook } from './plan-vectors.ts';

const shownRows = 5;

/**
 * Computes every table of a pipeline in full and compares it, row for row by their text, with what stands there; of a
 * table that keeps versions those that hold. Nothing is changed.
 */
export async function proveIncrements(
  database: Database,
  pipeline: Pipeline,
  { signal, embed }: LookingAhead,
): Promise<readonly Proof[]> {
  const plan = await planPipeline(database, pipeline);
  const written = [...plan.steps.values()].filter(({ definition }) => definition?.writes);
  const proofs: Proof[] = [];
  for (const planned of written) {
    const [fault] = planned.problems;
    if (fault) throw new ProblemError(fault);
    if (isStuck(planned)) throw problem('bad_input', `"${planned.title}" waits for ${planned.blockedBy}.`);
    const title = `Proving ${pipeline.name}`;
    proofs.push(
      await database.use({ title, priority: 'background', signal }, async (session) => {
        const ref = { step: planned.step.id, output: 'rows' };
        await vectorsToLook(session, plan, ref, { embed, signal });
        return prove(session, plan, planned);
      }),
    );
  }
  return proofs;
}

async function prove(
  session: Session,
  plan: Plan,
  { step, definition, params, columns }: PlannedStep,
): Promise<Proof> {
  const table = definition?.writes?.(params as never) ?? '';
  const known = plan.tables.get(table);
  if (!known)
    throw problem('not_found', `There is no table "${table}" yet.`, { hint: 'Run the pipeline first.' });
  const texts = join(columns.map(({ name }) => sql`${ident(name)}::text as ${ident(name)}`));
  const holds = definition?.into?.(params as never).mode === 'history' ? sql`where valid_to is null` : sql``;
  const full = sql`select ${texts} from (${compileNested(plan, { step: step.id, output: 'rows' }, new Map(), new Map())}) as _full`;
  const kept = sql`select ${texts} from ${ident('public', table)} ${holds}`;
  const [missing, extra] = [sql`${full} except all ${kept}`, sql`${kept} except all ${full}`];
  const { rows } = await session.one<{ rows: number }>(sql`select count(*) as rows from (${kept}) as _kept`);
  return {
    table,
    rows: Number(rows),
    missing: await countAndShow(session, missing),
    extra: await countAndShow(session, extra),
  };
}

async function countAndShow(session: Session, select: ReturnType<typeof sql>): Promise<Proof['missing']> {
  const { rows, first } = await session.one<{ rows: number; first: Record<string, string | null>[] | null }>(
    literals(sql`
      with _differing as (${select})
      select (select count(*) from _differing) as rows,
        (select json_agg(_some) from (select * from _differing limit ${shownRows}) as _some) as first`),
  );
  return { rows: Number(rows), first: first ?? [] };
}
