import type { Column } from '../../../shared/column.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** A table as catalog and database know it. */
export interface KnownTable {
  readonly name: string;
  readonly rows: number;
  /** Differs after every change of rows or columns. */
  readonly state: string;
  /** All columns, `_row` too. */
  readonly columns: readonly Column[];
  readonly bytes: number;
}

/** One table, or `not_found` with the names there are. */
export async function knownTable(session: Session, name: string): Promise<KnownTable> {
  const found = await session.maybeOne<KnownTable>(sql`
    select t.name, t.row_count as rows, t.version || ':' || c.relfilenode || ':' || t.row_count as state,
      pg_total_relation_size(c.oid) as bytes,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from assay.tables t
    join pg_class c on c.relname = t.name and c.relnamespace = 'public'::regnamespace
    where t.name = ${name}`);
  if (found) return found;
  const others = await session.query<{ name: string }>(
    sql`select name from assay.tables order by name limit 20`,
  );
  throw problem('not_found', `There is no table "${name}".`, {
    hint:
      others.length > 0
        ? `Tables here: ${others.map((other) => other.name).join(', ')}.`
        : 'The workspace has no tables yet: import a file first.',
    at: { table: name },
  });
}

/** The columns by these names, in this order, or `not_found`. */
export function columnsNamed({ name, columns }: KnownTable, wanted: readonly string[]): Column[] {
  return wanted.map((column) => {
    const found = columns.find((other) => other.name === column);
    if (found) return found;
    throw problem('not_found', `Table "${name}" has no column "${column}".`, { at: { table: name, column } });
  });
}
