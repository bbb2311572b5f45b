import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import type { Page } from '../../../../shared/contract/tables.ts';
import { refText, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { stopIfCancelled } from '../../../../shared/problem.ts';
import { ident, literals, sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { compile } from '../plan/compile.ts';
import { planPipeline } from '../plan/plan-pipeline.ts';
import { type LookingAhead, vectorsToLook } from '../plan/plan-vectors.ts';
import { runnable } from './preview.ts';

/** Which rows of which output of which pipeline. */
export interface Looked {
  readonly pipeline: Pipeline;
  readonly ref: StepRef;
  readonly offset: number;
  readonly limit: number;
}

interface Kept {
  readonly key: string;
  readonly name: string;
  readonly rows: number;
}

/** The database keeps no more of them than this. */
const mostKept = 2;

/**
 * All rows of a step's output, to be paged through: computed once, and kept in a table of the connection until a table
 * of the workspace changes, others are looked at, or the database starts anew.
 */
export class WholeOutputs {
  readonly #database: Database;
  #kept: readonly Kept[] = [];
  #made = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  page(looked: Looked, ahead: Omit<LookingAhead, 'limit'>): Promise<Page> {
    const { ref, offset, limit } = looked;
    const title = `Computing all rows of ${refText(ref)}`;
    return this.#database.use({ title, signal: ahead.signal }, async (session) => {
      stopIfCancelled(ahead.signal, 'Nobody waits for these rows any more; they were not read.');
      const { name, rows: total } = await this.#keep(session, looked, ahead);
      const { bytes, rows } = await session.rows(sql`select * from ${ident('pg_temp', name)}
        where _row > ${offset} and _row <= ${offset + limit} order by _row`);
      return { bytes, rows, offset, total };
    });
  }

  async #keep(
    session: Session,
    { pipeline, ref }: Looked,
    ahead: Omit<LookingAhead, 'limit'>,
  ): Promise<Kept> {
    const { layout: _layout, ...logic } = pipeline;
    const key = JSON.stringify([refText(ref), logic, await stateOf(session)]);
    const there = await namesThere(session);
    const known = this.#kept.filter(({ name }) => there.has(name));
    const found = known.find((kept) => kept.key === key);
    const others = known.filter((kept) => kept !== found).slice(-mostKept + 1);
    for (const { name } of known.filter((kept) => kept !== found && !others.includes(kept)))
      await session.run(sql`drop table ${ident('pg_temp', name)}`);
    this.#kept = others;
    const kept = found ?? (await this.#make(session, { pipeline, ref }, key, ahead));
    this.#kept = [...others, kept];
    return kept;
  }

  /** What is computed must not write: the table is made first, and filled in a transaction that only reads. */
  async #make(
    session: Session,
    { pipeline, ref }: Pick<Looked, 'pipeline' | 'ref'>,
    key: string,
    ahead: Omit<LookingAhead, 'limit'>,
  ): Promise<Kept> {
    const plan = await planPipeline(session, pipeline);
    runnable(plan, ref.step);
    await vectorsToLook(session, plan, ref, ahead);
    const name = `${prefix}${++this.#made}`;
    const table = ident('pg_temp', name);
    const output = sql`(
${compile(plan, ref)}
) as result`;
    await session.run(
      literals(
        sql`create temp table ${ident(name)} as select 0::bigint as _row, result.* from ${output} with no data`,
      ),
    );
    try {
      await session.run(sql`begin read only`);
      await session.run(sql`set local synchronize_seqscans = off`);
      const rows = await session.run(
        literals(sql`insert into ${table} select row_number() over (), result.* from ${output}`),
      );
      await session.run(sql`commit`);
      await session.run(sql`alter table ${table} add primary key (_row)`);
      return { key, name, rows };
    } catch (thrown) {
      await session.run(sql`rollback`).catch(() => {});
      await session.run(sql`drop table if exists ${table}`).catch(() => {});
      throw thrown;
    }
  }
}

const prefix = 'assay_whole_';

/** What the tables of the workspace hold, as a mark. */
async function stateOf(session: Session): Promise<string> {
  const { state } = await session.one<{ state: string }>(
    sql`select coalesce(string_agg(concat_ws(':', name, version, updated_at), ' ' order by name), '') as state from assay.tables`,
  );
  return state;
}

async function namesThere(session: Session): Promise<ReadonlySet<string>> {
  const tables = await session.query<{ name: string }>(sql`
    select relname as name from pg_class
    where relnamespace = pg_my_temp_schema() and relkind = 'r' and starts_with(relname, ${prefix})`);
  return new Set(tables.map(({ name }) => name));
}
