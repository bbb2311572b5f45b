import { EyeOff, Pin } from 'lucide-react';
import { plainLook } from '../../../../shared/view/look.ts';
import { currentGrid } from '../../../grid/current-grid.ts';
import { defineCommand } from '../../../palette/command.ts';
import { withHidden, withPinned, withStep } from '../column-menu.ts';
import { onColumn } from '../on-column.ts';
import { tableOf } from '../table-handle.ts';

const step = 24;

const moving = (id: string, title: string, shortcut: string, by: -1 | 1) =>
  onColumn({ id, title, shortcut }, ({ change, columns }, column) => {
    currentGrid()?.follow(column);
    change((now) => withStep(now, columns, column, by));
  });

const widening = (id: string, title: string, shortcut: string, by: number) =>
  onColumn({ id, title, shortcut }, () => currentGrid()?.widen(by));

/** Where the column in focus stands, how wide, and whether it is seen. */
export default () => [
  onColumn(
    { id: 'tables.pinColumn', title: 'Pin or unpin the column', icon: Pin, shortcut: 'Alt+P' },
    ({ change }, column) => {
      currentGrid()?.follow(column);
      change((now) => withPinned(now, column));
    },
  ),
  onColumn(
    { id: 'tables.hideColumn', title: 'Hide the column', icon: EyeOff, shortcut: 'Alt+H' },
    ({ change, columns }, column) => change((now) => withHidden(now, columns, column)),
  ),
  moving('tables.columnLeft', 'Move the column left', 'Alt+ArrowLeft', -1),
  moving('tables.columnRight', 'Move the column right', 'Alt+ArrowRight', 1),
  widening('tables.widen', 'Widen the column', 'Alt+Shift+ArrowRight', step),
  widening('tables.narrow', 'Narrow the column', 'Alt+Shift+ArrowLeft', -step),
  onColumn({ id: 'tables.columnMenu', title: 'Open the menu of the column', shortcut: 'Alt+Enter' }, () =>
    currentGrid()?.openMenu(),
  ),
  defineCommand({
    id: 'tables.plainView',
    title: 'Show all rows and columns as they are',
    group: 'Columns',
    enabled: ({ tab }) => tableOf(tab?.id) !== undefined,
    run: ({ tab }) => tableOf(tab?.id)?.change(plainLook),
  }),
];
