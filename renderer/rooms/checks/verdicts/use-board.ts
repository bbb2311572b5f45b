import { useMemo } from 'react';
import type { Problem } from '../../../../shared/problem.ts';
import { useEngine } from '../../../use-engine.ts';
import { boardOf, type TableState } from './board.ts';

/** Every table with its rules and what they found last; undefined while it is read. */
export function useBoard(): {
  readonly board: readonly TableState[] | undefined;
  readonly problem: Problem | undefined;
  readonly again: () => void;
} {
  const tables = useEngine('tables', 'list', {});
  const listed = useEngine('checks', 'list', {});
  const latest = useEngine('checks', 'latest', {});
  const board = useMemo(
    () =>
      tables.data && listed.data && latest.data ? boardOf(tables.data, listed.data, latest.data) : undefined,
    [tables.data, listed.data, latest.data],
  );
  const reads = [tables, listed, latest];
  const again = () => {
    for (const read of reads) void read.refetch();
  };
  return { board, problem: reads.find(({ problem }) => problem)?.problem, again };
}
