import { type Column, typeFamily } from '../../../../shared/column.ts';
import type { Pipeline, StepProfile } from '../../../../shared/contract/pipelines.ts';
import { refText, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { ident, join, nothing, type Sql, sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { compile } from '../plan/compile.ts';
import { columnsAt } from '../plan/plan.ts';
import { planPipeline } from '../plan/plan-pipeline.ts';
import { type LookingAhead, vectorsToLook } from '../plan/plan-vectors.ts';
import { runnable } from './preview.ts';

/** What the columns of a step's output hold, of its first rows or of all. Nothing is written. */
export function profileStep(
  database: Database,
  pipeline: Pipeline,
  ref: StepRef,
  looking: LookingAhead,
): Promise<StepProfile> {
  const { limit, signal } = looking;
  return database.use({ title: `Profiling ${refText(ref)}`, signal }, async (session) => {
    const plan = await planPipeline(session, pipeline);
    runnable(plan, ref.step);
    await vectorsToLook(session, plan, ref, looking);
    const columns = columnsAt(plan, ref);
    const first = limit === undefined ? nothing : sql` limit ${limit}`;
    await session.run(sql`begin read only`);
    try {
      await session.run(sql`set local synchronize_seqscans = off`);
      const { rows, ...facts } = await session.one<Facts>(sql`
        select ${join([sql`count(*)::float8 as rows`, ...columns.map(factsOf)])}
        from (select * from (${compile(plan, ref)}) as whole${first}) as looked`);
      const told = columns.map((column, at) => ({ ...column, ...(facts[`c${at}`] as ColumnFacts) }));
      return { rows, columns: told };
    } finally {
      await session.run(sql`rollback`).catch(() => {});
    }
  });
}

type ColumnFacts = Omit<StepProfile['columns'][number], keyof Column>;
type Facts = { readonly rows: number } & Readonly<Record<string, ColumnFacts | number>>;

const ordered = new Set([
  'integer',
  'decimal',
  'float',
  'text',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'interval',
]);

function factsOf({ name, type }: Column, at: number): Sql {
  const cell = ident(name);
  const hasOrder = ordered.has(typeFamily(type));
  const end = (which: Sql) => (hasOrder ? sql`left(${which}(${cell})::text, 200)` : sql`null`);
  return sql`json_build_object('filled', count(${cell}), 'distinct', count(distinct ${cell}::text),
          'least', ${end(sql`min`)}, 'greatest', ${end(sql`max`)},
          'commonest', left(mode() within group (order by ${cell}::text), 200)) as ${ident(`c${at}`)}`;
}
