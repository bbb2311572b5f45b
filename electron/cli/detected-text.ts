import type { Detected } from '../../shared/contract/checks.ts';
import { textTable } from './output.ts';

const shown = 100;

/** Suspect cells for people: the likeliest first. */
export function detectedText({ table, rows, rowsRead, cells }: Detected): string {
  const part = rowsRead < rows ? `, a sample of ${rowsRead.toLocaleString('en-US')} rows` : '';
  if (cells.length === 0) return `No cell of ${table} looks wrong${part}.\n`;
  const lines = cells
    .slice(0, shown)
    .map(({ row, column, score, reason }) => [String(row), column, score.toFixed(3), reason]);
  const rest =
    cells.length > shown
      ? `… and ${(cells.length - shown).toLocaleString('en-US')} more; --json lists all.\n`
      : '';
  const head = textTable(['_row', 'column', 'score', 'why'], lines);
  return `${head}\n${rest}${cells.length.toLocaleString('en-US')} suspect cells in ${table}${part}.\n`;
}
