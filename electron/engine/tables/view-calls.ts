import { userColumns } from '../../../shared/column.ts';
import type { Room } from '../../../shared/contract/index.ts';
import type { Table } from '../../../shared/contract/tables.ts';
import type { Copies } from '../columns/copies.ts';
import type { Database } from '../database/database.ts';
import type { KnownTable } from '../database/known-table.ts';
import { listViews } from '../database/seen-view.ts';

/** So many figures of a mark stay a whole number. */
const figures = 12;

/** A view in the words for tables; its version is another one whenever its rows may be. */
const viewAsTable = ({ name, origin, source, rows, mark, columns }: KnownTable): Table => ({
  name,
  origin,
  source,
  rows,
  columns: userColumns(columns),
  version: Number.parseInt(mark.slice(0, figures), 16) || 0,
  rejected: 0,
  failing: 0,
  updatedAt: new Date().toISOString(),
});

/** What the window asks of views. */
export const viewCalls = (
  database: Database,
  copies: Copies,
): Pick<Room<'tables'>, 'views' | 'openView'> => ({
  views: () => database.use({ title: 'Reading views', reads: true }, listViews),
  openView: async ({ name }) => viewAsTable(await copies.tableNow(name)),
});
