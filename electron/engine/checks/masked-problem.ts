import type { Problem } from '../../../shared/problem.ts';
import { maskedReason } from './detect/masked-reason.ts';

/**
 * An error as it may be shown where there are private columns: PostgreSQL quotes the value that it stumbled over. Errors
 * about names and syntax (class 42) quote what was written, and stay.
 */
export function withoutValues(failed: Problem, hidden: ReadonlySet<string>): Problem {
  const state = failed.at?.sqlstate;
  if (hidden.size === 0 || state === undefined || state.startsWith('42')) return failed;
  const { hint: _hint, ...said } = failed;
  if (state.startsWith('22')) return { ...said, message: maskedReason(failed.message) };
  const message = `PostgreSQL refused it (${state}); its words are not shown, because they may quote a private column.`;
  return { ...said, message };
}
