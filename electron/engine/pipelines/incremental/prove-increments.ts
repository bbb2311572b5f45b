import type { Column } from '../../../../shared/column.ts';
import type { Pipeline, Proof } from '../../../../shared/contract/pipelines.ts';
import type { WriteMode } from '../../../../shared/define-step.ts';
import { ProblemError, problem } from '../../../../shared/problem.ts';
import { freeNames } from '../../../../shared/replaced-columns.ts';
import { numbered } from '../../../../shared/row-order.ts';
import { ident, join, literals, names, type Sql, sql, typeName } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { compileNested } from '../plan/compile.ts';
import { growsWith } from '../plan/growing.ts';
import type { ReadableTable } from '../plan/known-tables.ts';
import { isStuck, type Plan, type PlannedStep } from '../plan/plan.ts';
import { planPipeline } from '../plan/plan-pipeline.ts';
import { type LookingAhead, vectorsToLook } from '../plan/plan-vectors.ts';
import { intoOf } from './write-mode.ts';

const shownRows = 5;

/**
 * Computes every table of a pipeline in full and compares it, row for row by their text, with what stands there; of a
 * table that keeps versions those that hold. Rows of earlier runs that a run lets be are counted apart. Nothing is changed.
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

async function prove(session: Session, plan: Plan, planned: PlannedStep): Promise<Proof> {
  const { step, definition, params, columns } = planned;
  const table = definition?.writes?.(params as never) ?? '';
  const known = plan.tables.get(table);
  if (!known)
    throw problem('not_found', `There is no table "${table}" yet.`, { hint: 'Run the pipeline first.' });
  const into = intoOf(plan, planned);
  const texts = join(columns.map(({ name }) => sql`${ident(name)}::text as ${ident(name)}`));
  const come = compileNested(plan, { step: step.id, output: 'rows' }, new Map(), new Map());
  const all = lastOfKeys(come, columns, into);
  const full = sql`select ${texts} from (${asWritten(all, columns, known, into)}) as _full`;
  const holds = into.mode === 'history' ? sql`valid_to is null` : sql`true`;
  const there = sql`select ${texts} from ${ident('public', table)} as _there where ${holds}`;
  const judged = sql`${there} and ${comesAnew(full, into, growsWith(plan.pipeline, step.id))}`;
  const missing = await countAndShow(session, sql`${full} except all ${there}`);
  const extra = await countAndShow(session, sql`${judged} except all ${full}`);
  const { rows, others } = await session.one<{ rows: number; others: number }>(
    literals(sql`select (select count(*) from ${ident('public', table)}) as rows,
      (select count(*) from (${there} except all ${full}) as _others)
      + (select count(*) from ${ident('public', table)} where not (${holds})) as others`),
  );
  return { table, rows: Number(rows), earlier: Number(others) - extra.rows, missing, extra };
}

/** Of several rows of a key the last to come, where that is the one that a run keeps. */
function lastOfKeys(all: Sql, columns: readonly Column[], into: WriteMode): Sql {
  if (!('key' in into) || !into.last) return all;
  const rows = { name: '', columns, from: sql`(${all})` };
  const [arrival = ''] = freeNames([rows], 'arrival');
  const key = names(into.key);
  return sql`select distinct on (${key}) ${names(columns.map(({ name }) => name))}
    from ${numbered(rows, arrival)} as _rows order by ${key}, ${ident(arrival)} desc`;
}

/** Rows that are added to others get the types that those have. */
function asWritten(all: Sql, columns: readonly Column[], known: ReadableTable, { mode }: WriteMode): Sql {
  if (mode === 'replace') return all;
  const cells = columns.map(({ name, type }) => {
    const own = known.columns.find((column) => column.name === name)?.type ?? type;
    return own === type ? ident(name) : sql`${ident(name)}::${typeName(own)} as ${ident(name)}`;
  });
  return sql`select ${join(cells)} from (${all}) as _rows`;
}

/** Rows that a full run would have to make anew: others may be of earlier runs, and a run lets them be. */
function comesAnew(full: Sql, into: WriteMode, grows: boolean): Sql {
  if (into.mode === 'append' && !grows) return sql`false`;
  const lets = (into.mode === 'upsert' && !grows) || (into.mode === 'history' && !into.ends);
  if (!lets) return sql`true`;
  const same = into.key.map((name) => sql`_anew.${ident(name)} = _there.${ident(name)}::text`);
  return sql`exists (select from (${full}) as _anew where ${join(same, sql` and `)})`;
}

async function countAndShow(session: Session, select: ReturnType<typeof sql>): Promise<Proof['missing']> {
  const { rows, first } = await session.one<{ rows: number; first: Record<string, string | null>[] | null }>(
    literals(sql`
      with _differing as (${select})
      select (select count(*) from _differing) as rows,
        (select json_agg(_some.*) from (select * from _differing limit ${shownRows}) as _some) as first`),
  );
  return { rows: Number(rows), first: first ?? [] };
}
