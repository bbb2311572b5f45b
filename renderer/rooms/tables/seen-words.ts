import { count } from '../../../shared/number-words.ts';
import type { Problem } from '../../../shared/problem.ts';

/** How many rows filters keep. */
export function seenWords(seen: number | Problem | undefined, rows: number): string {
  if (seen === undefined) return 'counting…';
  return typeof seen === 'number' ? `${count(seen)} of ${count(rows)}` : `not counted: ${seen.message}`;
}
