import { join, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { isoMoment } from '../database/iso-moment.ts';
import type { CheckedTable } from './checked-table.ts';
import { tablesUnder } from './tables-under.ts';

type Content = Pick<CheckedTable, 'content' | 'loaded'>;

/** The content of a table, of a view, or of a SELECT that reads these tables and views. */
export async function contentOf(session: Session, tables: readonly string[], select = ''): Promise<Content> {
  if (tables.length === 0) return {};
  const mark = sql`c.relname || ':' || c.oid || ':' || coalesce(t.version, 0) || ':' || coalesce(t.row_count, 0) || case c.relkind
    when 'm' then ':' || c.relfilenode when 'v' then ':' || pg_get_viewdef(c.oid) else '' end`;
  const found = await session.one<{ content: string | null; loaded: string | null }>(sql`
    select case when bool_and(c.relkind in ('v', 'm') or t.version is not null)
        then md5(${select}::text || string_agg(${mark}, ' ' order by c.relname)) end as content,
      ${isoMoment(sql`max(coalesce(l.loaded_at, t.updated_at))`)} as loaded
    from pg_class c left join assay.tables t on t.name = c.relname
    left join assay.loads l on l.table_name = t.name and l.version = t.version
    where c.relnamespace = 'public'::regnamespace and c.relname in (${join([...tables])})`);
  return { content: found.content ?? undefined, loaded: found.loaded ?? undefined };
}

/** A table or view with what is known of its content; a table has its version for a mark. */
export async function withContent(session: Session, table: CheckedTable): Promise<CheckedTable> {
  const { content, loaded } = await contentOf(
    session,
    table.derived ? await tablesUnder(session, [table.name]) : [table.name],
  );
  return { ...table, loaded, content: table.derived ? content : undefined };
}
