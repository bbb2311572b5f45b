import { useCallback, useMemo } from 'react';
import type { Column } from '../../../shared/column.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import { fittingLook, type Look, lostFilters, plainLook } from '../../../shared/view/look.ts';
import { engine } from '../../engine.ts';
import { toastProblem } from '../../ui/toast.tsx';
import { engineKey, queryClient, useEngine } from '../../use-engine.ts';

/** How to look at a table otherwise than now. */
export type ChangeLook = (next: Look | ((now: Look) => Look)) => void;

const nothingLost: readonly Filter[] = [];

/** How a table is looked at, kept in the workspace; nothing until that was read. Filters of columns that are gone are kept apart. */
export function useLook(table: string, columns: readonly Column[] | undefined) {
  const { data } = useEngine('tables', 'look', { table });
  const look = useMemo(
    () => (data === undefined || !columns ? undefined : fittingLook(data ?? plainLook, columns)),
    [data, columns],
  );
  const lost = useMemo(() => (data && columns ? lostFilters(data, columns) : nothingLost), [data, columns]);
  const keep = useCallback(
    (now: Look) => {
      const key = engineKey('tables', 'look', { table });
      void queryClient.cancelQueries({ queryKey: key });
      queryClient.setQueryData(key, now);
      engine.tables
        .keepLook({ table, look: now })
        .catch((thrown: unknown) => toastProblem(thrown, 'The view was not remembered'));
    },
    [table],
  );
  const change = useCallback<ChangeLook>(
    (next) => {
      const kept = queryClient.getQueryData<Look | null>(engineKey('tables', 'look', { table })) ?? plainLook;
      const before = columns ? fittingLook(kept, columns) : kept;
      const now = typeof next === 'function' ? next(before) : next;
      keep({ ...now, filters: [...now.filters, ...(columns ? lostFilters(kept, columns) : [])] });
    },
    [table, columns, keep],
  );
  const forgetLost = useCallback(() => look && keep(look), [look, keep]);
  return { look, change, lost, forgetLost };
}
