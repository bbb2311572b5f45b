import type { Reject } from '../../../shared/contract/import.ts';
import { type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** Rejects of the imports whose rows are in a table now, by file and line. */
export async function listRejects(
  session: Session,
  table: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly rejects: readonly Reject[] }> {
  const open = sql`r.loaded_at is null and r.import_id in ${present(table)}`;
  const { total } = await session.one<{ total: number }>(
    sql`select count(*)::int as total from assay.rejects r where ${open}`,
  );
  const rejects = await session.query<Reject>(
    sql`${select} where ${open} order by r.import_id, r.ordinal limit ${limit} offset ${offset}`,
  );
  return { total, rejects };
}

const select = sql`select r.import_id || ':' || r.ordinal as id, r.line, r.byte_offset as "offset", r.column_name as "column",
    r.cause, r.raw, r.corrected, i.source, r.file, coalesce((i.dialect->'parts'->r.file->>'packed')::boolean,
      (i.dialect->'format'->>'packed')::boolean, false) as unpacked
  from assay.rejects r join assay.imports i on i.id = r.import_id`;

/** Rejects of one import by their ordinals, as they are now. */
export const rejectsAt = (session: Session, importId: number, ordinals: readonly number[]) =>
  session.query<Reject>(
    sql`${select} where r.import_id = ${importId} and r.loaded_at is null
      and r.ordinal in (select value::bigint from jsonb_array_elements_text(${JSON.stringify(ordinals)}::jsonb))
      order by r.ordinal`,
  );

/** The imports whose rows are in a table now: the last that made it anew, and those that added to it. */
const present = (table: string): Sql => sql`(
  select i.id from assay.imports i join assay.tables t on t.name = i.table_name and t.origin = 'import'
  where t.name = ${table} and i.undone_at is null and i.id <= t.import_id and i.id >= coalesce((
    select max(id) from assay.imports where table_name = t.name and undone_at is null
      and mode in ('create', 'replace') and id <= t.import_id), 0))`;
