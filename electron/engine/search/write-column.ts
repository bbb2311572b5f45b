import { problem } from '../../../shared/problem.ts';
import { ident, type Sql, sql } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { knownTable } from '../database/known-table.ts';
import { forgetUndo } from '../query/undo-write.ts';
import { reconcileTables } from '../tables/reconcile.ts';
import { snapshotTables } from '../tables/table-snapshot.ts';

/** One column of a table is written: all of it or nothing, and the catalog knows. */
export function writing(
  database: Database,
  table: string,
  column: string,
  replace: boolean,
  write: (session: Session, target: Sql) => Promise<number>,
): Promise<{ readonly rows: number }> {
  return database.transaction({ title: `Writing ${column} of ${table}` }, async (session) => {
    const before = await snapshotTables(session);
    await makeColumn(session, table, column, replace);
    const rows = await write(session, ident(column));
    await reconcileTables(session, before);
    await forgetUndo(session);
    return { rows };
  });
}

async function makeColumn(session: Session, table: string, column: string, replace: boolean): Promise<void> {
  const { columns } = await knownTable(session, table);
  const there = columns.find(({ name }) => name === column);
  if (!there) {
    await session.run(sql`alter table ${ident('public', table)} add column ${ident(column)} text`);
    return;
  }
  const at = { table, column };
  if (there.type !== 'text') {
    throw problem(
      'bad_input',
      `Column "${column}" of "${table}" is of type ${there.type}: a label is text.`,
      {
        hint: 'Choose another name.',
        at,
      },
    );
  }
  if (replace) return;
  throw problem('bad_input', `"${table}" has a column "${column}" already; it was not written.`, {
    hint: 'Choose another name, or say that it may be replaced.',
    at,
  });
}
