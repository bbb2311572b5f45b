import type { ValueColumn } from './columnar.ts';
import type { Suspicion } from './detector.ts';

/** One distinct value with the number of its rows. */
export interface Counted {
  readonly place: number;
  readonly text: string;
  readonly count: number;
}

/** The distinct values of a column. */
export const countedValues = ({ values, counts }: ValueColumn): Counted[] =>
  values.map((text, place) => ({ place, text, count: counts[place] ?? 0 }));

/** A suspicion for every row that has one of these values. */
export function everyRow(
  column: ValueColumn,
  of: ReadonlyMap<number, { readonly score: number; readonly reason: string }>,
): Suspicion[] {
  if (of.size === 0) return [];
  const found: Suspicion[] = [];
  for (let row = 0; row < column.codes.length; row++) {
    const why = of.get(column.codes[row] ?? -1);
    if (why) found.push({ row, column: column.name, ...why });
  }
  return found;
}

/** A text as a person quotes it, cut where it is long. */
export const quoted = (text: string | undefined): string =>
  text === undefined ? 'nothing' : `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;

/** A share as people say it. */
export const percent = (share: number): string =>
  `${share >= 0.9995 && share < 1 ? '99.9' : (100 * share).toFixed(share > 0.99 ? 1 : 0)}%`;

/** True for so few rows that they are the exception; in small tables one or two always are. */
export const isRare = (count: number, rows: number, share: number): boolean =>
  count <= Math.max(rows * share, Math.min(2, rows / 20));
