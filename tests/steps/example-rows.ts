import type { Session } from '../../electron/engine/database/session.ts';
import type { ExampleRow, ExampleTable, StepInput } from '../../shared/define-step.ts';
import { ident, join, literals, type Sql, sql, typeName } from '../../shared/sql.ts';

/** Column names of an example's input: those of its types that no row has come last. */
export function columnsOf({ types = {}, rows }: ExampleTable) {
  const names = [...new Set([...rows.flatMap((row) => Object.keys(row)), ...Object.keys(types)])];
  return names.map((name) => ({ name, type: types[name] ?? 'text' }));
}

/** Makes a real table of an example's input. */
export async function createInput(session: Session, name: string, table: ExampleTable): Promise<StepInput> {
  const columns = columnsOf(table);
  const typed = columns.map((column) => sql`${ident(column.name)} ${typeName(column.type)}`);
  await session.run(sql`drop table if exists ${ident(name)}`);
  await session.run(sql`create table ${ident(name)} (${join(typed)})`);
  for (const row of table.rows) {
    const cells = columns.map((column) => row[column.name] ?? null);
    const values = join(cells.map((cell) => (cell === null ? sql`null` : sql`${String(cell)}`)));
    await session.run(literals(sql`insert into ${ident(name)} values (${values})`));
  }
  return { name, columns, from: ident(name) };
}

/** Rows of a statement in PostgreSQL's text form. */
export async function textRows(session: Session, statement: Sql) {
  const columns = await session.describe(statement);
  const cells = columns.map(({ name }) => sql`${ident(name)}::text as ${ident(name)}`);
  const rows = await session.query<Record<string, string | null>>(
    literals(sql`select ${join(cells)} from (${statement}) as result`),
  );
  return { columns, rows };
}

/** An example's rows in PostgreSQL's text form, in no order. */
export const asText = (rows: readonly ExampleRow[]) =>
  rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === null ? null : spell(cell)])),
  );

const spell = (cell: string | number | boolean) => String(cell);

/** Rows sorted by their text, to compare where SQL promises no order. */
export const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
