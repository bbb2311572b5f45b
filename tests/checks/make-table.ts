import type { Session } from '../../electron/engine/database/database.ts';
import type { ExampleTable } from '../../shared/define-step.ts';
import { ident, join, literals, sql, typeName } from '../../shared/sql.ts';
import { columnsOf } from '../steps/example-rows.ts';

/** Makes a user's table, with `_row` counting from 1, as an import would. */
export async function makeTable(session: Session, name: string, table: ExampleTable): Promise<void> {
  const columns = columnsOf(table);
  const typed = columns.map((column) => sql`${ident(column.name)} ${typeName(column.type)}`);
  await session.run(sql`drop table if exists ${ident(name)}`);
  await session.run(sql`create table ${ident(name)} (${join([sql`_row bigint`, ...typed])})`);
  const rows = table.rows.map((row, at) => {
    const cells = columns.map((column) => row[column.name] ?? null);
    return sql`(${join([at + 1, ...cells.map((cell) => (cell === null ? null : String(cell)))])})`;
  });
  if (rows.length > 0) await session.run(literals(sql`insert into ${ident(name)} values ${join(rows)}`));
  await session.run(sql`insert into assay.tables (name, origin, row_count) values (${name}, 'query', ${table.rows.length})
    on conflict (name) do update set version = assay.tables.version + 1, row_count = excluded.row_count`);
}
