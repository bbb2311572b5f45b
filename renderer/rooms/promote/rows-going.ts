import type { Plan, PlannedChange } from '../../../shared/contract/promote.ts';

/** Replaced by rows that are all there already. */
export const isSame = ({ action, counts, lost }: PlannedChange): boolean =>
  action === 'replace' &&
  lost.length === 0 &&
  counts !== null &&
  counts.added + counts.changed + counts.removed === 0;

/** How many rows there come, change or go: what a view shows is nobody's rows. */
export const rowsGoing = ({ changes }: Pick<Plan, 'changes'>): number =>
  changes.reduce((all, { kind, action, rows, counts }) => {
    if (action === 'keep' || kind === 'view' || kind === 'materialized view') return all;
    const gone = action === 'replace' ? (counts?.removed ?? 0) : 0;
    return all + (counts ? counts.added + counts.changed + gone : rows);
  }, 0);
