import type { StepFailure } from '../../../../shared/contract/pipelines.ts';
import { nameInSql, refText } from '../../../../shared/pipeline-graph.ts';
import { toProblem } from '../../../../shared/problem.ts';
import { ident, join, literals, type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { inputsOf, selectOf } from '../plan/compile.ts';
import { columnsAt, type PlannedStep } from '../plan/plan.ts';
import { countRows } from './count-rows.ts';
import type { UnderWay } from './find-culprit.ts';

/** So many rows are looked for and shown. */
const most = 5;

/** Faults that values of rows cause: data exceptions, constraints that a step checks by itself, and a gate's refusal. */
const ofData = /^(22|23|AS001)/;

/** What failed in a step: its SQL and, where values of rows are to blame, the first rows that it fails on alone. */
export async function failureOf(
  run: UnderWay,
  planned: PlannedStep,
  thrown: unknown,
  name: string,
): Promise<StepFailure | undefined> {
  const { step, definition, title, inputs } = planned;
  const { code, at } = toProblem(thrown);
  if (!definition || code !== 'sql_failed') return undefined;
  const alone = selectOf(
    planned,
    { step: step.id, output: 'rows' },
    inputsOf(run.plan, planned, (ref) => ident(nameInSql(ref))),
  );
  const failure = { step: step.id, sql: toText(alone) };
  const [first] = inputs;
  if (!first || !ofData.test(at?.sqlstate ?? '')) return { ...failure, input: null, rows: [] };
  const rows = await run
    .turn(title, (session) => badRows(session, run, planned, name))
    .catch((): StepFailure['rows'] => []);
  return { ...failure, input: refText(first), rows };
}

/** The input is kept with a number for each row, and halved until single rows are left. */
async function badRows(
  session: Session,
  run: UnderWay,
  planned: PlannedStep,
  name: string,
): Promise<StepFailure['rows']> {
  const [first] = planned.inputs;
  if (!first) return [];
  const kept = ident('pg_temp', name);
  await session.run(
    literals(
      sql`create temp table ${ident(name)} as select row_number() over () as _n, input.* from (${run.select(first)}) as input`,
    ),
  );
  try {
    const columns = columnsAt(run.plan, first).map(({ name: column }) => ident(column));
    const fails = (from: number, to: number) =>
      failsOn(
        session,
        run,
        planned,
        sql`(select ${join(columns)} from ${kept} where _n between ${from} and ${to})`,
      );
    const total = await countRows(session, sql`select from ${kept}`, 'rows');
    const cells = columns.map((column) => sql`${column}::text as ${column}`);
    return await firstFailing(total, fails).then((found) =>
      Promise.all(
        found.map((n) => session.one<Row>(sql`select ${join(cells)} from ${kept} where _n = ${n}`)),
      ),
    );
  } finally {
    await session.run(sql`drop table if exists ${kept}`);
  }
}

type Row = StepFailure['rows'][number];

/** The numbers of the first rows that fail alone; none where only several together do. */
async function firstFailing(
  total: number,
  fails: (from: number, to: number) => Promise<boolean>,
): Promise<number[]> {
  const found: number[] = [];
  for (let from = 1; from <= total && found.length < most && (await fails(from, total)); ) {
    let [low, high] = [from, total];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (await fails(low, middle)) high = middle;
      else low = middle + 1;
    }
    if (!(await fails(low, low))) return found;
    found.push(low);
    from = low + 1;
  }
  return found;
}

async function failsOn(session: Session, run: UnderWay, planned: PlannedStep, rows: Sql): Promise<boolean> {
  const [first] = planned.inputs;
  const inputs = inputsOf(run.plan, planned, (ref) => (ref === first ? rows : sql`(${run.select(ref)})`));
  const select = selectOf(planned, { step: planned.step.id, output: 'rows' }, inputs);
  return countRows(session, select, 'values').then(
    () => false,
    () => true,
  );
}
