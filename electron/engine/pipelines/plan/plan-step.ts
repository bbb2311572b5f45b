import { type Column, userColumns } from '../../../../shared/column.ts';
import type { PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { rejectsOf, type StepDefinition } from '../../../../shared/define-step.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { parseRef, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { type Problem, toProblem } from '../../../../shared/problem.ts';
import { steps } from '../../../../shared/registry.ts';
import { expression, ident, join, names, type Sql, sql, toText, typeName } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { formulaFault } from '../file/nest-settings.ts';
import { formulasOf, placeIn } from '../sql/formulas.ts';
import { compile, inputsOf } from './compile.ts';
import { fileProblems } from './file-problems.ts';
import { lossProblems } from './kept-rows.ts';
import { missingColumns, missingWords } from './missing-column.ts';
import { columnsAt, isStuck, type Plan, type PlannedStep } from './plan.ts';
import { fault, noTable, outputProblems, staticProblems, tableProblems } from './step-problems.ts';

/** Plans one step; those that it reads are planned already. */
export async function planStep(session: Session, plan: Plan, step: PipelineStep): Promise<PlannedStep> {
  const definition = steps.get(step.kind);
  const base = {
    step,
    title: step.title || step.id,
    params: step.params,
    inputs: step.inputs.map(parseRef),
    columns: [],
  };
  if (!definition) {
    const hint = `Known kinds: ${[...steps.keys()].join(', ')}.`;
    return { ...base, problems: [fault(step.id, `There is no kind of step called "${step.kind}".`, hint)] };
  }
  const problems = staticProblems(plan, step, definition);
  if (problems.length > 0) return { ...base, definition, problems };
  const params = schemaOf(definition.params).parse(step.params) as Record<string, unknown>;
  const ready = { ...base, definition, params };
  const wrong = await formulaFault(session, { ...step, params });
  if (wrong) return { ...ready, problems: [wrong] };
  const stuck = ready.inputs
    .map(({ step: id }) => plan.steps.get(id))
    .find((input) => !input || isStuck(input));
  if (stuck) return { ...ready, problems: [], blockedBy: stuck.blockedBy ?? stuck.step.id };
  const unfenced = formulaProblems(step.id, definition, params);
  if (unfenced.length > 0) return { ...ready, problems: unfenced };
  const named = [
    ...tableProblems(plan, { ...step, params }, definition),
    ...lossProblems(plan, { ...step, params }, definition),
    ...fileProblems(plan, step.id, definition.exports?.(params as never)),
    ...missingColumns(plan, ready),
    ...volatileProblems(plan, ready),
  ];
  if (named.length > 0) return { ...ready, problems: named };
  return { ...ready, ...(await describeStep(session, plan, { ...ready, problems: [] })) };
}

/** Quotes and brackets that would reach beyond a formula. */
function formulaProblems(step: string, definition: StepDefinition, params: PlannedStep['params']): Problem[] {
  return formulasOf(definition.params, params).flatMap(({ param, written }) => {
    try {
      expression(written);
      return [];
    } catch (thrown) {
      const failed = toProblem(thrown);
      return [{ ...failed, at: { ...failed.at, step, param } }];
    }
  });
}

/** Rows that are dropped and rows that stay are asked for apart; a condition that changes its mind would lose some. */
function volatileProblems(
  { traits }: Plan,
  {
    step,
    definition,
    params,
  }: { step: PipelineStep; definition: StepDefinition; params: PlannedStep['params'] },
): Problem[] {
  if (rejectsOf(definition).size === 0) return [];
  return formulasOf(definition.params, params)
    .filter(({ written }) => traits.isVolatile(written))
    .map(({ param }) =>
      fault(
        step.id,
        'It decides by a function that gives another value each time it is asked.',
        'Compute that value as a column in a step before, and decide by the column.',
        { param },
      ),
    );
}

async function describeStep(
  session: Session,
  plan: Plan,
  planned: PlannedStep,
): Promise<Pick<PlannedStep, 'columns' | 'problems' | 'definition'>> {
  let statement = '';
  try {
    const select = planned.definition?.sql(
      inputsOf(plan, planned, (ref) => emptyRows(plan, ref)),
      planned.params as never,
    );
    if (!select) return { columns: [], problems: [] };
    statement = toText(select);
    const given = await session.describe(select);
    const definition = withoutAddress(planned, given);
    const columns = definition ? userColumns(given) : given;
    const problems = outputProblems(
      planned.step.id,
      columns.map(({ name }) => name),
    );
    return { columns: problems.length > 0 ? [] : columns, problems, ...(definition ? { definition } : {}) };
  } catch (thrown) {
    return { columns: [], problems: [placed(plan, planned, statement, toProblem(thrown))] };
  }
}

/** `select *` from a table of the workspace gives the addresses of its rows too: a query step leaves them out. */
function withoutAddress({ definition }: PlannedStep, given: readonly Column[]): StepDefinition | undefined {
  const kept = userColumns(given);
  const asks = Object.values(definition?.params ?? {}).some(({ is }) => is === 'query');
  if (!definition || !asks || kept.length === given.length || kept.length === 0) return undefined;
  const cells = names(kept.map(({ name }) => name));
  return {
    ...definition,
    sql: (inputs, params) => sql`select ${cells}
from (
${definition.sql(inputs, params)}
) as rows`,
  };
}

/** An input as typed columns without rows, so that planning costs the same however long the pipeline is. */
function emptyRows(plan: Plan, ref: StepRef): Sql {
  try {
    const cells = columnsAt(plan, ref).map(
      ({ name, type }) => sql`null::${typeName(type)} as ${ident(name)}`,
    );
    return sql`(select ${join(cells)} where false)`;
  } catch {
    // A type of the analyst's own, whose name cannot be written here.
    return sql`(${compile(plan, ref)})`;
  }
}

/** PostgreSQL's words about a step, at the formula they are about. */
function placed(
  plan: Plan,
  { step, definition, params, inputs }: PlannedStep,
  statement: string,
  failed: Problem,
): Problem {
  const { position, ...rest } = failed.at ?? {};
  const formulas = formulasOf(definition?.params ?? {}, params);
  const place = position === undefined ? undefined : placeIn(formulas, statement, position);
  const at = { ...rest, step: step.id, ...place };
  const table = /^relation "(.+)" does not exist/.exec(failed.message)?.[1];
  if (table !== undefined) return { ...failed, ...noTable(plan, table), at: { ...at, table } };
  const column = /^column "(.+)" does not exist/.exec(failed.message)?.[1];
  if (column === undefined) return { ...failed, at };
  const reads = definition?.reads !== undefined;
  return { ...failed, ...missingWords(plan, reads ? [] : inputs, column), at: { ...at, column } };
}
