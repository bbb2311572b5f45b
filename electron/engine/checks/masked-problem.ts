import type { Problem } from '../../../shared/problem.ts';
import { masked, maskedReason } from './detect/masked-reason.ts';

/** Numbers and bytes, which PostgreSQL says without quotes: "date field value out of range: 7134-01-02". */
const numbers = /\b0x[0-9a-f]+\b|\d[\d.:,-]*/gi;

/** Words of PostgreSQL about a value that it cannot use, without the value. */
export const withoutQuoted = (words: string): string => maskedReason(words).replace(numbers, masked);

/**
 * An error as it may be shown where there are private columns: PostgreSQL quotes the value that it stumbled over. Errors
 * about names and syntax (class 42) quote what was written, and stay, where they stand at a place of the statement; the
 * others are about values that were taken for names while it ran.
 */
export function withoutValues(failed: Problem, hidden: ReadonlySet<string>): Problem {
  const state = failed.at?.sqlstate;
  if (hidden.size === 0 || state === undefined) return failed;
  if (state.startsWith('42') && failed.at?.position !== undefined) return failed;
  const { hint: _hint, ...said } = failed;
  if (state.startsWith('22')) return { ...said, message: withoutQuoted(failed.message) };
  const message = `PostgreSQL refused it (${state}); its words are not shown, because they may quote a private column.`;
  return { ...said, message };
}
