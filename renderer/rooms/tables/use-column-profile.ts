import type { Filter } from '../../../shared/view/filters.ts';
import { useEngine } from '../../use-engine.ts';

/** Smaller tables are read whole as fast. */
const largeRows = 40_000;

/** What a column holds: of a large table first an impression from a sample, then all of it where `most` rows are not exceeded. */
export function useColumnProfile(
  table: string,
  column: string,
  filters: readonly Filter[],
  rows: number | undefined,
  most = Number.POSITIVE_INFINITY,
) {
  const scope = { table, columns: [column], filters: [...filters] };
  const isLarge = rows !== undefined && rows > largeRows;
  const first = useEngine('tables', 'profile', { ...scope, quick: true }, { enabled: isLarge });
  // All rows are read when the impression is there, which is not to wait for them.
  const follows = !isLarge || first.data !== undefined || first.problem !== undefined;
  const exact = useEngine('tables', 'profile', scope, {
    enabled: rows !== undefined && rows <= most && follows,
    keepPrevious: true,
  });
  const isThere = exact.data !== undefined && !exact.isPlaceholderData;
  const data = isThere ? exact.data : (first.data ?? exact.data);
  return { data, problem: exact.problem ?? (isThere ? undefined : first.problem), refetch: exact.refetch };
}
