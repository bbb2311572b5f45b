import type { Table } from '../../../shared/contract/tables.ts';
import type { Problem } from '../../../shared/problem.ts';
import { useEngine } from '../../use-engine.ts';
import { useTab } from '../../workspace/tab-state.ts';

/** What a tab of a table or a view shows. */
export interface OpenedTable {
  /** Nothing until it was read, or where it is gone. */
  readonly table: Table | undefined;
  readonly isGone: boolean;
  readonly isView: boolean;
  readonly problem: Problem | undefined;
}

/** The table of this tab; a view is one whose rows are counted when it is opened. */
export function useOpenedTable(): OpenedTable {
  const { kind, key } = useTab();
  const isView = kind === 'view';
  const list = useEngine('tables', 'list', {}, { also: ['checks', 'import'], enabled: !isView });
  const views = useEngine('tables', 'views', {}, { enabled: isView });
  const isThere = views.data?.some(({ name }) => name === key) ?? false;
  const view = useEngine(
    'tables',
    'openView',
    { name: key },
    { enabled: isView && isThere, keepPrevious: true, asTask: `Reading the rows of ${key}` },
  );
  const listed = list.data?.find(({ name }) => name === key);
  if (!isView)
    return { table: listed, isGone: list.data !== undefined && !listed, isView, problem: list.problem };
  return {
    table: isThere ? view.data : undefined,
    isGone: views.data !== undefined && !isThere,
    isView,
    problem: isThere ? view.problem : views.problem,
  };
}
