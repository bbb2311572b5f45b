import type { Detected } from '../../shared/contract/checks.ts';
import { count, counted } from '../../shared/number-words.ts';
import { textTable } from './output.ts';

const shown = 100;

/** Suspect cells for people: the likeliest first. */
export function detectedText({ table, rows, rowsRead, cells }: Detected): string {
  const part = rowsRead < rows ? `, a sample of ${counted(rowsRead, 'row')}` : '';
  if (cells.length === 0) return `No cell of ${table} looks wrong${part}.\n`;
  const lines = cells
    .slice(0, shown)
    .map(({ row, column, score, reason }) => [String(row), column, score.toFixed(3), reason]);
  const rest = cells.length > shown ? `… and ${count(cells.length - shown)} more; --json lists all.\n` : '';
  const head = textTable(['_row', 'column', 'score', 'why'], lines);
  return `${head}\n${rest}${counted(cells.length, 'suspect cell')} in ${table}${part}.\n`;
}
