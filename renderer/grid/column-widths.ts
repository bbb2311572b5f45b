import { useMemo } from 'react';
import { named } from '../../shared/by-name.ts';
import { typeFamily } from '../../shared/column.ts';
import { formatCell } from './format-cell.ts';
import type { Rows } from './rows.ts';

/** Widths a person chose, by column. */
export type Widths = Readonly<Record<string, number>>;

/** Where columns stand. */
export interface ColumnPlaces {
  /** Left edge of each column, and the right edge of the last. */
  readonly edges: readonly number[];
  widthOf(column: number): number;
  /** As a style; the same object for the same column. */
  styleOf(column: number): { readonly left: number; readonly width: number };
  /** The columns seen between two places, the ends included. */
  between(left: number, right: number): readonly [number, number];
}

/** The narrowest a column can be dragged. */
export const narrowest = 40;
const standard = { least: 72, most: 340, padding: 22, glyph: 24, mark: 20, rows: 60, spread: 8 };

let pen: CanvasRenderingContext2D | null | undefined;

/** How wide text is in a grid's cell, where figures and the signs between them are wider than a canvas draws them. */
function textWidth(text: string, bold: boolean): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return text.length * 7.4;
  pen.font = `${bold ? 600 : 400} 12px 'Inter Variable', system-ui, sans-serif`;
  return pen.measureText(text.replace(/[0-9]/g, '0')).width * (/[0-9]/.test(text) ? 1.12 : 1);
}

/** The first rows, and some among all others: a column of numbers is often wider at its end. */
export function lookedRows(total: number, first: number): readonly number[] {
  const spread = total > first ? standard.spread : 0;
  const others = Array.from({ length: spread }, (_, at) => Math.round(((at + 1) * (total - 1)) / spread));
  return [...Array(Math.min(total, first)).keys(), ...others];
}

/** As wide as the name and what is looked at of its rows need, within limits. */
function fittingWidth(rows: Rows, column: number): number {
  const { name = '', type = 'text' } = rows.columns[column] ?? {};
  let width = textWidth(name, true) + standard.glyph + standard.mark;
  // Rows that are not here yet are often numbered, too.
  if (typeFamily(type) === 'integer') width = Math.max(width, textWidth(String(rows.total), false));
  for (const row of lookedRows(rows.total, rows.columns.length > 60 ? 8 : standard.rows)) {
    if (width >= standard.most) break;
    const value = rows.cell(row, column);
    if (value !== undefined)
      width = Math.max(width, textWidth(formatCell(value, type).text.slice(0, 80), false));
  }
  return Math.ceil(Math.max(standard.least, Math.min(standard.most, width + standard.padding)));
}

/** Places columns by the widths chosen, else by what they hold. */
export function useColumnPlaces(rows: Rows, chosen: Widths): ColumnPlaces {
  const key = rows.columns.map(({ name, type }) => `${name}\n${type}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: widths are fitted once for the same columns, so that nothing jumps
  const fitted = useMemo(() => rows.columns.map((_, at) => fittingWidth(rows, at)), [key]);
  return useMemo(() => {
    const widths = rows.columns.map(({ name }, at) => named(chosen, name) ?? fitted[at] ?? standard.least);
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
  const styles = widths.map((width, column) => ({ left: edges[column] ?? 0, width }));
  return {
    edges,
    widthOf: (column) => widths[column] ?? 0,
    styleOf: (column) => styles[column] ?? { left: 0, width: 0 },
    between: (left, right) => [at(left), Math.min(widths.length - 1, at(right))],
  };
}
