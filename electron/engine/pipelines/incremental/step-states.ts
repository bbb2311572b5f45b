import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import type { Watermark } from '../plan/known-tables.ts';
import { underNewNames } from './renamed-states.ts';
import type { MadeFrom } from './step-keys.ts';

/** What was noted of a step when it was last made. */
export interface StepState {
  readonly step: string;
  readonly key: string;
  readonly from: MadeFrom;
  readonly rows: number | null;
  readonly left: Readonly<Record<string, number>>;
  readonly table: string | null;
  readonly file: string | null;
  /** Of the table's content, or the file's. */
  readonly mark: string | null;
  readonly watermark: Watermark | null;
  /** By lineage: what can reach its rows. Missing where an older build made it. */
  readonly reach: string | null;
  /** True where it was noted under another id, or of inputs that have others now. */
  readonly moved?: true;
  readonly at: string;
}

/** What is noted of a pipeline's steps, by id. */
export async function readStates(
  session: Session,
  pipeline: string,
): Promise<ReadonlyMap<string, StepState>> {
  const states = await session.query<StepState & { madeAt: number }>(sql`
    select step, key, made_from as "from", row_count as rows, left_counts as left, table_name as "table", file_name as file, table_mark as mark, watermark, reach,
      extract(epoch from made_at)::float8 as "madeAt", to_char(made_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') as at
    from assay.step_states where pipeline = ${pipeline}`);
  return underNewNames(
    session,
    new Map(
      states.map(
        (state) => [state.step, { ...state, rows: state.rows === null ? null : Number(state.rows) }] as const,
      ),
    ),
  );
}

/** What is to be noted of a step that was made. */
export type Made = Omit<StepState, 'at'>;

/** Notes what steps were made from; within the transaction that puts their tables in their places. */
export async function noteStates(session: Session, pipeline: string, made: readonly Made[]): Promise<void> {
  await session.run(sql`
    insert into assay.step_states (pipeline, step, key, made_from, row_count, left_counts, table_name, file_name, table_mark, watermark, reach)
    select ${pipeline}::text, step, key, "from", rows, "left", "table", file, mark, watermark, reach
    from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as x
      (step text, key text, "from" jsonb, rows bigint, "left" jsonb, "table" text, file text, mark text, watermark jsonb, reach text)
    on conflict (pipeline, step) do update set key = excluded.key, made_from = excluded.made_from, row_count = excluded.row_count,
      left_counts = excluded.left_counts, table_name = excluded.table_name, file_name = excluded.file_name, table_mark = excluded.table_mark,
      watermark = excluded.watermark, reach = excluded.reach, made_at = now()`);
}

/** Forgets steps that the pipeline no longer has. */
export async function forgetStates(
  session: Session,
  pipeline: string,
  kept: readonly string[],
): Promise<void> {
  await session.run(sql`
    delete from assay.step_states where pipeline = ${pipeline}
      and step not in (select jsonb_array_elements_text(${JSON.stringify(kept)}::jsonb))`);
}
