/** What commands can do with the grid that has the focus. */
export interface GridHandle {
  copy(withHeaders: boolean): Promise<void>;
  goToRow(): Promise<void>;
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
