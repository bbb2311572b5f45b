import { ArrowDownAZ, ArrowDownZA, ChartColumn, EyeOff, ListFilter, Pin, PinOff } from 'lucide-react';
import type { Column } from '../../../shared/column.ts';
import { type Look, seenColumns, withMoved, withSort } from '../../../shared/view/look.ts';
import { openNewChart } from '../../charts/open-chart.ts';
import { commandOf, runCommandById } from '../../palette/all-commands.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import type { TableHandle } from './table-handle.ts';

/** A column is pinned, or not any more. */
export const withPinned = (look: Look, column: string): Look => ({
  ...look,
  pinned: look.pinned.includes(column)
    ? look.pinned.filter((name) => name !== column)
    : [...look.pinned, column],
});

/** A column put one place further to the left or right. */
export function withStep(look: Look, columns: readonly Column[], column: string, by: -1 | 1): Look {
  const seen = seenColumns(look, columns);
  const at = seen.indexOf(column);
  const before = seen[at + (by < 0 ? -1 : 2)] ?? null;
  return (by < 0 && at === 0) || (by > 0 && at === seen.length - 1)
    ? look
    : withMoved(look, columns, column, before);
}

/** Adding a rule belongs to another room: its command knows the column that the cursor is in. */
function ruleItems(): readonly MenuItem[] {
  const command = commandOf('checks.rule-on-column');
  if (!command) return [];
  return [
    {
      label: 'Add rule…',
      icon: command.icon,
      shortcut: command.shortcut,
      run: () => void runCommandById('checks.rule-on-column'),
    },
  ];
}

/** What can be done with a column, in its head's menu. */
export const columnMenu = (table: TableHandle, column: string): readonly MenuItem[] => [
  ...sortItems(table, column),
  'line',
  { label: 'Filter…', icon: ListFilter, shortcut: 'Alt+F', run: () => table.filterOn(column) },
  ...ruleItems(),
  { label: 'Chart', icon: ChartColumn, shortcut: 'Alt+C', run: () => chartColumn(table, column) },
  'line',
  ...placeItems(table, column),
];

/** Opens a chart of how a column's values are spread. */
export function chartColumn({ table, columns }: TableHandle, column: string): void {
  openNewChart({ table }, columns, column).catch((thrown: unknown) =>
    toastProblem(thrown, 'The chart was not made'),
  );
}

function sortItems({ look, change }: TableHandle, column: string): readonly MenuItem[] {
  const sorted = look.sort.find((key) => key.column === column);
  const others = look.sort.some((key) => key.column !== column);
  const item = (label: string, shortcut: string, descending: boolean, also = false): MenuItem => ({
    label,
    shortcut,
    icon: also ? undefined : descending ? ArrowDownZA : ArrowDownAZ,
    checked: !also && sorted?.descending === descending,
    run: () => change((now) => withSort(now, column, descending, also)),
  });
  const then = [
    item('Then by this, ascending', 'Alt+Shift+ArrowUp', false, true),
    item('Then by this, descending', 'Alt+Shift+ArrowDown', true, true),
  ];
  const unsorted = (now: Look) => ({ ...now, sort: now.sort.filter((key) => key.column !== column) });
  return [
    item('Sort ascending', 'Alt+ArrowUp', false),
    item('Sort descending', 'Alt+ArrowDown', true),
    ...(others ? then : []),
    ...(sorted ? [{ label: 'Do not sort by this', run: () => change(unsorted) }] : []),
  ];
}

function placeItems({ look, columns, change }: TableHandle, column: string): readonly MenuItem[] {
  const pinned = look.pinned.includes(column);
  return [
    {
      label: pinned ? 'Unpin' : 'Pin to the left',
      icon: pinned ? PinOff : Pin,
      shortcut: 'Alt+P',
      run: () => change((now) => withPinned(now, column)),
    },
    {
      label: 'Hide',
      icon: EyeOff,
      shortcut: 'Alt+H',
      disabled: look.hidden.length >= columns.length - 1,
      run: () => change((now) => withHidden(now, columns, column)),
    },
    {
      label: 'Move left',
      shortcut: 'Alt+ArrowLeft',
      run: () => change((now) => withStep(now, columns, column, -1)),
    },
    {
      label: 'Move right',
      shortcut: 'Alt+ArrowRight',
      run: () => change((now) => withStep(now, columns, column, 1)),
    },
  ];
}

/** A column is hidden, as long as another one is seen. */
export const withHidden = (look: Look, columns: readonly Column[], column: string): Look =>
  look.hidden.length < columns.length - 1 ? { ...look, hidden: [...look.hidden, column] } : look;
