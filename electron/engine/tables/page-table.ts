import { type Column, rowColumn, userColumns } from '../../../shared/column.ts';
import type { Page } from '../../../shared/contract/tables.ts';
import { stopIfCancelled } from '../../../shared/problem.ts';
import { ident, names, nothing, type Sql, sql } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';
import type { KnownTable } from '../database/known-table.ts';
import type { RowOrders } from '../database/row-order.ts';

/** Which rows. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** The address of a row, then the table's own columns. */
export const addressAndColumns = ({ columns }: Pick<KnownTable, 'columns'>): Sql =>
  addressAnd(userColumns(columns));

/** The address of a row, then these columns. */
export const addressAnd = (columns: readonly Column[]): Sql =>
  sql`t.${ident(rowColumn)}${columns.length > 0 ? sql`, ${names(columns.map(({ name }) => name))}` : nothing}`;

/** Some rows of a table by their position. A page that nobody waits for any more is not read. */
export const pageOfTable = (
  database: Database,
  orders: RowOrders,
  name: string,
  columns: readonly Column[],
  { offset, limit }: Slice,
  signal: AbortSignal,
): Promise<Page> =>
  database.use({ title: `Reading ${name}`, reads: true }, async (session) => {
    stopIfCancelled(signal, 'Nobody waits for this page any more; it was not read.');
    const order = await orders.of(session, name, database.epoch());
    const { bytes, rows } = await session.rows(
      sql`select ${addressAnd(columns)} from ${order.slice(offset, limit)}`,
    );
    return { bytes, rows, offset, total: order.table.rows };
  });
