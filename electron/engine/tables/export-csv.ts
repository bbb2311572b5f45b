import { mkdir, open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { userColumns } from '../../../shared/column.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, names, type Sql, sql } from '../../../shared/sql.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Database } from '../database/database.ts';
import { type KnownTable, knownTable } from '../database/known-table.ts';
import type { RowOrders } from '../database/row-order.ts';
import { fileName } from '../workspace/file-name.ts';
import { freeFile } from '../workspace/free-file.ts';
import { wholeFile } from '../workspace/whole-file.ts';

const pieceBytes = 8 * 1024 * 1024;

/** A table and where it goes: in the place of a file of its name, or beside it. */
interface Exported {
  readonly name: string;
  readonly folder: string;
  readonly beside: boolean;
}

/** Writes one table as `csvText` does: UTF-8, header first, `_row` left out. The file appears whole or not at all. */
export async function exportTable(
  database: Database,
  orders: RowOrders,
  { name, folder, beside }: Exported,
  context: CallContext,
): Promise<{ table: string; file: string; rows: number }> {
  const table = await knownTable(database, name);
  await makeFolder(folder);
  const file = beside
    ? freeFile(folder, fileName(name), 'csv')
    : join(resolve(folder), `${fileName(name)}.csv`);
  await wholeFile(file, async (half) => {
    const handle = await open(half, 'w');
    try {
      for await (const piece of pieces(database, orders, table, context)) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    refuseChanged(table, await knownTable(database, table.name));
  });
  return { table: name, file, rows: table.rows };
}

/** Makes the folder an export goes to, where it is not there. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (thrown) {
    if (!['EEXIST', 'ENOTDIR'].includes(String((thrown as NodeJS.ErrnoException).code))) throw thrown;
    throw problem('bad_input', `${folder} is not a folder.`, {
      hint: 'Name a folder to write the files to; it is made where it is not there.',
      at: { file: folder },
    });
  }
}

/** A lone column is written as its text, which is empty where there is none. */
function cells(columns: readonly string[]): Sql {
  const [only] = columns;
  return only !== undefined && columns.length === 1
    ? sql`format('%s', ${ident(only)}) as ${ident(only)}`
    : names(columns);
}

async function* pieces(database: Database, orders: RowOrders, table: KnownTable, context: CallContext) {
  const list = cells(userColumns(table.columns).map(({ name }) => name));
  const rowsAPiece = Math.floor(
    Math.min(100_000, Math.max(100, (pieceBytes * table.rows) / Math.max(table.bytes, 1))),
  );
  for (let offset = 0; offset === 0 || offset < table.rows; offset += rowsAPiece) {
    const title = `Exporting ${table.name}`;
    context.progress({ title, done: offset, total: table.rows, unit: 'rows' });
    yield await database.use({ title, priority: 'background', signal: context.signal }, async (session) => {
      const order = await orders.of(session, table.name, database.epoch());
      const rows = sql`select ${list} from ${order.slice(offset, rowsAPiece)}`;
      const header = offset === 0 ? sql`, header` : sql``;
      return session.copyOut(sql`copy (${rows}) to stdout (format csv, encoding 'utf8'${header})`);
    });
  }
}

/** An export of a table that changed meanwhile would be of two states of it. */
export function refuseChanged(table: KnownTable, now: KnownTable): void {
  if (now.state === table.state) return;
  throw problem('bad_input', `"${table.name}" was changed while it was exported; no file was written.`, {
    hint: 'Export it again.',
    at: { table: table.name },
  });
}
