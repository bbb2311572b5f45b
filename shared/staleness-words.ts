import { counted } from './number-words.ts';
import type { Problem } from './problem.ts';

/** How a collection differs from its table, in sentences; none where it does not. */
export const stalenessWords = ({
  stale,
  gone,
  outdated,
  uncounted,
  table,
}: {
  readonly stale: number;
  readonly gone: number;
  readonly outdated: number;
  readonly uncounted: Problem | null;
  readonly table: string;
}): readonly string[] => [
  ...(uncounted ? [`How it differs from ${table} could not be told: ${uncounted.message}`] : []),
  ...(stale > 0
    ? [`${counted(stale, 'row')} of ${table} changed since they were embedded, or never were.`]
    : []),
  ...(gone > 0
    ? [`${counted(gone, 'row')} that ${table} has no more, or without text, can still be found.`]
    : []),
  ...(outdated > 0
    ? [`${counted(outdated, 'row')} of ${table} changed in what is filtered by: filters here go by the old.`]
    : []),
];
