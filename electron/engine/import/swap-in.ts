import { rowColumn } from '../../../shared/column.ts';
import type { Account, SniffedDialect } from '../../../shared/contract/files.ts';
import type { ImportedColumn, ImportedFormat } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, names, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { mergeRows } from './merge-rows.ts';
import type { Stage } from './stage.ts';
import type { ImportMode, Target } from './target.ts';

/** What the catalog keeps of an import. */
export interface ImportRecord {
  readonly source: string;
  readonly recipe: string;
  readonly mode: ImportMode;
  readonly key: readonly string[];
  readonly dialect: SniffedDialect | null;
  readonly format: ImportedFormat;
  readonly columns: readonly ImportedColumn[];
  readonly account: Account;
  readonly bytes: number;
  readonly hash: string;
  readonly ms: number;
}

/** Puts the staged rows in their place and writes the catalog. Runs inside one transaction. */
export async function swapIn(
  session: Session,
  stage: Stage,
  target: Target,
  record: ImportRecord,
): Promise<void> {
  if (record.mode === 'append' && target.exists) await addRows(session, stage, target);
  else if (record.mode === 'merge' && target.exists)
    await mergeRows(session, stage.table, target, record.key);
  else if (target.exists && (await hasDependents(session, target.table)))
    await refill(session, stage, target, record);
  else await moveTable(session, stage, target);
  await writeCatalog(session, stage, target.table, record);
}

async function moveTable(session: Session, stage: Stage, { table }: Target) {
  const name = ident('public', table);
  await session.run(sql`drop table if exists ${name}`);
  await session.run(sql`alter table ${stage.table} set schema public`);
  await session.run(sql`alter table ${ident('public', stage.name)} rename to ${ident(table)}`);
}

async function addRows(session: Session, stage: Stage, { table, columns }: Target) {
  const list = names(columns.map(({ name }) => name));
  const name = ident('public', table);
  const row = ident(rowColumn);
  await session.run(
    sql`insert into ${name} (${row}, ${list})
      select ${row} + (select coalesce(max(${row}), 0) from ${name}), ${list} from ${stage.table} order by ${row}`,
  );
}

/** Views stand on the table: its rows are changed and the table itself stays. */
async function refill(session: Session, stage: Stage, target: Target, { columns }: ImportRecord) {
  const shape = (list: readonly { readonly name: string; readonly type: string }[]) =>
    JSON.stringify(list.map(({ name, type }) => [name, type]));
  if (shape(target.columns) !== shape(columns)) {
    throw problem(
      'bad_input',
      `"${target.table}" cannot be replaced: views read it, and the file has other columns.`,
      {
        hint: 'Import the file under another name, or remove the views that read the table first.',
        at: { table: target.table },
      },
    );
  }
  await session.run(sql`delete from ${ident('public', target.table)}`);
  await addRows(session, stage, target);
}

async function hasDependents(session: Session, table: string): Promise<boolean> {
  const { n } = await session.one<{ n: number }>(
    sql`select count(*)::int as n from pg_depend d join pg_rewrite r on r.oid = d.objid
      where d.classid = 'pg_rewrite'::regclass and d.refobjid = to_regclass(format('public.%I', ${table}::text))
        and r.ev_class <> d.refobjid`,
  );
  return n > 0;
}

async function writeCatalog(session: Session, stage: Stage, table: string, record: ImportRecord) {
  const { account, dialect, format, columns, source, recipe, mode, bytes, hash, ms } = record;
  const { id } = await session.one<{ id: number }>(
    sql`insert into assay.imports (table_name, source, recipe, mode, dialect, columns, physical, loaded, rejected,
        skipped, skipped_by, source_bytes, source_hash, ms)
      values (${table}, ${source}, ${recipe}, ${mode}, ${JSON.stringify({ ...dialect, format })}::jsonb, ${JSON.stringify(columns)}::jsonb,
        ${account.physical}, ${account.loaded}, ${account.rejected}, ${account.skipped},
        ${JSON.stringify(account.skippedBy)}::jsonb, ${bytes}, ${hash}, ${ms}) returning id`,
  );
  await session.run(
    sql`insert into assay.rejects (import_id, ordinal, line, column_name, cause, raw)
      select ${id}, row_number() over (order by line), line, column_name, cause, raw from ${stage.rejects}`,
  );
  await session.run(sql`drop table ${stage.rejects}`);
  await session.run(sql`drop table if exists ${stage.table}`);
  await session.run(
    sql`insert into assay.tables (name, origin, source, import_id, row_count)
      values (${table}, 'import', ${source}, ${id}, (select count(*) from ${ident('public', table)}))
      on conflict (name) do update set origin = excluded.origin, source = excluded.source,
        import_id = excluded.import_id, row_count = excluded.row_count, version = assay.tables.version + 1,
        updated_at = now()`,
  );
}
