import { decodePage } from '../../../shared/decode-page.ts';
import { engine } from '../../engine.ts';
import { type GridState, newGrid } from '../../grid/grid-state.ts';
import { selectCell } from '../../grid/selection.ts';
import { toastProblem } from '../../ui/toast.tsx';
import { dropTab, openTab, setTabState, tabId, useTabs } from '../../workspace/tabs.ts';

const rowsAbove = 4;

/** Opens a table at the row with this address. */
export async function openRow(table: string, address: number, rowHeight: number): Promise<void> {
  const tab = { kind: 'table', key: table, title: table };
  try {
    const row = await placeOf(table, address);
    const id = tabId(tab);
    const before = useTabs.getState().tabs.find((open) => open.id === id)?.state['grid'] as
      | GridState
      | undefined;
    // A grid reads its state when it is made: a tab that is open is opened anew.
    if (before) dropTab(id);
    openTab(tab);
    const top = Math.max(0, (row - rowsAbove) * rowHeight);
    setTabState(id, 'grid', { ...newGrid, ...before, top, selection: selectCell({ row, column: 0 }) });
  } catch (thrown) {
    toastProblem(thrown, `Row ${address} of ${table} cannot be shown`);
  }
}

/** A row's place from 0. Tables are in the order of their addresses, which count from 1: a row stands there or before. */
async function placeOf(table: string, address: number): Promise<number> {
  const source = { of: 'table', table } as const;
  let low = 0;
  let high = address - 1;
  for (let place = high; low < high; place = Math.floor((low + high) / 2)) {
    const { bytes, total } = await engine.tables.page({ source, offset: place, limit: 1 });
    const found = place < total ? decodePage(bytes).address(0) : undefined;
    if (found === address) return place;
    if (found === undefined || found > address) high = Math.max(low, Math.min(place, total) - 1);
    else low = place + 1;
  }
  return low;
}
