import { isNumeric } from '../../shared/column.ts';
import { count, number } from '../../shared/number-words.ts';
import type { Rows } from './rows.ts';
import { type CellRange, isMany } from './selection.ts';

const mostCells = 200_000;

/** What the status bar says of selected cells: how many, and sum and mean of the numbers among them. */
export async function summarise(rows: Rows, range: CellRange): Promise<string> {
  const { top, bottom, left, right } = range;
  if (!isMany(range)) return '';
  const cells = (bottom - top + 1) * (right - left + 1);
  const size = `${count(bottom - top + 1)} × ${count(right - left + 1)} selected`;
  const numeric = rows.columns.slice(left, right + 1).some(({ type }) => isNumeric(type));
  if (!numeric || cells > mostCells) return size;
  const found = await numbersOf(rows, range);
  if (found.count === 0) return size;
  const about = Number.isSafeInteger(Math.trunc(found.sum)) ? '' : '≈ ';
  const sum = about + number(found.sum);
  return `${size} · ${count(found.count)} numbers · sum ${sum} · mean ${about}${number(found.sum / found.count)}`;
}

async function numbersOf(rows: Rows, { top, bottom, left, right }: CellRange) {
  const page = await rows.read(top, bottom - top + 1);
  let sum = 0;
  let found = 0;
  for (let column = left; column <= right; column++) {
    if (!isNumeric(page.columns[column]?.type ?? '')) continue;
    for (let row = 0; row < page.rows; row++) {
      const value = page.cell(row, column);
      if (value === null || !Number.isFinite(Number(value))) continue;
      sum += Number(value);
      found++;
    }
  }
  return { sum, count: found };
}
