import type { Filter } from '../../../shared/view/filters.ts';
import { useEngine } from '../../use-engine.ts';

/** Smaller tables are read whole as fast. */
const largeRows = 40_000;

/** What a column holds: of a large table first an impression from a sample, then all of it. */
export function useColumnProfile(
  table: string,
  column: string,
  filters: readonly Filter[],
  rows: number | undefined,
) {
  const scope = { table, columns: [column], filters: [...filters] };
  const enabled = rows !== undefined;
  const exact = useEngine('tables', 'profile', scope, { enabled, keepPrevious: true });
  const isThere = exact.data !== undefined && !exact.isPlaceholderData;
  const first = useEngine(
    'tables',
    'profile',
    { ...scope, quick: true },
    { enabled: enabled && rows > largeRows && !isThere && !exact.problem },
  );
  const data = isThere ? exact.data : (first.data ?? exact.data);
  return { data, problem: exact.problem, refetch: exact.refetch };
}
