import type { CellValue } from '../../shared/cell-text.ts';
import type { Column } from '../../shared/column.ts';
import type { CopyFormat } from './copy-formats.ts';

/** What commands can do with the grid that has the focus. */
export interface GridHandle {
  copy(format: CopyFormat): Promise<void>;
  goToRow(): Promise<void>;
  goToColumn(name: string): void;
  /** Lets the focus go with a column that is about to stand elsewhere. */
  follow(name: string): void;
  /** The columns there are, and the cell in focus. */
  readonly columns: readonly Column[];
  readonly focus: { readonly column: Column; readonly value: CellValue | undefined } | undefined;
  /** Makes the column in focus wider or narrower by some pixels. */
  widen(by: number): void;
  /** Opens the menu of the column in focus. */
  openMenu(): void;
}

let current: GridHandle | undefined;

/** The grid that has the keyboard, if one has. */
export const currentGrid = () => current;

/** Says that a grid got the keyboard; returns how to say that it lost it. */
export function holdKeyboard(grid: GridHandle): () => void {
  current = grid;
  return () => {
    if (current === grid) current = undefined;
  };
}
