import { useMemo } from 'react';
import { formatCell } from './format-cell.ts';
import type { Rows } from './rows.ts';

/** Widths a person chose, by column. */
export type Widths = Readonly<Record<string, number>>;

/** Where columns stand. */
export interface ColumnPlaces {
  /** Left edge of each column, and the right edge of the last. */
  readonly edges: readonly number[];
  widthOf(column: number): number;
  /** The columns seen between two places, the ends included. */
  between(left: number, right: number): readonly [number, number];
}

/** The narrowest a column can be dragged. */
export const narrowest = 40;
const letter = 7.2;
const standard = { least: 72, most: 320 };

/** As wide as the name and the first rows need, within limits. */
function fittingWidth(rows: Rows, column: number): number {
  const { name = '', type = 'text' } = rows.columns[column] ?? {};
  let letters = name.length + 4;
  for (let row = 0; row < Math.min(rows.total, 60); row++) {
    const value = rows.cell(row, column);
    if (value !== undefined) letters = Math.max(letters, width(formatCell(value, type).text));
  }
  return Math.round(Math.max(standard.least, Math.min(standard.most, letters * letter + 20)));
}

/** Signs of East Asian scripts and emoji are about two letters wide. */
const width = (text: string) =>
  text.length + (text.match(/[\u1100-\u115f\u2e80-\uffdc]/g)?.length ?? 0) * 0.8;

/** Places columns by the widths chosen, else by what they hold. */
export function useColumnPlaces(rows: Rows, chosen: Widths): ColumnPlaces {
  const key = rows.columns.map(({ name, type }) => `${name}\n${type}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: widths are fitted once for the same columns, so that nothing jumps
  const fitted = useMemo(() => rows.columns.map((_, at) => fittingWidth(rows, at)), [key]);
  return useMemo(() => {
    const widths = rows.columns.map(({ name }, at) => chosen[name] ?? fitted[at] ?? standard.least);
    return placesOf(widths);
  }, [rows.columns, chosen, fitted]);
}

/** Columns of these widths side by side. */
export function placesOf(widths: readonly number[]): ColumnPlaces {
  const edges = [0];
  for (const one of widths) edges.push((edges.at(-1) ?? 0) + one);
  const at = (place: number) => {
    let low = 0;
    let high = widths.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((edges[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    edges,
    widthOf: (column) => widths[column] ?? 0,
    between: (left, right) => [at(left), Math.min(widths.length - 1, at(right))],
  };
}
