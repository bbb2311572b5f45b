import { ChartColumn, ListFilter } from 'lucide-react';
import { cellText } from '../../../../shared/cell-text.ts';
import { withSort } from '../../../../shared/view/look.ts';
import { currentGrid } from '../../../grid/current-grid.ts';
import type { Command } from '../../../palette/command.ts';
import { chartColumn } from '../column-menu.ts';
import { onColumn } from '../on-column.ts';
import type { TableHandle } from '../table-handle.ts';

const sorting = (descending: boolean, also: boolean): Command => {
  const way = descending ? 'descending' : 'ascending';
  return onColumn(
    {
      id: `tables.sort${also ? 'Also' : ''}${descending ? 'Down' : 'Up'}`,
      title: also ? `Then sort by the column, ${way}` : `Sort by the column, ${way}`,
      shortcut: `Alt${also ? '+Shift' : ''}+Arrow${descending ? 'Down' : 'Up'}`,
    },
    ({ change }, column) => change((now) => withSort(now, column, descending, also)),
  );
};

function filterByCell({ change }: TableHandle, column: string): void {
  const cell = currentGrid()?.focus;
  if (cell?.value === undefined) return;
  const value = cell.value === null ? null : cellText(cell.value, cell.column.type);
  const filter = { kind: 'values' as const, column, values: [value], not: false };
  change((now) => ({ ...now, filters: [...now.filters, filter] }));
}

/** Which rows are seen, and in which order, by the column in focus. */
export default () => [
  sorting(false, false),
  sorting(true, false),
  sorting(false, true),
  sorting(true, true),
  onColumn(
    { id: 'tables.filterColumn', title: 'Filter by the column…', icon: ListFilter, shortcut: 'Alt+F' },
    (table, column) => table.filterOn(column),
  ),
  onColumn(
    { id: 'tables.filterCell', title: 'Filter by the value of the cell', shortcut: 'Alt+V' },
    filterByCell,
  ),
  onColumn(
    { id: 'tables.chartColumn', title: 'Chart the column', icon: ChartColumn, shortcut: 'Alt+C' },
    chartColumn,
  ),
];
