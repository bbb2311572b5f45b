import { rowColumn } from '../../../shared/column.ts';
import type { Account } from '../../../shared/contract/files.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import type { Session } from '../database/database.ts';
import { checkChangedAccount } from './check-account.ts';
import { mergeRows, refuseAmbiguousKeys } from './merge-rows.ts';
import type { RetriedImport } from './retry.ts';
import type { Correction } from './sort-corrections.ts';
import type { Stage } from './stage.ts';
import { addRows } from './swap-in.ts';
import type { Target } from './target.ts';

/** What came of corrections: those on the stage, in its order, and those that do not fit. */
export interface Outcome {
  readonly loaded: readonly Correction[];
  readonly faulty: readonly (Correction & { readonly cause: string; readonly column: string | null })[];
}

/** Moves corrected rejects from the stage into the table, and from one side of the account to the other. */
export async function bookRetry(
  { database }: Context,
  target: Target,
  found: RetriedImport,
  stage: Stage,
  outcome: Outcome,
  signal: AbortSignal,
): Promise<Account> {
  const title = `Loading rejects of ${target.table}`;
  return database.transaction({ title, signal }, async (session) => {
    const before = await lastRow(session, target.table);
    if (outcome.loaded.length > 0) await addLoaded(session, target, found, stage);
    await bookRows(session, found.id, outcome, found.mode === 'merge' ? null : before);
    const { loaded, faulty } = outcome;
    await session.run(
      sql`insert into assay.retries (import_id, tried, loaded) values (${found.id}, ${loaded.length + faulty.length}, ${loaded.length})`,
    );
    await session.run(
      sql`update assay.imports set loaded = loaded + ${loaded.length}, rejected = rejected - ${loaded.length} where id = ${found.id}`,
    );
    if (loaded.length > 0) await bookTable(session, target.table);
    await checkChangedAccount(session, found.id);
    return accountOf(session, found.id);
  });
}

async function addLoaded(session: Session, target: Target, { mode, key }: RetriedImport, stage: Stage) {
  if (mode !== 'merge') return addRows(session, stage.table, target);
  await refuseAmbiguousKeys(session, stage.table, key, 'the rejects');
  return mergeRows(session, stage.table, target, key);
}

async function bookRows(
  session: Session,
  importId: number,
  { loaded, faulty }: Outcome,
  before: number | null,
) {
  const rows = loaded.map(({ ordinal, text }, at) => ({
    ordinal,
    text,
    row: before === null ? null : before + at + 1,
  }));
  const booked = await session.run(
    sql`update assay.rejects r set corrected = c.text, loaded_at = now(), loaded_row = c.row
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c (ordinal bigint, text text, row bigint)
      where r.import_id = ${importId} and r.ordinal = c.ordinal and r.loaded_at is null`,
  );
  if (booked !== loaded.length) throw problem('bad_input', 'Some of these rejects were loaded meanwhile.');
  await session.run(
    sql`update assay.rejects r set corrected = c.text, cause = c.cause, column_name = c.column
      from jsonb_to_recordset(${JSON.stringify(faulty)}::jsonb) as c (ordinal bigint, text text, cause text, "column" text)
      where r.import_id = ${importId} and r.ordinal = c.ordinal and r.loaded_at is null`,
  );
}

/** The table counts as changed by its import, so that undoing the import goes on to be possible. */
async function bookTable(session: Session, table: string): Promise<void> {
  await session.run(
    sql`update assay.undos u set version = u.version + 1 from assay.tables t
      where u.table_name = ${table} and t.name = u.table_name and t.version = u.version`,
  );
  await session.run(
    sql`update assay.tables set row_count = (select count(*) from ${ident('public', table)}), version = version + 1,
      updated_at = now() where name = ${table}`,
  );
}

async function accountOf(session: Session, importId: number): Promise<Account> {
  const { skippedBy, ...account } = await session.one<Account>(
    sql`select physical, loaded, rejected, skipped, skipped_by as "skippedBy" from assay.imports where id = ${importId}`,
  );
  return { ...account, skippedBy };
}

async function lastRow(session: Session, table: string): Promise<number> {
  const { last } = await session.one<{ last: number }>(
    sql`select coalesce(max(${ident(rowColumn)}), 0) as last from ${ident('public', table)}`,
  );
  return Number(last);
}
