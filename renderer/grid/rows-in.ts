import type { View } from './scroller.ts';

/** Rows drawn beyond the seen ones, at either end. */
const overscan = 4;

/** How rows stand in a grid. */
interface Standing {
  readonly rowHeight: number;
  readonly head: number;
  readonly total: number;
}

/** So many rows are drawn at most in a view of this height. */
export const mostRows = ({ height }: View, { rowHeight }: Pick<Standing, 'rowHeight'>): number =>
  Math.ceil(height / rowHeight) + 2 * overscan + 3;

/** The first and the last row to be drawn; the last is before the first where there is none. */
export function rowsIn(
  { top, height }: View,
  { rowHeight, head, total }: Standing,
): readonly [number, number] {
  if (height === 0) return [0, -1];
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  return [first, Math.min(total - 1, Math.ceil((top + height - head) / rowHeight) + overscan)];
}
