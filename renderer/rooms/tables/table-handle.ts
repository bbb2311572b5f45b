import type { Column } from '../../../shared/column.ts';
import type { Look } from '../../../shared/view/look.ts';
import type { ChangeLook } from './use-look.ts';

/** What commands can do with the table of a tab. */
export interface TableHandle {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly look: Look;
  readonly change: ChangeLook;
  /** Asks for a filter on a column. */
  filterOn(column: string): void;
}

const handles = new Map<string, TableHandle>();

/** The table of a tab, while its view is there. */
export const tableOf = (tabId: string | undefined) => (tabId === undefined ? undefined : handles.get(tabId));

/** Makes a tab's table reachable for commands; returns how to end that. */
export function offerTable(tabId: string, handle: TableHandle): () => void {
  handles.set(tabId, handle);
  return () => {
    if (handles.get(tabId) === handle) handles.delete(tabId);
  };
}
