import { problem } from '../../../../shared/problem.ts';
import { ident, type Sql, sql, typeName } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { knownTable } from '../../database/known-table.ts';
import { beginRecording, endRecording } from '../../query/record-write.ts';
import { keepUndo, relationsNow } from '../../query/undo-write.ts';
import { beforeSql, reconcileTables } from '../../tables/reconcile.ts';

/** Which column is written, and of what type it is. */
export interface WrittenColumn {
  readonly table: string;
  readonly column: string;
  readonly type: 'text' | 'double precision';
  /** It may be there already. */
  readonly replace: boolean;
}

/** One column of a table is written: all of it or nothing, and the catalog knows. What was in it before can be undone to, as a query's write; a new column leaves that to the write before. */
export function writing(
  database: Database,
  written: WrittenColumn,
  write: (session: Session, target: Sql) => Promise<number>,
): Promise<{ readonly rows: number }> {
  const { table, column } = written;
  return database.transaction({ title: `Writing ${column} of ${table}` }, async (session) => {
    const before = await beforeSql(session);
    const made = await makeColumn(session, written);
    const relations = await relationsNow(session);
    if (!made) await beginRecording(session);
    const rows = await write(session, ident(column));
    if (!made) await endRecording(session);
    await reconcileTables(session, before);
    if (!made) await keepUndo(session, `-- Search wrote ${column} of ${table}`, relations);
    return { rows };
  });
}

/** True where the column was not there. */
async function makeColumn(
  session: Session,
  { table, column, type, replace }: WrittenColumn,
): Promise<boolean> {
  const { columns } = await knownTable(session, table);
  const there = columns.find(({ name }) => name === column);
  if (!there) {
    await session.run(
      sql`alter table ${ident('public', table)} add column ${ident(column)} ${typeName(type)}`,
    );
    return true;
  }
  const at = { table, column };
  if (there.type !== type) {
    throw problem(
      'bad_input',
      `Column "${column}" of "${table}" is of type ${there.type}, and what is written of type ${type}.`,
      {
        hint: 'Choose another name.',
        at,
      },
    );
  }
  if (replace) return false;
  throw problem('bad_input', `"${table}" has a column "${column}" already; it was not written.`, {
    hint: 'Choose another name, or say that it may be replaced.',
    at: { ...at, param: 'replace' },
  });
}
