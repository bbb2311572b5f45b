import type { Question } from './question.ts';

/** The filters by metadata that there is, and the names of those that are gone. */
export function keptFilters(filter: Question['filter'], keys: readonly string[]) {
  const entries = Object.entries(filter);
  return {
    kept: Object.fromEntries(entries.filter(([key]) => keys.includes(key))),
    lost: entries.map(([key]) => key).filter((key) => !keys.includes(key)),
  };
}
