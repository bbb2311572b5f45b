import type { Column } from '../column.ts';
import type { PipelineStep } from '../contract/pipelines.ts';
import { toText } from '../sql.ts';
import { postgresPlace } from './place.ts';
import { columnsOfView, conditionOf, type View } from './view.ts';

/** A view as the steps of a pipeline that gives the same rows: table, filter, sort, columns. */
export function stepsOf(table: string, columns: readonly Column[], view: View): readonly PipelineStep[] {
  const byName = columnsOfView(table, columns, view);
  const condition = conditionOf(view, (name) => postgresPlace(byName.get(name) as Column));
  const steps: PipelineStep[] = [{ id: 'rows', kind: 'source', inputs: [], params: { table } }];
  const add = (id: string, kind: string, params: PipelineStep['params']) =>
    steps.push({ id, kind, inputs: [steps.at(-1)?.id ?? 'rows'], params });
  if (condition) add('filtered', 'filter', { condition: toText(condition) });
  const select = () => {
    const chosen = view.columns?.map((column) => ({ column, name: '', type: '' }));
    if (chosen) add('chosen', 'select', { columns: chosen, others: 'drop' });
  };
  const by = view.sort.map(({ column, descending }) => ({ column, direction: descending ? 'desc' : 'asc' }));
  // Sorting comes last, because its order holds for what follows directly; but it needs its columns.
  const sortsByHidden = view.columns && by.some(({ column }) => !view.columns?.includes(column));
  if (!sortsByHidden) select();
  if (by.length > 0) add('sorted', 'sort', { by });
  if (sortsByHidden) select();
  return steps;
}
