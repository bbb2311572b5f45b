import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import type { Look } from '../../../shared/view/look.ts';

/**
 * The filter for some steps of a column's histogram, the ends included: from the least value of the first to before the least of
 * the next, so that it has the rows they count. An outer end is left open where nothing lies beyond it.
 */
export function filterOfSteps(profile: ColumnProfile, first: number, last: number): Filter | undefined {
  const { name, min, max, starts, end } = profile;
  const next = starts.slice(last + 1).find((start) => start !== null);
  const from = starts.slice(first).find((start) => start !== null);
  if (from === undefined || from === null || (next === undefined && end === null)) return undefined;
  const leastOfAll = first === 0 && from === min;
  const most = next ?? (max === end && !leastOfAll ? undefined : end);
  const openBelow = leastOfAll && next !== undefined;
  return {
    kind: 'range',
    column: name,
    ...(openBelow ? {} : { from: withoutZone(from) }),
    ...(most === undefined || most === null ? {} : { to: withoutZone(most) }),
    fromOpen: false,
    toOpen: next !== undefined,
  };
}

/** Times are UTC throughout: without their zone the columnar copy reads them too. */
const withoutZone = (text: string) => text.replace(/\+00( BC)?$/, '$1');

/** A filter in place of the ones of its kind on its column. */
export const withFilter = (look: Look, filter: Filter): Look => ({
  ...look,
  filters: [
    ...look.filters.filter(({ kind, column }) => kind !== filter.kind || column !== filter.column),
    filter,
  ],
});
