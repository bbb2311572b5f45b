/** A cell's place. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** Where selecting began, and the cell it has reached, which has the focus. */
export interface Selection {
  readonly anchor: CellPlace;
  readonly focus: CellPlace;
}

/** The rectangle of a selection, ends included. */
export interface CellRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** One selected cell. */
export const selectCell = (place: CellPlace): Selection => ({ anchor: place, focus: place });

/** The rectangle between the two ends. */
export const rangeOf = ({ anchor, focus }: Selection): CellRange => ({
  top: Math.min(anchor.row, focus.row),
  bottom: Math.max(anchor.row, focus.row),
  left: Math.min(anchor.column, focus.column),
  right: Math.max(anchor.column, focus.column),
});

/** True where the selection is more than one cell. */
export const isMany = ({ top, bottom, left, right }: CellRange) => top !== bottom || left !== right;

/** How far keys can go. */
export interface Bounds {
  readonly rows: number;
  readonly columns: number;
  /** Rows on one screen. */
  readonly page: number;
}

/** Where a movement key leads from a cell; nothing where it is not a movement. */
export function moved(
  { row, column }: CellPlace,
  key: string,
  far: boolean,
  { rows, columns, page }: Bounds,
): CellPlace | undefined {
  const to = destination({ row, column }, key, far, { rows, columns, page });
  return to && { row: within(to.row, rows), column: within(to.column, columns) };
}

const within = (at: number, count: number) => Math.max(0, Math.min(count - 1, at));

function destination({ row, column }: CellPlace, key: string, far: boolean, bounds: Bounds) {
  const { rows, columns, page } = bounds;
  if (key === 'ArrowUp') return { row: far ? 0 : row - 1, column };
  if (key === 'ArrowDown') return { row: far ? rows : row + 1, column };
  if (key === 'ArrowLeft') return { row, column: far ? 0 : column - 1 };
  if (key === 'ArrowRight') return { row, column: far ? columns : column + 1 };
  if (key === 'PageUp') return { row: row - page, column };
  if (key === 'PageDown') return { row: row + page, column };
  if (key === 'Home') return { row: far ? 0 : row, column: 0 };
  if (key === 'End') return { row: far ? rows : row, column: columns };
  return undefined;
}

/** The selection after a movement; with Shift its far end moves and its beginning stays. */
export const extended = (selection: Selection, to: CellPlace, shift: boolean): Selection =>
  shift ? { anchor: selection.anchor, focus: to } : selectCell(to);

/** A selection that still fits the rows and columns there are, or nothing. */
export function fitting(selection: Selection | null, rows: number, columns: number): Selection | null {
  if (!selection || rows === 0 || columns === 0) return null;
  const clamp = ({ row, column }: CellPlace) => ({
    row: Math.min(row, rows - 1),
    column: Math.min(column, columns - 1),
  });
  return { anchor: clamp(selection.anchor), focus: clamp(selection.focus) };
}
