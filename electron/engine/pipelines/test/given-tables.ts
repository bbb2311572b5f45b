import { named } from '../../../../shared/by-name.ts';
import type { Column } from '../../../../shared/column.ts';
import type { GivenTable, PipelineTest, TestRow } from '../../../../shared/contract/pipeline-tests.ts';
import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { inputNames, upstream } from '../../../../shared/pipeline-graph.ts';
import { problem } from '../../../../shared/problem.ts';
import { steps } from '../../../../shared/registry.ts';
import { ident, join, literals, type Sql, sql, typeName } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { refIn } from '../file/signature.ts';
import type { ReadableTable } from '../plan/known-tables.ts';
import type { Plan } from '../plan/plan.ts';
import { planPipeline, readSurroundings, type Surroundings } from '../plan/plan-pipeline.ts';
import { formulasOf } from '../sql/formulas.ts';
import { loadParser, relationsIn } from '../sql/read-relations.ts';

/** Rows that a test gives: of tables, and of steps whose place they take. */
export type Given = Pick<PipelineTest, 'given' | 'inputs'>;

/** What the rows that a test gives in the place of a step are called. */
export const stepTable = (step: string): string => `rows of ${step}`;

/** The pipeline with steps that only give what a test says they do. */
export function withGivenSteps(pipeline: Pipeline, { inputs = {} }: Given): Pipeline {
  const alien = Object.keys(inputs).find((id) => !pipeline.steps.some((step) => step.id === id));
  if (alien !== undefined)
    throw problem('not_found', `There is no step "${alien}" to give rows in the place of.`);
  const steps = pipeline.steps.map((step) =>
    step.id in inputs
      ? { id: step.id, kind: 'source', inputs: [], params: { table: stepTable(step.id) } }
      : step,
  );
  return { ...pipeline, steps };
}

/** Work over given tables that hide those of the workspace, taken back at the end. */
export function onGiven<T>(
  database: Database,
  title: string,
  { given, inputs = {} }: Given,
  work: (session: Session, tables: ReadonlyMap<string, ReadableTable>) => Promise<T>,
): Promise<T> {
  return database.use({ title }, async (session) => {
    await session.run(sql`begin`);
    try {
      const tables = new Map<string, ReadableTable>();
      const steps = Object.entries(inputs).map(([id, table]) => [stepTable(id), table] as const);
      for (const [name, table] of [...Object.entries(given), ...steps])
        tables.set(name, await putTable(session, name, table));
      return await work(session, tables);
    } finally {
      await session.run(sql`rollback`).catch(() => {});
    }
  });
}

async function putTable(
  session: Session,
  name: string,
  { columns, rows }: GivenTable,
): Promise<ReadableTable> {
  const typed = Object.entries(columns).map(([column, type]) => ({ name: column, type }));
  const where = ident('pg_temp', name);
  const definitions = typed.map((column) => sql`${ident(column.name)} ${typeName(column.type)}`);
  await session.run(sql`create temp table ${ident(name)} (${join(definitions)}) on commit drop`);
  for (const row of rows) {
    const alien = Object.keys(row).find((column) => !(column in columns));
    if (alien !== undefined) {
      throw problem('bad_input', `A given row of "${name}" has a cell "${alien}", which is no column of it.`);
    }
    const cells: (Sql | null)[] = typed.map((column) => cellOf(named(row, column.name), column.type));
    await session.run(literals(sql`insert into ${where} values (${join(cells)})`));
  }
  return tableAt(name, typed);
}

/** A table of given rows, as a plan knows it. */
export const tableAt = (name: string, columns: readonly Column[]): ReadableTable => ({
  name,
  origin: 'query',
  source: null,
  state: 'given',
  mark: 'given',
  rows: 0,
  columns,
  at: ident('pg_temp', name),
});

const cellOf = (value: TestRow[string] | undefined, type: string): Sql =>
  value === null || value === undefined ? sql`null` : sql`${String(value)}::${typeName(type)}`;

/** Plans over given tables alone; what the way to the outputs reads beside them is refused. */
export async function planGiven(
  session: Session,
  pipeline: Pipeline,
  tables: ReadonlyMap<string, ReadableTable>,
  outputs: readonly string[],
): Promise<Plan> {
  await loadParser();
  const around = await readSurroundings(session);
  const before = new Set(
    outputs.flatMap((output) => [...upstream(pipeline.steps, refIn(pipeline, output).step)]),
  );
  for (const step of pipeline.steps.filter(({ id }) => before.has(id))) refuseOthers(step, tables, around);
  return planPipeline(describingApart(session), pipeline, { ...around, tables });
}

/** What PostgreSQL refuses to describe would end the transaction: steps beside the way may read what is not given. */
const describingApart = (session: Session): Session => ({
  ...session,
  async describe(statement) {
    await session.run(sql`savepoint described`);
    try {
      return await session.describe(statement);
    } catch (thrown) {
      await session.run(sql`rollback to savepoint described`);
      throw thrown;
    } finally {
      await session.run(sql`release savepoint described`);
    }
  },
});

/** A name in SQL finds what the workspace holds where the test gives nothing of that name. */
function refuseOthers(
  step: Pipeline['steps'][number],
  given: ReadonlyMap<string, ReadableTable>,
  { tables, views }: Surroundings,
): void {
  const { id, kind, params } = step;
  const connected = new Set(inputNames(step));
  for (const { written } of formulasOf(steps.get(kind)?.params ?? {}, params)) {
    const { own, qualified, named } = relationsIn(written);
    const [there] = qualified;
    if (there !== undefined)
      throw problem('bad_input', `"${id}" reads "public.${there}", in whose place no rows can be given.`, {
        hint: 'Write it without its schema.',
        at: { step: id },
      });
    const other = [...own].find(
      (name) =>
        !given.has(name) && !connected.has(name) && !named.has(name) && (tables.has(name) || views.has(name)),
    );
    if (other !== undefined)
      throw problem('bad_input', `"${id}" reads "${other}", of which the test gives no rows.`, {
        hint: 'Give rows of it, or make the test anew.',
        at: { step: id },
      });
  }
}
