import type { Suggested } from '../../shared/contract/checks.ts';
import { count } from '../../shared/number-words.ts';
import { textTable } from './output.ts';

/** Suggested rules for people, the likeliest first. */
export function suggestedText({ suggestions, cells }: Suggested): string {
  if (suggestions.length === 0) return 'No rule is suggested beyond those that are there or were rejected.\n';
  const lines = suggestions.map(({ table, rank, says, badRows, rowsRead, reason, former }) => [
    rank.toFixed(2),
    table,
    says,
    `${count(badRows)} of ${count(rowsRead)}`,
    former.told > 0 ? `${former.failed} of ${former.told}` : '–',
    reason,
  ]);
  const head = textTable(['rank', 'table', 'rule', 'would break it', 'loads before', 'why'], lines);
  return `${head}\n${suggestions.length} suggestions, ${count(cells.length)} suspect cells (--json lists them, --detect TABLE shows them).\n`;
}
