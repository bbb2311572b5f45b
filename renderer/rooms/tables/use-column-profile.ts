import { useEffect } from 'react';
import type { Filter } from '../../../shared/view/filters.ts';
import { askAhead, useEngine } from '../../use-engine.ts';

/** Smaller tables are read whole as fast. */
const largeRows = 40_000;

/** So many columns are in sight at once. */
const seenAtOnce = 12;

/** Asks for first impressions of a large table's columns while its rows are on their way, right behind them. */
export function useImpressionsAhead(table: string, columns: readonly string[], rows: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each table that is opened
  useEffect(() => {
    if (rows <= largeRows) return;
    for (const column of columns.slice(0, seenAtOnce))
      askAhead('tables', 'profile', impressionOf(table, column));
  }, [table]);
}

const impressionOf = (table: string, column: string, filters: readonly Filter[] = []) => ({
  table,
  columns: [column],
  filters: [...filters],
  quick: true,
});

/** How much of a large table is read after the first impression. */
interface Depth {
  /** Not more rows than so many. */
  readonly most?: number;
  /** The task that reads them. */
  readonly asTask?: string;
}

/** What a column holds: of a large table first an impression from a sample, then all of it. */
export function useColumnProfile(
  table: string,
  column: string,
  filters: readonly Filter[],
  rows: number | undefined,
  { most = Number.POSITIVE_INFINITY, asTask }: Depth = {},
) {
  const scope = { table, columns: [column], filters: [...filters] };
  const isLarge = rows !== undefined && rows > largeRows;
  const impression = impressionOf(table, column, filters);
  const first = useEngine('tables', 'profile', impression, { enabled: isLarge });
  // All rows are read when the impression is there, which is not to wait for them.
  const follows = !isLarge || first.data !== undefined || first.problem !== undefined;
  const exact = useEngine('tables', 'profile', scope, {
    enabled: rows !== undefined && rows <= most && follows,
    keepPrevious: true,
    ...(asTask ? { asTask } : {}),
  });
  // None of the rows picked is among those that filters keep: that tells nothing of them.
  const impressed = first.data?.sampled === 0 ? undefined : first.data;
  const isThere = exact.data !== undefined && !exact.isPlaceholderData;
  // What stood there of other rows only bridges a moment, which large tables take longer than.
  const data = isThere ? exact.data : (impressed ?? (isLarge ? undefined : exact.data));
  const stopped = exact.problem?.code === 'cancelled' && impressed !== undefined && !exact.isFetching;
  const problem = stopped ? undefined : (exact.problem ?? (isThere ? undefined : first.problem));
  /** What stands there is of other rows, while these are counted. */
  const isOfOthers = !isThere && !stopped && data !== undefined && data === exact.data;
  /** What stands there may be of these rows before they changed. */
  const isOld = !stopped && data !== undefined && data === exact.data && exact.isFetching;
  return { data: stopped ? impressed : data, isOfOthers, isOld, problem, stopped, refetch: exact.refetch };
}
