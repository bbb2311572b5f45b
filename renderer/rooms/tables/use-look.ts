import { useCallback, useMemo } from 'react';
import type { Column } from '../../../shared/column.ts';
import { fittingLook, type Look, plainLook } from '../../../shared/view/look.ts';
import { engine } from '../../engine.ts';
import { toastProblem } from '../../ui/toast.tsx';
import { engineKey, queryClient, useEngine } from '../../use-engine.ts';

/** How to look at a table otherwise than now. */
export type ChangeLook = (next: Look | ((now: Look) => Look)) => void;

/** How a table is looked at, kept in the workspace; nothing until that was read. */
export function useLook(table: string, columns: readonly Column[] | undefined) {
  const { data } = useEngine('tables', 'look', { table });
  const look = useMemo(
    () => (data === undefined || !columns ? undefined : fittingLook(data ?? plainLook, columns)),
    [data, columns],
  );
  const change = useCallback<ChangeLook>(
    (next) => {
      const key = engineKey('tables', 'look', { table });
      const before = queryClient.getQueryData<Look | null>(key) ?? plainLook;
      const now = typeof next === 'function' ? next(before) : next;
      void queryClient.cancelQueries({ queryKey: key });
      queryClient.setQueryData(key, now);
      engine.tables
        .keepLook({ table, look: now })
        .catch((thrown: unknown) => toastProblem(thrown, 'The view was not remembered'));
    },
    [table],
  );
  return { look, change };
}
