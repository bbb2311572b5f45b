import type { StepSchema } from '../../../../shared/contract/pipelines.ts';
import { nameInSql } from '../../../../shared/pipeline-graph.ts';
import { ident, toText } from '../../../../shared/sql.ts';
import { holderOf } from '../file/nest.ts';
import { signatureOf } from '../file/signature.ts';
import { inputsOf, selectOf } from './compile.ts';
import { columnsAt, isStuck, type Plan, type PlannedStep } from './plan.ts';
import { isUnfilled } from './unfilled.ts';

/** What is known of a planned step, as the window shows it. */
export function schemaOfStep(plan: Plan, id: string): StepSchema {
  const planned = plan.steps.get(id);
  if (!planned) return { id, columns: [], sql: '', problems: [] };
  const { columns, problems, blockedBy } = toldAt(plan, planned);
  const { step, definition } = planned;
  const nest = nestOf(plan, planned);
  return {
    id,
    columns,
    sql: aloneSql(plan, id),
    problems,
    ...(definition && isUnfilled(step, definition, problems) ? { unfilled: true } : {}),
    ...(blockedBy === undefined ? {} : { blockedBy }),
    ...(nest ? { nest } : {}),
  };
}

function nestOf(plan: Plan, { step }: PlannedStep): StepSchema['nest'] {
  const signature = signatureOf(step);
  if (!signature) return undefined;
  const outputs = signature.outputs.map((output) => ({
    ...output,
    columns: columnsAt(plan, { step: output.step, output: 'rows' }),
  }));
  return { ...signature, outputs };
}

/** What is wrong within a pipeline that a step uses is told at the step: its own steps are not seen. */
function toldAt(plan: Plan, planned: PlannedStep): Pick<PlannedStep, 'columns' | 'problems' | 'blockedBy'> {
  const { blockedBy, step, columns, problems } = planned;
  const cause = plan.steps.get(blockedBy ?? '');
  const inner = holderOf(cause?.step) === step.id ? cause : undefined;
  const [first] = inner?.problems ?? [];
  if (!inner || !first) return { columns, problems, ...(blockedBy === undefined ? {} : { blockedBy }) };
  const { param: _param, ...at } = first.at ?? {};
  return {
    columns,
    problems: [{ ...first, message: `${inner.title}: ${first.message}`, at: { ...at, step: step.id } }],
  };
}

function aloneSql(plan: Plan, id: string): string {
  const planned = plan.steps.get(id);
  if (!planned || isStuck(planned)) return '';
  const inputs = inputsOf(plan, planned, (ref) => ident(nameInSql(ref)));
  return toText(selectOf(planned, { step: id, output: 'rows' }, inputs));
}
