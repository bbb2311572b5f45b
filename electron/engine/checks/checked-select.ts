import { rowColumn, userColumns } from '../../../shared/column.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, join, names, type Sql, sql, toText } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { loadParser, relationsIn } from '../pipelines/sql/read-relations.ts';
import type { CheckedTable } from './checked-table.ts';
import { contentOf } from './content-mark.ts';
import { tablesUnder } from './tables-under.ts';

/**
 * The rows of a SELECT as rules see them: under a name of their own, numbered in the order they come, for as long as
 * they are looked at.
 */
export async function checkedSelect(session: Session, name: string, select: Sql): Promise<CheckedTable> {
  await refuseTable(session, name);
  const all = await session.describe(sql`select * from ${select} as q`);
  const columns = userColumns(all);
  const kept = columns.length < all.length ? names(columns.map((column) => column.name)) : sql`*`;
  const read = await tablesRead(session, select);
  const relation = sql`select row_number() over () as ${ident(rowColumn)}, ${kept}
from ${select} as q`;
  return {
    name,
    columns: [{ name: rowColumn, type: 'bigint' }, ...columns],
    blocks: 0,
    addressed: true,
    derived: true,
    state: await stateOf(session, read),
    ...(await contentOf(session, read, toText(select))),
    relation,
  };
}

/** The tables and views that a SELECT reads, those under its views too. */
export async function tablesRead(session: Session, select: Sql): Promise<readonly string[]> {
  await loadParser();
  return tablesUnder(session, [...relationsIn(toText(sql`select * from ${select} as q`)).own]);
}

async function refuseTable(session: Session, name: string): Promise<void> {
  const there = await session.maybeOne(sql`
    select from pg_class where relname = ${name} and relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p', 'f')`);
  if (!there) return;
  throw problem('bad_input', `There is a table "${name}" too, so its name cannot be that of other rows.`, {
    hint: 'Give the rows another name in the file of their rules.',
  });
}

/** Differs after every change of the tables that are read. */
async function stateOf(session: Session, tables: readonly string[]): Promise<string> {
  if (tables.length === 0) return '';
  const { state } = await session.one<{ state: string | null }>(sql`
    select string_agg(c.relname || ':' || c.relfilenode || ':' || coalesce(t.version, 0) || ':' || coalesce(t.row_count, 0), ' '
      order by c.relname) as state
    from pg_class c left join assay.tables t on t.name = c.relname
    where c.relnamespace = 'public'::regnamespace and c.relname in (${join([...tables])})`);
  return state ?? '';
}
