import type { Column } from '../../../../shared/column.ts';
import { userColumns } from '../../../../shared/column.ts';
import type { ExportFormat } from '../../../../shared/contract/tables.ts';
import type { View } from '../../../../shared/view/view.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Copies } from '../../columns/copies.ts';
import type { KnownTable } from '../../database/known-table.ts';
import { fileName } from '../../workspace/file-name.ts';
import { freeFile } from '../../workspace/free-file.ts';
import { wholeFile } from '../../workspace/whole-file.ts';
import { makeFolder, refuseChanged } from '../export-csv.ts';
import type { ViewPages } from '../view-pages.ts';
import type { RowWriter } from './row-writers.ts';

const cellsAPage = 400_000;

/** What is exported, and where to. */
export interface Exporting {
  readonly table: string;
  readonly view: View;
  readonly format: ExportFormat;
  readonly folder: string;
}

/** Writes a view as one file, page by page. The file appears whole or not at all, beside what is there. */
export async function exportView(
  views: ViewPages,
  copies: Copies,
  { table: name, view, format, folder }: Exporting,
  context: CallContext,
): Promise<{ file: string; rows: number; notes: readonly string[] }> {
  const table = await copies.tableNow(name);
  await makeFolder(folder);
  const file = freeFile(folder, fileName(name), format);
  const { rowWriters } = await import('./row-writers.ts');
  return wholeFile(file, async (half) => {
    const writer = await rowWriters[format](half, shownColumns(table, view), context.signal);
    const rows = await writePages(views, table, view, writer, context).catch(async (thrown: unknown) => {
      await writer.drop();
      throw thrown;
    });
    const notes = await writer.end();
    refuseChanged(table, await copies.tableNow(name));
    return { file, rows, notes };
  });
}

const shownColumns = ({ columns }: KnownTable, view: View): readonly Column[] =>
  view.columns
    ? view.columns.flatMap((name) => columns.find((column) => column.name === name) ?? [])
    : userColumns(columns);

async function writePages(
  views: ViewPages,
  table: KnownTable,
  view: View,
  writer: RowWriter,
  { signal, progress }: CallContext,
): Promise<number> {
  const limit = Math.max(1, Math.floor(cellsAPage / Math.max(1, table.columns.length)));
  for (let offset = 0; ; offset += limit) {
    signal.throwIfAborted();
    const { bytes, total } = await views.page(table.name, view, { offset, limit }, signal);
    await writer.add(bytes);
    progress({
      title: `Exporting ${table.name}`,
      done: Math.min(offset + limit, total),
      total,
      unit: 'rows',
    });
    if (offset + limit >= total) return total;
  }
}
