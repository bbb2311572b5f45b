import { FileDown } from 'lucide-react';
import { counted } from '../../../../shared/number-words.ts';
import { bridge } from '../../../bridge.ts';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { runTask } from '../../../tasks.ts';
import { toast } from '../../../ui/toast.tsx';

async function exportTables(tables: readonly string[], what: string) {
  const folder = await bridge.chooseFolder(`Folder for ${what}`);
  if (!folder) return;
  const written = await runTask(`Exporting ${what}`, (options) =>
    engine.tables.exportCsv({ tables: [...tables], folder, beside: true }, options),
  );
  const rows = written.reduce((sum, file) => sum + file.rows, 0);
  toast({
    title: `Exported ${counted(rows, 'row')} in ${counted(written.length, 'file')}`,
    detail: written.length === 1 ? written[0]?.file : folder,
  });
}

/** Writes one table, or all, as CSV into a folder. */
export default () => [
  defineCommand({
    id: 'tables.exportCsv',
    title: 'Export CSV…',
    group: 'Tables',
    icon: FileDown,
    on: 'table',
    run: async ({ target }) => {
      if (target) await exportTables([target.key], target.key);
    },
  }),
  defineCommand({
    id: 'tables.exportAll',
    title: 'Export all tables as CSV…',
    group: 'Tables',
    icon: FileDown,
    run: () => exportTables([], 'all tables'),
  }),
];
