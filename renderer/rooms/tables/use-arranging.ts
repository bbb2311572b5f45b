import { useEffect } from 'react';
import { toProblem } from '../../../shared/problem.ts';
import type { Look } from '../../../shared/view/look.ts';
import { engine, useConnection } from '../../engine.ts';
import { runTask } from '../../tasks.ts';
import type { ChangeLook } from './use-look.ts';

/** Tables of fewer rows are in order before anybody could cancel. */
const largeRows = 100_000;

/** Has the rows of a large table put in order as a task, with progress; cancelling it takes the order away. */
export function useArranging(
  table: string,
  rows: number,
  version: number,
  look: Look | undefined,
  change: ChangeLook,
) {
  const engines = useConnection(({ ports }) => ports);
  const large = rows >= largeRows && look !== undefined && look.sort.length > 0;
  const key = large ? JSON.stringify([version, engines, { sort: look.sort, filters: look.filters }]) : '';
  useEffect(() => {
    if (key === '') return;
    const [, , view] = JSON.parse(key) as [number, number, Pick<Look, 'sort' | 'filters'>];
    let left = false;
    const leaving = new AbortController();
    runTask(`Sorting ${table}`, (options) => {
      const signal = options.signal ? AbortSignal.any([options.signal, leaving.signal]) : leaving.signal;
      return engine.tables.arrange({ table, view }, { ...options, signal }).catch((thrown: unknown) => {
        // Another order is wanted by now: nobody needs to hear of this one.
        if (left) return null;
        throw thrown;
      });
    }).catch((thrown: unknown) => {
      if (!left && toProblem(thrown).code === 'cancelled') change((now) => ({ ...now, sort: [] }));
    });
    return () => {
      left = true;
      leaving.abort();
    };
  }, [key, table, change]);
}
