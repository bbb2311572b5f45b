import type { StepSchema } from '../../../shared/contract/pipelines.ts';
import { ident, toText } from '../../../shared/sql.ts';
import { inputName, inputsOf, selectOf } from './compile.ts';
import { isStuck, type Plan } from './plan.ts';

/** What is known of a planned step, as the window shows it. */
export function schemaOfStep(plan: Plan, id: string): StepSchema {
  const planned = plan.steps.get(id);
  if (!planned) return { id, columns: [], sql: '', problems: [] };
  const { columns, problems, blockedBy } = planned;
  return {
    id,
    columns,
    sql: aloneSql(plan, id),
    problems,
    ...(blockedBy === undefined ? {} : { blockedBy }),
  };
}

function aloneSql(plan: Plan, id: string): string {
  const planned = plan.steps.get(id);
  if (!planned || isStuck(planned)) return '';
  const inputs = inputsOf(plan, planned, (ref) => ident(inputName(ref)));
  return toText(selectOf(planned, { step: id, output: 'rows' }, inputs));
}
