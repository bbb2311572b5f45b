import type { Column } from '../../../shared/column.ts';
import { ident, type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** What a run has to know of a table. */
export interface CheckedTable {
  readonly name: string;
  /** All columns, `_row` too. */
  readonly columns: readonly Column[];
  /** Blocks of 8 kB that hold its rows; 0 for a view. */
  readonly blocks: number;
  /** False for a view whose rows have no address of their own. */
  readonly addressed: boolean;
  /** True for a view or a SELECT: its rows are made of those of others. */
  readonly derived: boolean;
  /** Differs after every change. */
  readonly state: string;
  /** The same as long as rows that are no table are made of the same, where that is known. */
  readonly content?: string | undefined;
  /** When its newest rows were loaded, as ISO 8601, where that is known. */
  readonly loaded?: string | undefined;
  /** The numbered SELECT that they are, where they are no table. */
  readonly relation?: Sql;
}

/** A table or view as it stands now, or undefined where there is none. */
export const checkedTable = (session: Session, name: string): Promise<CheckedTable | undefined> =>
  session.maybeOne<CheckedTable>(sql`
    select c.relname as name,
      (select coalesce(json_agg(
          json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum), '[]')
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      case when c.relkind in ('r', 'm') then pg_relation_size(c.oid) / 8192 else 0 end::float8 as blocks,
      c.relkind in ('v', 'm') as derived,
      c.relfilenode || ':' || coalesce(t.version, 0) || ':' || coalesce(t.row_count, 0) as state,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = '_row' and not a.attisdropped) as addressed
    from pg_class c
    left join assay.tables t on t.name = c.relname
    where c.relname = ${name} and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f')`);

/** A statement that names rows by the table's name, also where they are the rows of a SELECT. */
export const naming = ({ name, relation }: CheckedTable, statement: Sql): Sql =>
  relation === undefined
    ? statement
    : sql`with ${ident(name)} as (
${relation}
)
select * from (
${statement}
) as found`;

/** The whole table, to stand after FROM. */
export const wholeTable = ({ name }: CheckedTable): Sql => ident(name);

/** Parts of a table of about `blocks` each, under the table's own name, so that conditions read the same in all of them. */
export function pieces(table: CheckedTable, blocks: number): Sql[] {
  const count = Math.max(1, Math.ceil(table.blocks / blocks));
  if (count === 1) return [wholeTable(table)];
  return Array.from({ length: count }, (_, at) => {
    const from = sql`ctid >= ${`(${at * blocks},0)`}::tid`;
    const to = at === count - 1 ? sql`` : sql` and ctid < ${`(${(at + 1) * blocks},0)`}::tid`;
    return sql`(select * from ${ident(table.name)} where ${from}${to}) as ${ident(table.name)}`;
  });
}
