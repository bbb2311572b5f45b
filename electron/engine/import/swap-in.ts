import { rowColumn } from '../../../shared/column.ts';
import type { Account, SniffedDialect } from '../../../shared/contract/files.ts';
import type { LeftOut } from '../../../shared/contract/formats.ts';
import type { ImportedColumn, ImportedFormat } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, names, type Sql, sql, typeName } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import type { PartWriting } from '../files/table/file-table.ts';
import { dependentsInDatabase } from './dependents.ts';
import { beforeAdding, beforeMerging, copyAside, created, type Former, setAside } from './former.ts';
import { mergeRows } from './merge-rows.ts';
import type { Stage } from './stage.ts';
import type { ImportMode, Target } from './target.ts';
import { trimUndos } from './undo-levels.ts';

/** What the catalog keeps of an import. */
export interface ImportRecord {
  readonly source: string;
  readonly recipe: string;
  readonly mode: ImportMode;
  readonly key: readonly string[];
  readonly dialect: SniffedDialect | null;
  readonly format: ImportedFormat;
  /** Records that were taken for no rows, with their texts. */
  readonly leftOut?: readonly LeftOut[];
  /** Of several files that are one table, how those with rejects are written. */
  readonly parts?: Readonly<Record<string, PartWriting>>;
  readonly columns: readonly ImportedColumn[];
  readonly account: Account;
  readonly bytes: number;
  readonly hash: string;
  readonly ms: number;
  /** When the file was last written to, in ISO 8601. */
  readonly modified: string;
}

/** Puts the staged rows in their place, keeps what was there, and writes the catalog. Runs inside one transaction. */
export async function swapIn(
  session: Session,
  stage: Stage,
  target: Target,
  record: ImportRecord,
): Promise<{ readonly id: number; readonly former: Former }> {
  const { table } = target;
  const known = await session.maybeOne<{ former: unknown }>(
    sql`select to_jsonb(t) as former from assay.tables t where name = ${table}`,
  );
  await trimUndos(session, table);
  const former = await place(session, stage, target, record);
  const id = await writeCatalog(session, stage, table, record);
  await rememberUndo(session, table, id, former, known?.former ?? null);
  return { id, former };
}

async function place(session: Session, stage: Stage, target: Target, record: ImportRecord): Promise<Former> {
  const { table, exists } = target;
  if (record.mode === 'append' && exists) {
    const former = await beforeAdding(session, table);
    const addedColumns = await addColumns(session, target, record);
    await addRows(session, stage.table, { ...target, columns: record.columns });
    return { ...former, addedColumns };
  }
  if (record.mode === 'merge' && exists) {
    const former = await beforeMerging(session, target, stage.table, record.key, stage.name);
    const addedColumns = await addColumns(session, target, record);
    await mergeRows(session, stage.table, { ...target, columns: record.columns }, record.key);
    return { ...former, addedColumns };
  }
  if (exists && (await dependentsInDatabase(session, table)).length > 0)
    return refill(session, stage, target, record);
  const former = exists ? await setAside(session, table, stage.formerName) : created;
  await session.run(sql`alter table ${stage.table} set schema public`);
  await session.run(sql`alter table ${ident('public', stage.name)} rename to ${ident(table)}`);
  return former;
}

/** Gives a table the columns that only the file has; their names. */
async function addColumns(session: Session, { table, columns: former }: Target, { columns }: ImportRecord) {
  const added = columns.filter(({ name }) => !former.some((column) => column.name === name));
  for (const { name, type } of added)
    await session.run(sql`alter table ${ident('public', table)} add column ${ident(name)} ${typeName(type)}`);
  return added.map(({ name }) => name);
}

/** Adds the staged rows behind those of a table, in their order. */
export async function addRows(session: Session, stage: Sql, { table, columns }: Target): Promise<void> {
  const list = names(columns.map(({ name }) => name));
  const name = ident('public', table);
  const row = ident(rowColumn);
  await session.run(
    sql`insert into ${name} (${row}, ${list})
      select ${row} + (select coalesce(max(${row}), 0) from ${name}), ${list} from ${stage} order by ${row}`,
  );
}

/** Something stands on the table: its rows are changed and the table itself stays. */
async function refill(
  session: Session,
  stage: Stage,
  target: Target,
  { columns }: ImportRecord,
): Promise<Former> {
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
  const former = await copyAside(session, target.table, stage.formerName);
  await session.run(sql`delete from ${ident('public', target.table)}`);
  await addRows(session, stage.table, target);
  return former;
}

async function writeCatalog(session: Session, stage: Stage, table: string, record: ImportRecord) {
  const {
    account,
    dialect,
    format,
    parts,
    leftOut,
    columns,
    source,
    recipe,
    mode,
    key,
    bytes,
    hash,
    ms,
    modified,
  } = record;
  const writing = jsonOf({ ...dialect, format, parts, leftOut });
  const { id } = await session.one<{ id: number }>(
    sql`insert into assay.imports (table_name, source, recipe, mode, key, dialect, columns, physical, loaded, rejected,
        skipped, skipped_by, source_bytes, source_hash, source_modified, ms)
      values (${table}, ${source}, ${recipe}, ${mode}, ${textArray(key)}, ${writing}::jsonb, ${jsonOf(columns)}::jsonb,
        ${account.physical}, ${account.loaded}, ${account.rejected}, ${account.skipped},
        ${JSON.stringify(account.skippedBy)}::jsonb, ${bytes}, ${hash}, ${modified}::timestamptz, ${ms}) returning id`,
  );
  await session.run(
    sql`insert into assay.rejects (import_id, ordinal, line, byte_offset, column_name, cause, raw, file)
      select ${id}, row_number() over (order by file, line), line, byte_offset, column_name, cause, raw, file from ${stage.rejects}`,
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
  return id;
}

async function rememberUndo(session: Session, table: string, id: number, former: Former, record: unknown) {
  const { kind, relation, lastRow, refused, addedColumns = [] } = former;
  const kept = record === null ? null : JSON.stringify(record);
  await session.run(
    sql`insert into assay.undos (table_name, import_id, kind, relation, last_row, refused, former, version, recipe_after, added_columns)
      select ${table}, ${id}, ${kind}, ${relation}, ${lastRow}, ${refused}, ${kept}::jsonb, t.version, '', ${textArray(addedColumns)}
      from assay.tables t where t.name = ${table}`,
  );
}

/** PostgreSQL's JSON holds no NUL, which evidence may quote from a file. */
const jsonOf = (value: unknown) =>
  JSON.stringify(value, (_, part) => (typeof part === 'string' ? part.replaceAll('\0', '\ufffd') : part));

const textArray = (list: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`;
