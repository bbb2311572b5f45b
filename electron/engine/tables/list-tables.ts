import type { Table } from '../../../shared/contract/tables.ts';
import { sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { isoMoment } from '../database/iso-moment.ts';

/** Every table by name. Rejects count all imports since the table was last made or replaced. */
export const listTables = (session: Session): Promise<readonly Table[]> =>
  session.query<Table>(sql`
    select t.name, t.origin, t.source, t.row_count as rows, t.version,
      ${isoMoment(sql`t.updated_at`)} as "updatedAt",
      (select coalesce(sum(i.rejected), 0)::bigint from assay.imports i
       where i.table_name = t.name and t.origin = 'import' and i.undone_at is null and i.id >= coalesce(
         (select max(made.id) from assay.imports made
          where made.table_name = t.name and made.undone_at is null and made.mode in ('create', 'replace')), 0)) as rejected,
      (select count(*) from assay.latest_findings f
       where f.table_name = t.name and f.verdict in ('fail', 'warn', 'error')) as failing,
      coalesce((select json_agg(
          json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname <> '_row'), '[]') as columns
    from assay.tables t
    join pg_class c on c.relname = t.name and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    order by lower(t.name), t.name`);
