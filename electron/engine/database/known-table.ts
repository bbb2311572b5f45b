import type { Column } from '../../../shared/column.ts';
import type { TableOrigin } from '../../../shared/contract/tables.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from './database.ts';

/** A table as the catalog knows it. */
export interface CatalogTable {
  readonly name: string;
  readonly origin: TableOrigin;
  readonly source: string | null;
  readonly rows: number;
  /** Differs after every change of rows or columns, and after its file was written anew. */
  readonly state: string;
  /** Another one whenever the content is another; the same in a copy of the workspace. */
  readonly mark: string;
  /** All columns, `_row` too. */
  readonly columns: readonly Column[];
}

/** The same, and what it takes on disk. */
export interface KnownTable extends CatalogTable {
  readonly bytes: number;
  /** For a view: the temporary table that holds its rows. */
  readonly aside?: string;
}

/** Where a table's rows stand. */
export const placeOf = ({ name, aside }: Pick<KnownTable, 'name' | 'aside'>): Sql =>
  aside === undefined ? ident('public', name) : ident('pg_temp', aside);

/** The columns of the relation `c`, in order. */
export const columnsOf = sql`coalesce((select json_agg(
    json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
  from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]')`;

const known = sql`t.name, t.origin, t.source, t.row_count::float8 as rows,
      t.version || ':' || c.relfilenode || ':' || t.row_count as state, t.version || '@' || extract(epoch from t.updated_at) as mark,
      ${columnsOf} as columns`;

const there = sql`assay.tables t join pg_class c on c.relname = t.name and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`;

/** Every table of the workspace. */
export const catalogTables = (session: Session): Promise<readonly CatalogTable[]> =>
  session.query<CatalogTable>(sql`select ${known} from ${there} order by t.name`);

/** One table, where there is one of that name. */
export const maybeTable = (session: Session, name: string): Promise<KnownTable | undefined> =>
  session.maybeOne<KnownTable>(sql`
    select ${known}, pg_total_relation_size(c.oid)::float8 as bytes from ${there} where t.name = ${name}`);

/** One table, or `not_found` with the names there are. */
export async function knownTable(session: Session, name: string): Promise<KnownTable> {
  const found = await maybeTable(session, name);
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
