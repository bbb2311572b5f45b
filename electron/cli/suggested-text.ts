import type { Suggested } from '../../shared/contract/checks.ts';
import { count, counted } from '../../shared/number-words.ts';
import { textTable } from './output.ts';

/** Suggested rules for people, the likeliest first. */
export function suggestedText({ suggestions, cells, problems }: Suggested): string {
  const left = problems.map(({ message }) => `Left out. ${message}\n`).join('');
  if (suggestions.length === 0)
    return `${left}No rule is suggested beyond those that are there or were rejected.\n`;
  const lines = suggestions.map(({ table, rank, says, badRows, rowsJudged, reason, former }) => [
    rank.toFixed(2),
    table,
    says,
    `${count(badRows)} of ${count(rowsJudged)}`,
    former.told > 0 ? `${former.failed} of ${former.told}` : '–',
    reason,
  ]);
  const head = textTable(['rank', 'table', 'rule', 'would break it', 'loads before', 'why'], lines);
  return `${left}${head}\n${counted(suggestions.length, 'suggestion')}, ${counted(cells.length, 'suspect cell')} (--json lists them, --detect TABLE shows them).\n`;
}
