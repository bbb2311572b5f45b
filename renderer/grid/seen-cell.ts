import { cellText } from '../../shared/cell-text.ts';
import { useTabMemory } from '../workspace/tab-state.ts';
import type { Rows } from './rows.ts';
import type { Selection } from './selection.ts';

/** The cell that has the focus in a grid, for the inspector. */
export interface SeenCell {
  readonly column: string;
  readonly type: string;
  /** The row's number as the grid shows it. */
  readonly row: number | undefined;
  /** The whole value as PostgreSQL writes it; null where it is null, nothing where it is not here yet. */
  readonly text: string | null | undefined;
}

const none: SeenCell | null = null;

/** The cell in focus, shared by a tab's views. */
export const useSeenCell = () => useTabMemory<SeenCell | null>('cell', none);

/** What the inspector is told of a selection. */
export function seenCell({ focus }: Selection, rows: Rows): SeenCell | null {
  const column = rows.columns[focus.column];
  if (!column) return null;
  const value = rows.cell(focus.row, focus.column);
  const text = value === undefined || value === null ? value : cellText(value, column.type);
  return { column: column.name, type: column.type, row: rows.number(focus.row), text };
}
