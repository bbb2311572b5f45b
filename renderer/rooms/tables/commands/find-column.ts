import { Search } from 'lucide-react';
import { currentGrid } from '../../../grid/current-grid.ts';
import { type CommandContext, defineCommand } from '../../../palette/command.ts';
import { prompt } from '../../../ui/ask.tsx';
import { tableOf } from '../table-handle.ts';

/** The column called so, or whose name begins with the text, or has it in it. */
function bestMatch(names: readonly string[], text: string): string | undefined {
  const wanted = text.toLowerCase();
  const first = (test: (name: string) => boolean) => names.find((name) => test(name.toLowerCase()));
  return (
    first((name) => name === wanted) ??
    first((name) => name.startsWith(wanted)) ??
    first((name) => name.includes(wanted))
  );
}

async function findColumn({ tab }: CommandContext): Promise<void> {
  const grid = currentGrid();
  const table = tableOf(tab?.id);
  if (!grid || !table) return;
  const names = table.columns.map(({ name }) => name);
  const text = await prompt({
    title: 'Find column',
    label: 'Column',
    says: 'By its name or a part of it.',
    action: 'Go',
    validate: (given) => (bestMatch(names, given) === undefined ? 'No column is called that.' : undefined),
  });
  const name = text === null ? undefined : bestMatch(names, text);
  if (name === undefined) return;
  if (table.look.hidden.includes(name))
    table.change((now) => ({ ...now, hidden: now.hidden.filter((other) => other !== name) }));
  requestAnimationFrame(() => grid.goToColumn(name));
}

/** Leads to a column by its name, also to one that is hidden. */
export default defineCommand({
  id: 'tables.findColumn',
  title: 'Find column…',
  group: 'Columns',
  icon: Search,
  shortcut: 'Mod+Shift+O',
  enabled: ({ tab }) => tableOf(tab?.id) !== undefined && currentGrid() !== undefined,
  run: findColumn,
});
