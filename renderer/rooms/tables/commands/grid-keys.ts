import { Copy, ListOrdered } from 'lucide-react';
import { currentGrid } from '../../../grid/current-grid.ts';
import { defineCommand } from '../../../palette/command.ts';

const enabled = () => currentGrid() !== undefined;

/** What can be done in any grid that has the keyboard. */
export default () => [
  defineCommand({
    id: 'grid.copy',
    title: 'Copy cells',
    group: 'Grid',
    icon: Copy,
    shortcut: 'Mod+C',
    enabled,
    run: () => currentGrid()?.copy('plain'),
  }),
  defineCommand({
    id: 'grid.goToRow',
    title: 'Go to row…',
    group: 'Grid',
    icon: ListOrdered,
    shortcut: 'Mod+G',
    enabled,
    run: () => currentGrid()?.goToRow(),
  }),
];
