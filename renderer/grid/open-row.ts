import type { Column } from '../../shared/column.ts';
import { decodePage } from '../../shared/decode-page.ts';
import { engine } from '../engine.ts';
import { toastProblem } from '../ui/toast.tsx';
import { dropTab, openTab, setTabState, tabId, useTabs } from '../workspace/tabs.ts';
import { type GridState, newGrid } from './grid-state.ts';
import { selectCell } from './selection.ts';

const rowsAbove = 4;

/** Opens a table at the row with this address, and at its cell in a column where one is named. */
export async function openRow(
  table: string,
  address: number,
  rowHeight: number,
  column?: string,
): Promise<void> {
  const tab = { kind: 'table', key: table, title: table };
  try {
    const { row, columns } = await placeOf(table, address);
    const at = Math.max(
      0,
      columns.findIndex(({ name }) => name === column),
    );
    const id = tabId(tab);
    const before = useTabs.getState().tabs.find((open) => open.id === id)?.state['grid'] as
      | GridState
      | undefined;
    // A grid reads its state when it is made: a tab that is open is opened anew.
    if (before) dropTab(id);
    openTab(tab);
    const top = Math.max(0, (row - rowsAbove) * rowHeight);
    const selection = selectCell({ row, column: at });
    setTabState(id, 'grid', { ...newGrid, ...before, top, left: 0, selection, reveal: column !== undefined });
  } catch (thrown) {
    toastProblem(thrown, `Row ${address} of ${table} cannot be shown`);
  }
}

interface Placed {
  readonly row: number;
  readonly columns: readonly Column[];
}

/** A row's place from 0. Tables are in the order of their addresses, which count from 1: a row stands there or before. */
async function placeOf(table: string, address: number): Promise<Placed> {
  const source = { of: 'table', table } as const;
  let low = 0;
  let high = address - 1;
  let columns: readonly Column[] = [];
  for (let place = high; ; place = Math.floor((low + high) / 2)) {
    const { bytes, total } = await engine.tables.page({ source, offset: place, limit: 1 });
    const page = decodePage(bytes);
    columns = page.columns;
    const found = place < total ? page.address(0) : undefined;
    if (found === address) return { row: place, columns };
    if (low >= high) return { row: low, columns };
    if (found === undefined || found > address) high = Math.max(low, Math.min(place, total) - 1);
    else low = place + 1;
  }
}
