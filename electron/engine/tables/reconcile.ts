import { ident, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { followColumns } from './follow-columns.ts';
import { renameRecords } from './rename-table.ts';
import { addressRows } from './row-address.ts';
import { snapshotTables, type TableMark } from './table-snapshot.ts';

/**
 * Brings the catalog to what is in schema public after an analyst's SQL: new tables get rows with addresses and a
 * record, dropped ones vanish, changed ones are counted anew. Without `before` every table counts as changed.
 */
export async function reconcileTables(
  session: Session,
  before: readonly TableMark[] | undefined,
): Promise<boolean> {
  const after = await snapshotTables(session);
  const renamed = await followNames(session, before ?? [], after);
  const columns = await followColumns(session);
  const removed = await forgetRemoved(session);
  const changed = after.filter(
    ({ oid, mark }) => !before?.some((old) => old.oid === oid && old.mark === mark),
  );
  for (const { name } of changed) await recordTable(session, name);
  return renamed || columns || removed || changed.length > 0;
}

async function followNames(session: Session, before: readonly TableMark[], after: readonly TableMark[]) {
  const moved = after.flatMap(({ oid, name }) => {
    const old = before.find((table) => table.oid === oid);
    return old && old.name !== name ? [{ from: old.name, to: name }] : [];
  });
  // By way of names that no table can have, so that two tables may swap theirs.
  for (const [at, { from }] of moved.entries()) await renameRecords(session, from, `\u0001${at}`);
  for (const [at, { to }] of moved.entries()) {
    await session.run(sql`delete from assay.tables where name = ${to}`);
    await renameRecords(session, `\u0001${at}`, to);
  }
  return moved.length > 0;
}

/** What was found in a table that is gone stays as history, and counts nowhere. */
async function forgetRemoved(session: Session): Promise<boolean> {
  const removed = await session.query<{ name: string }>(sql`
    delete from assay.tables t where not exists (
      select from pg_class c where c.relname = t.name and c.relnamespace = 'public'::regnamespace and c.relkind = 'r')
    returning t.name`);
  for (const { name } of removed) {
    await session.run(
      sql`update assay.data_quality_checks set retired = true where table_name = ${name} and not retired`,
    );
  }
  return removed.length > 0;
}

/** Counts a table anew, and lets the planner know what is in it. */
async function recordTable(session: Session, name: string): Promise<void> {
  await addressRows(session, name);
  await session.run(sql`analyze ${ident('public', name)}`);
  const { rows } = await session.one<{ rows: number }>(
    sql`select count(*) as rows from ${ident('public', name)}`,
  );
  await session.run(sql`
    insert into assay.tables (name, origin, row_count) values (${name}, 'query', ${rows})
    on conflict (name) do update
    set row_count = excluded.row_count, version = assay.tables.version + 1, updated_at = now()`);
}
