import { FileDown } from 'lucide-react';
import { type ExportFormat, exportFormats } from '../../../../shared/contract/tables.ts';
import { counted } from '../../../../shared/number-words.ts';
import { viewOf } from '../../../../shared/view/look.ts';
import { bridge } from '../../../bridge.ts';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { runTask } from '../../../tasks.ts';
import { toast } from '../../../ui/toast.tsx';
import { type TableHandle, tableOf } from '../table-handle.ts';

async function exportView({ table, look, columns }: TableHandle, format: ExportFormat): Promise<void> {
  const folder = await bridge.chooseFolder(`Folder for ${table} as ${exportFormats[format]}`);
  if (!folder) return;
  const view = viewOf(look, columns);
  const { file, rows, notes } = await runTask(`Exporting ${table}`, (options) =>
    engine.tables.exportView({ table, view, format, folder }, options),
  );
  toast({ title: `Exported ${counted(rows, 'row')}`, detail: [file, ...notes].join('\n') });
}

/** Writes what is seen of a table, in its order and with its columns. */
export default () =>
  (Object.keys(exportFormats) as ExportFormat[]).map((format) =>
    defineCommand({
      id: `tables.exportView.${format}`,
      title: `Export what is seen as ${exportFormats[format]}…`,
      group: 'Tables',
      icon: FileDown,
      enabled: ({ tab }) => tableOf(tab?.id) !== undefined,
      run: async ({ tab }) => {
        const table = tableOf(tab?.id);
        if (table) await exportView(table, format);
      },
    }),
  );
