import type { Column } from '../column.ts';
import type { PipelineStep } from '../contract/pipelines.ts';
import { toText } from '../sql.ts';
import { lexUnfinished } from '../sql-lexer.ts';
import { postgresPlace } from './place.ts';
import { columnsOfView, conditionOf, type View } from './view.ts';

/** A formula whose texts hold no `{{`, which would stand for a parameter: the same texts, written with an escape. */
function withoutPlaces(formula: string): string {
  const tokens = lexUnfinished(formula).filter(
    ({ kind, start, stop }) => kind === 'string' && formula.slice(start, stop).includes('{{'),
  );
  return tokens.reduceRight((text, { start, stop }) => {
    const token = text.slice(start, stop);
    const escaped = token.startsWith("'") ? `E${token.replaceAll('\\', '\\\\')}` : token;
    return text.slice(0, start) + escaped.replaceAll(/\{(?=\{)/g, '\\x7B') + text.slice(stop);
  }, formula);
}

/** A view as the steps of a pipeline that gives the same rows: table, filter, sort, columns. */
export function stepsOf(table: string, columns: readonly Column[], view: View): readonly PipelineStep[] {
  const byName = columnsOfView(table, columns, view);
  const condition = conditionOf(view, (name) => postgresPlace(byName.get(name) as Column));
  const steps: PipelineStep[] = [{ id: 'rows', kind: 'source', inputs: [], params: { table } }];
  const add = (id: string, kind: string, params: PipelineStep['params']) =>
    steps.push({ id, kind, inputs: [steps.at(-1)?.id ?? 'rows'], params });
  if (condition) add('filtered', 'filter', { condition: withoutPlaces(toText(condition)) });
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
