import { rowColumn } from '../../../shared/column.ts';
import { join, sql } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { numberColumns } from '../tables/follow-columns.ts';

/** A column of a table. */
export interface PlacedColumn {
  readonly table: string;
  readonly column: string;
}

/** A column that a file of rules calls private. */
export interface ToldColumn extends PlacedColumn {
  /** The file's name. */
  readonly file: string;
}

/** A column that holds values of another. */
export interface MadeColumn extends PlacedColumn {
  readonly from: PlacedColumn;
  /** True where a pipeline has replaced all rows of the table since that was last seen. */
  readonly older?: boolean;
}

/** What is remembered: which columns are private, and which are made of others, private or not, as far as it still holds. */
export interface Remembered {
  readonly told: readonly ToldColumn[];
  readonly made: readonly MadeColumn[];
}

/** The same column has the same key. */
export const keyOfColumn = ({ table, column }: PlacedColumn): string => JSON.stringify([table, column]);

/** The same origin of the same column has the same key. */
export const keyOfMade = ({ from, ...made }: MadeColumn): string =>
  `${keyOfColumn(made)} ${keyOfColumn(from)}`;

interface Kept {
  readonly table: string;
  readonly column: string;
  readonly file: string;
  readonly fromTable: string;
  readonly fromColumn: string;
  readonly older: boolean;
}

/**
 * What the catalog remembers. That a table was made of private columns is forgotten with the table or the column, and
 * once its rows were replaced by an import or a pipeline; only then is it known that they are gone.
 */
export async function readRemembered(database: Database): Promise<Remembered> {
  const kept = await database.query<Kept>(sql`
    select p.table_name as table, p.column_name as column, p.file, p.from_table as "fromTable", p.from_column as "fromColumn",
      exists (select from assay.tables t where t.name = p.table_name
        and t.replaced_version > coalesce(p.version, 0)) as older
    from assay.private_columns p
    where p.from_table = '' or exists (
      select from assay.tables t
      join pg_class c on c.relname = t.name and c.relnamespace = 'public'::regnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = p.column_name and not a.attisdropped
      where t.name = p.table_name and not (
        t.origin = 'import' and exists (
          select from assay.imports i where i.table_name = t.name and i.mode in ('create', 'replace')
            and i.undone_at is null and i.id > coalesce(p.import_id, 0))))
    order by 1, 2, 3, 4, 5`);
  return {
    told: kept.flatMap(({ table, column, file, fromTable }) =>
      fromTable === '' ? [{ table, column, file }] : [],
    ),
    made: kept.flatMap(({ table, column, fromTable, fromColumn, older }) =>
      fromTable === '' ? [] : [{ table, column, from: { table: fromTable, column: fromColumn }, older }],
    ),
  };
}

/** Remembers which columns files call private, in the place of what was remembered of that. */
export async function keepTold(session: Session, told: readonly ToldColumn[]): Promise<void> {
  await session.run(sql`delete from assay.private_columns where from_table = ''`);
  if (told.length === 0) return;
  const rows = told.map(({ table, column, file }) => sql`(${table}, ${column}, ${file})`);
  await session.run(sql`
    insert into assay.private_columns (table_name, column_name, file) values ${join(rows)} on conflict do nothing`);
  await numberColumns(session);
}

/** Remembers of which others columns are made, as of now; only of tables that are there. */
export async function addMade(session: Session, made: readonly MadeColumn[]): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map(
    ({ table, column, from }) => sql`(${table}, ${column}, ${from.table}, ${from.column})`,
  );
  await session.run(sql`
    insert into assay.private_columns (table_name, column_name, from_table, from_column, version, import_id)
    select distinct v.table_name, v.column_name, v.from_table, v.from_column, t.version,
      (select max(i.id) from assay.imports i where i.table_name = t.name)
    from (values ${join(rows)}) as v (table_name, column_name, from_table, from_column)
    join assay.tables t on t.name = v.table_name
    on conflict (table_name, column_name, file, from_table, from_column) do update set version = excluded.version, import_id = excluded.import_id`);
  await numberColumns(session);
}

/** Forgets of which others columns were made. */
export async function dropMade(session: Session, made: readonly MadeColumn[]): Promise<void> {
  for (const { table, column, from } of made)
    await session.run(sql`delete from assay.private_columns
      where table_name = ${table} and column_name = ${column} and from_table = ${from.table} and from_column = ${from.column}`);
}

/** Those of these tables that are there. */
export async function tablesThere(
  database: Database,
  tables: readonly string[],
): Promise<ReadonlySet<string>> {
  if (tables.length === 0) return new Set();
  const found = await database.query<{ name: string }>(
    sql`select name from assay.tables where name = any(array[${join([...tables])}]::text[])`,
  );
  return new Set(found.map(({ name }) => name));
}

/** All columns of these tables, of those that are there. */
export async function columnsOf(
  database: Database,
  tables: readonly string[],
): Promise<readonly PlacedColumn[]> {
  if (tables.length === 0) return [];
  return database.query<PlacedColumn>(sql`
    select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relname = any(array[${join([...tables])}]::text[])
      and c.relkind in ('r', 'v', 'm') and a.attnum > 0 and not a.attisdropped and a.attname <> ${rowColumn}`);
}
