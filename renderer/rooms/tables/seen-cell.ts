import { useTabMemory } from '../../workspace/tab-state.ts';

/** The cell that has the focus in a table's grid, for the inspector. */
export interface SeenCell {
  readonly column: string;
  readonly type: string;
  /** The row's number as the grid shows it. */
  readonly row: number | undefined;
  /** The whole value as PostgreSQL writes it; null where it is null, nothing where it is not here yet. */
  readonly text: string | null | undefined;
}

const none: SeenCell | null = null;

/** The cell in focus, shared by a table's views. */
export const useSeenCell = () => useTabMemory<SeenCell | null>('cell', none);

/** What the status bar says of the selection, shared by a table's views. */
export const useSelectionWords = () => useTabMemory<string>('selection', '');
