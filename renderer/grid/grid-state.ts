import { useTabState } from '../workspace/tab-state.ts';
import type { Widths } from './column-widths.ts';
import type { Selection } from './selection.ts';

/** What a grid keeps through a restart. */
export interface GridState {
  readonly widths: Widths;
  readonly top: number;
  readonly left: number;
  readonly selection: Selection | null;
  /** The selected cell is brought into view when the grid is made; not kept. */
  readonly reveal?: boolean;
}

/** How a grid starts. */
export const newGrid: GridState = { widths: {}, top: 0, left: 0, selection: null };

/** Keeps a grid's state with its tab. */
export const useGridState = (name: string) => useTabState<GridState>(name, newGrid);
