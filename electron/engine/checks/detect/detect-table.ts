import type { Detected, SuspectCell } from '../../../../shared/contract/checks.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import { type CheckedTable, checkedTable } from '../checked-table.ts';
import type { ColumnarTable } from './columnar.ts';
import { maskedReason } from './masked-reason.ts';
import { readColumnar } from './read-columnar.ts';
import { suspectCells } from './suspect-cells.ts';

/** Cells of a table that are probably wrong, found without being told what is right. */
export async function detectTable(
  database: Database,
  {
    name,
    least,
    hidden,
  }: { readonly name: string; readonly least: number | undefined; readonly hidden: ReadonlySet<string> },
  context: CallContext,
): Promise<Detected> {
  const { table, rows } = await columnarOf(database, name, context);
  const cells = suspectCells(table, undefined, undefined, least).map((cell) => withoutValue(cell, hidden));
  return { table: name, rows, rowsRead: table.rows.length, cells };
}

/** A cell of a private column says what is wrong with it, and no value. */
export const withoutValue = (cell: SuspectCell, hidden: ReadonlySet<string>): SuspectCell =>
  hidden.has(cell.column) ? { ...cell, reason: maskedReason(cell.reason) } : cell;

/** A table by columns, with all that is known of it otherwise. */
export async function columnarOf(
  database: Database,
  name: string,
  { signal, progress }: CallContext,
): Promise<{ readonly table: ColumnarTable; readonly rows: number; readonly known: CheckedTable }> {
  progress({ title: `Looking into ${name}`, done: 0, unit: 'rows' });
  return database.use({ title: `Reading ${name}`, priority: 'background', signal }, async (session) => {
    const known = await checkedTable(session, name);
    if (!known) throw problem('not_found', `There is no table "${name}".`, { at: { table: name } });
    if (!known.addressed) {
      throw problem(
        'bad_input',
        `The rows of "${name}" have no address, so that no cell of it can be named.`,
        {
          hint: 'Only tables can be looked into, not views without _row.',
        },
      );
    }
    const { rows } = await session.one<{ rows: number }>(
      sql`select count(*)::float8 as rows from ${ident('public', name)}`,
    );
    return { table: await readColumnar(session, known, rows), rows, known };
  });
}
