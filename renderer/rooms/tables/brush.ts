import { typeFamily } from '../../../shared/column.ts';
import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import type { Look } from '../../../shared/view/look.ts';

const dayMs = 86_400_000;

/** The filter for some steps of a column's histogram, the ends included; nothing where it cannot be written. */
export function filterOfSteps(profile: ColumnProfile, first: number, last: number): Filter | undefined {
  const { name, type, low, high, histogram } = profile;
  if (low === null || high === null) return undefined;
  const edge = (step: number) => edgeText(low + ((high - low) * step) / histogram.length, type);
  const whole = last === histogram.length - 1;
  const [from, to] = [edge(first), whole ? undefined : edge(last + 1)];
  if (from === undefined || (to === undefined && !whole)) return undefined;
  const end = whole ? edgeText(high, type) : to;
  return {
    kind: 'range',
    column: name,
    from,
    ...(end === undefined ? {} : { to: end }),
    fromOpen: false,
    toOpen: !whole,
  };
}

/** A place on the line as a value of the column's type; of days the first at or after it. */
function edgeText(place: number, type: string): string | undefined {
  const family = typeFamily(type);
  if (['integer', 'decimal', 'float'].includes(family)) return String(place);
  const ms = family === 'date' ? Math.ceil((place * 1000) / dayMs) * dayMs : place * 1000;
  const date = new Date(ms);
  const year = Number.isNaN(date.getTime()) ? 0 : date.getUTCFullYear();
  if (year < 1 || year > 9999) return undefined;
  const iso = date.toISOString();
  return family === 'date' ? iso.slice(0, 10) : iso.slice(0, 23).replace('T', ' ');
}

/** A filter in place of the ones of its kind on its column. */
export const withFilter = (look: Look, filter: Filter): Look => ({
  ...look,
  filters: [
    ...look.filters.filter(({ kind, column }) => kind !== filter.kind || column !== filter.column),
    filter,
  ],
});
