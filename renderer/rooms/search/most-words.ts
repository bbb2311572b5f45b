import type { CellValue } from '../../../shared/cell-text.ts';
import { type Column, typeFamily, userColumns } from '../../../shared/column.ts';

/** The columns that hold text. */
export const textsOf = (columns: readonly Column[]) =>
  userColumns(columns).filter(({ type }) => typeFamily(type) === 'text');

const words = (value: CellValue) =>
  typeof value === 'string' ? value.split(/\s+/).filter(Boolean).length : 0;

/** The column with the most words in a row: what people wrote, rather than a number, a link or a code. */
export function mostWords(
  columns: readonly Column[],
  rows: number,
  cell: (row: number, column: number) => CellValue,
): string | undefined {
  const counts = columns.map(({ name }, at) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += words(cell(row, at));
    return { name, sum };
  });
  const texts = new Set(textsOf(columns).map(({ name }) => name));
  const [best] = counts.filter(({ name }) => texts.has(name)).toSorted((one, other) => other.sum - one.sum);
  return best && best.sum > 0 ? best.name : undefined;
}
