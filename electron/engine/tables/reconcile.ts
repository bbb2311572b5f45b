import { ident, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { followColumns } from './follow-columns.ts';
import type { Renaming } from './rename-in-files.ts';
import { passingName, renameRecords } from './rename-table.ts';
import { addressRows } from './row-address.ts';
import { type RelationName, relationNames, snapshotTables, type TableMark } from './table-snapshot.ts';

/** What schema public was before an analyst's SQL. */
export interface Before {
  /** Without these every table counts as changed. */
  readonly tables?: readonly TableMark[];
  readonly names: readonly RelationName[];
}

/** What an analyst's SQL did to tables. */
export interface Reconciled {
  readonly changed: boolean;
  /** Files name these by their old names still. */
  readonly renamed: readonly Renaming[];
}

/** What schema public is now, to reconcile with after SQL that may change it. */
export const beforeSql = async (session: Session): Promise<Before> => ({
  tables: await snapshotTables(session),
  names: await relationNames(session),
});

/**
 * Brings the catalog to what is in schema public after an analyst's SQL: new tables get rows with addresses and a
 * record, dropped ones vanish, changed ones are counted anew, renamed ones stay the same.
 */
export async function reconcileTables(session: Session, { tables, names }: Before): Promise<Reconciled> {
  const after = await snapshotTables(session);
  const renamed = await followNames(session, names);
  const columns = await followColumns(session);
  const removed = await forgetRemoved(session);
  const changed = after.filter(
    ({ oid, mark }) => !tables?.some((old) => old.oid === oid && old.mark === mark),
  );
  for (const { name } of changed) await recordTable(session, name);
  return { changed: renamed.length > 0 || columns || removed || changed.length > 0, renamed };
}

async function followNames(session: Session, before: readonly RelationName[]): Promise<Renaming[]> {
  const old = new Map(before.map(({ oid, name }) => [oid, name]));
  const moved = (await relationNames(session)).flatMap(({ oid, name: to }) => {
    const from = old.get(oid);
    return from !== undefined && from !== to ? [{ from, to }] : [];
  });
  for (const [at, { from }] of moved.entries()) await renameRecords(session, from, passingName(at));
  for (const [at, { to }] of moved.entries()) {
    await session.run(sql`delete from assay.tables where name = ${to}`);
    await renameRecords(session, passingName(at), to);
  }
  return moved;
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
