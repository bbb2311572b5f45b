import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import type { Look } from '../../../shared/view/look.ts';

/**
 * The filter for some steps of a column's histogram, the ends included: from the least value of the first to before the least of
 * the next, so that it has the rows they count. Where nothing lies beyond an outer end, it is as it was in the filters that the
 * histogram is under, and else open.
 */
export function filterOfSteps(
  profile: ColumnProfile,
  first: number,
  last: number,
  under: readonly Filter[] = [],
): Filter | undefined {
  const { name, min, max, starts, end } = profile;
  const next = starts.slice(last + 1).find((start) => start !== null);
  const from = starts.slice(first).find((start) => start !== null);
  if (from === undefined || from === null || (next === undefined && end === null)) return undefined;
  const ranges = under.filter((filter) => filter.kind === 'range').filter(({ column }) => column === name);
  const leastOfAll = first === 0 && from === min;
  const isLast = next === undefined;
  const low = leastOfAll && !isLast ? outerFrom(ranges, from) : { from: withoutZone(from), fromOpen: false };
  const most = next ?? end ?? '';
  const high =
    isLast && max === end && !leastOfAll ? outerTo(ranges, most) : { to: withoutZone(most), toOpen: !isLast };
  return { kind: 'range', column: name, ...low, ...high };
}

type Range = Extract<Filter, { kind: 'range' }>;

/** Of several ranges nobody knows here which is the narrowest: the least value among them all is said instead. */
function outerFrom(ranges: readonly Range[], least: string): Pick<Range, 'from' | 'fromOpen'> {
  const [only, ...others] = ranges.filter(({ from }) => from !== undefined);
  if (others.length > 0) return { from: withoutZone(least), fromOpen: false };
  return only ? { from: only.from, fromOpen: only.fromOpen } : { fromOpen: false };
}

function outerTo(ranges: readonly Range[], most: string): Pick<Range, 'to' | 'toOpen'> {
  const [only, ...others] = ranges.filter(({ to }) => to !== undefined);
  if (others.length > 0) return { to: withoutZone(most), toOpen: false };
  return only ? { to: only.to, toOpen: only.toOpen } : { toOpen: false };
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
