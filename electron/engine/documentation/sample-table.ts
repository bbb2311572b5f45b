import type { Table } from '../../../shared/contract/tables.ts';
import { ident, join, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import type { Sample } from './facts.ts';

const sampleRows = 5;
const longest = 80;

/** The first rows of a table without its private columns; long texts are cut. Nothing where no row or no column is left. */
export async function sampleTable(
  session: Session,
  table: Table,
  hidden: ReadonlySet<string>,
): Promise<Sample | undefined> {
  const all = table.columns.map(({ name }) => name);
  const columns = all.filter((name) => !hidden.has(name));
  if (columns.length === 0) return undefined;
  const cells = columns.map((name) => {
    const text = sql`${ident(name)}::text`;
    return sql`case when length(${text}) > ${longest} then left(${text}, ${longest}) || '…' else ${text} end`;
  });
  const rows = await session.query<{ cells: (string | null)[] }>(sql`
    select array[${join(cells)}] as cells from ${ident('public', table.name)} order by _row limit ${sampleRows}`);
  return rows.length === 0
    ? undefined
    : { columns, rows: rows.map((row) => row.cells), hidden: all.filter((name) => hidden.has(name)) };
}

/** How many values of each column are there, counted in one pass. */
export async function countFilled(session: Session, { name, columns }: Table): Promise<Map<string, number>> {
  if (columns.length === 0) return new Map();
  const counts = columns.map((column) => sql`count(${ident(column.name)})`);
  const { filled } = await session.one<{ filled: number[] }>(
    sql`select array[${join(counts)}]::float8[] as filled from ${ident('public', name)}`,
  );
  return new Map(columns.map((column, at) => [column.name, filled[at] ?? 0]));
}
