import type { Account } from '../../../shared/contract/files.ts';
import type { ImportedColumn, ImportedTable, Reject } from '../../../shared/contract/import.ts';
import type { Room } from '../../../shared/contract/index.ts';
import { type Sql, sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import { type KeptWriting, readWriting } from './imported-format.ts';
import { loadFile } from './load.ts';

/** Files into tables, and what became of every row. */
export function importRoom(context: Context): Room<'import'> {
  const { database } = context;
  return {
    load: (asked, call) => loadFile(context, asked, call),
    async rejects({ table, offset, limit }) {
      const { total } = await database.one<{ total: number }>(
        sql`select count(*)::int as total from assay.rejects where import_id in ${present(table)}`,
      );
      const rejects = await database.query<Reject>(
        sql`select r.line, r.column_name as "column", r.cause, r.raw, i.source
          from assay.rejects r join assay.imports i on i.id = r.import_id
          where r.import_id in ${present(table)} order by r.import_id, r.ordinal limit ${limit} offset ${offset}`,
      );
      return { total, rejects };
    },
    async latest({ table }) {
      const found = await database.maybeOne<LatestRow>(
        sql`select i.* from assay.imports i join assay.tables t on t.import_id = i.id where t.name = ${table}`,
      );
      return found ? importedTable(table, found) : null;
    },
  };
}

/** The imports whose rows are in a table now: the last that made it anew, and those that added to it. */
const present = (table: string): Sql => sql`(
  select i.id from assay.imports i join assay.tables t on t.name = i.table_name and t.origin = 'import'
  where t.name = ${table} and i.id <= t.import_id and i.id >= coalesce((
    select max(id) from assay.imports where table_name = t.name and mode in ('create', 'replace') and id <= t.import_id), 0))`;

interface LatestRow {
  readonly source: string;
  readonly recipe: string;
  readonly dialect: KeptWriting;
  readonly columns: readonly ImportedColumn[];
  readonly physical: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly skipped_by: Account['skippedBy'];
  readonly ms: number;
}

function importedTable(table: string, row: LatestRow): ImportedTable {
  const {
    source,
    recipe,
    dialect,
    columns,
    physical,
    loaded,
    rejected,
    skipped,
    skipped_by: skippedBy,
    ms,
  } = row;
  return {
    table,
    source,
    recipe,
    ...readWriting(dialect),
    columns,
    account: { physical, loaded, rejected, skipped, skippedBy },
    ms,
  };
}
