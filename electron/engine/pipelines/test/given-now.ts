import { type Column, userColumns } from '../../../../shared/column.ts';
import type { GivenTable, TestRow } from '../../../../shared/contract/pipeline-tests.ts';
import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { type StepRef, upstream } from '../../../../shared/pipeline-graph.ts';
import { ident, join, literals, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { holderOf } from '../file/nest.ts';
import { refIn } from '../file/signature.ts';
import { compile } from '../plan/compile.ts';
import { isVolatile } from '../plan/count-rules.ts';
import { columnsAt, type Plan, type PlannedStep } from '../plan/plan.ts';
import { vectorsToLook } from '../plan/plan-vectors.ts';
import type { EmbedTexts } from '../plan/text-vectors.ts';
import { runnable } from '../preview/preview.ts';
import { formulasOf } from '../sql/formulas.ts';
import { relationsIn } from '../sql/read-relations.ts';
import { type Given, planGiven, stepTable, tableAt, withGivenSteps } from './given-tables.ts';
import { among, type Origin, tellingRows } from './telling-rows.ts';

/** What a test is to be made of. */
export interface Making {
  readonly name: string;
  readonly outputs: readonly string[];
  /** A step to be tested alone: what comes to it is given. */
  readonly step?: string | undefined;
  readonly rows: number;
}

/** So many rows of what comes to a step are looked through. */
const mostThatCome = 100_000;

/**
 * A few rows of the tables that the outputs are made from, and of what comes to a step that is tested alone: rows that
 * belong together, so that a join finds partners. Within a transaction that is taken back.
 */
export async function givenNow(session: Session, plan: Plan, making: Making): Promise<Given> {
  const refs = making.outputs.map((output) => refIn(plan.pipeline, output));
  for (const { step } of refs) runnable(plan, step);
  const came = await originsBefore(session, plan, making);
  const ids = Object.fromEntries([...came.keys()].map((id) => [id, { columns: {}, rows: [] }]));
  const whole = withGivenSteps(plan.pipeline, { given: {}, inputs: ids });
  const leads = new Map(refs.map((ref) => [ref, readersBefore(plan, whole, ref, came)]));
  const tables = await tableOrigins(session, plan, [...leads.values()].flat());
  const origins = [...came.values(), ...tables];
  const chosen = await tellingRows(session, {
    origins,
    limit: making.rows,
    reached: ({ name }) =>
      refs.filter((ref) => isSteady(plan, whole, ref) && leads.get(ref)?.some((read) => read === name)),
    plan: () =>
      planGiven(
        session,
        whole,
        new Map(origins.map((one) => [one.name, tableAt(one.name, one.columns)])),
        making.outputs,
      ),
  });
  const rowsOf = async (origin: Origin): Promise<GivenTable> => ({
    columns: Object.fromEntries(origin.columns.map(({ name, type }) => [name, type])),
    rows: await cellsOf(session, origin, chosen.get(origin.name) ?? []),
  });
  return {
    given: await eachOf(
      tables.map((origin) => [origin.name, origin]),
      rowsOf,
    ),
    ...(came.size > 0 ? { inputs: await eachOf([...came], rowsOf) } : {}),
  };
}

async function eachOf<T>(
  origins: readonly (readonly [string, Origin])[],
  make: (origin: Origin) => Promise<T>,
): Promise<Record<string, T>> {
  const made = new Map<string, T>();
  for (const [name, origin] of origins) made.set(name, await make(origin));
  return Object.fromEntries(made);
}

/** What comes to the step that is tested alone, if not straight from a table; to the steps of a pipeline that it uses, too. */
function comingTo(plan: Plan, step: string | undefined): readonly StepRef[] {
  const own = [...plan.steps.values()].filter((one) => one.step.id === step || holderOf(one.step) === step);
  const ids = new Set(step === undefined ? [] : own.map((one) => one.step.id));
  const refs = own.flatMap(({ inputs }) => inputs).filter((ref) => !ids.has(ref.step));
  return step === undefined
    ? []
    : refs.filter((ref) => ref.output === 'rows' && !plan.steps.get(ref.step)?.definition?.reads);
}

/** Makes the vectors that are needed to look at what comes to a step; kept, so not within the transaction. */
export async function vectorsBefore(
  session: Session,
  plan: Plan,
  { step, rows }: Making,
  embed: EmbedTexts,
): Promise<void> {
  const { signal } = new AbortController();
  for (const ref of comingTo(plan, step)) {
    runnable(plan, ref.step);
    await vectorsToLook(session, plan, ref, { embed, signal, limit: rows });
  }
}

/** What comes to the step that is tested alone, put aside with addresses; by the step that it comes from. */
async function originsBefore(
  session: Session,
  plan: Plan,
  { step, rows }: Making,
): Promise<ReadonlyMap<string, Origin>> {
  const came = new Map<string, Origin>();
  for (const ref of comingTo(plan, step)) {
    const aside = ident('pg_temp', `assay_came_${came.size + 1}`);
    const most = embedsBefore(plan, plan.pipeline, ref) ? rows : mostThatCome;
    await session.run(
      literals(sql`create temp table ${aside} on commit drop as
    select row_number() over () as _row, result.* from (
${compile(plan, ref)}
) as result limit ${most}`),
    );
    came.set(ref.step, { name: stepTable(ref.step), columns: columnsAt(plan, ref), from: aside });
  }
  return came;
}

/** The names that the way to an output reads: tables, and what is given in the place of steps. */
function readersBefore(
  plan: Plan,
  pipeline: Pipeline,
  ref: StepRef,
  came: ReadonlyMap<string, Origin>,
): readonly string[] {
  return stepsBefore(plan, pipeline, ref).flatMap(
    (planned) => came.get(planned.step.id)?.name ?? tablesRead(plan, planned),
  );
}

/** Tables and views that a step reads, by its setting or by name in its SQL. */
function tablesRead(plan: Plan, { definition, params }: PlannedStep): readonly string[] {
  const formulas = formulasOf(definition?.params ?? {}, params);
  const named = formulas
    .flatMap(({ written }) => [...relationsIn(written).own])
    .filter((name) => plan.tables.has(name) || plan.views.has(name));
  return [definition?.reads?.(params as never) ?? [], ...named].flat();
}

async function tableOrigins(session: Session, plan: Plan, read: readonly string[]): Promise<Origin[]> {
  const origins: Origin[] = [];
  for (const name of new Set(read)) {
    const table = plan.tables.get(name);
    const view = plan.views.get(name);
    if (table) origins.push({ name, columns: table.columns, from: ident('public', name) });
    else if (view) origins.push(await putAside(session, name, userColumns(view.columns), origins.length));
  }
  return origins;
}

/** The first rows of a view with addresses. */
async function putAside(
  session: Session,
  name: string,
  columns: readonly Column[],
  number: number,
): Promise<Origin> {
  const from = ident('pg_temp', `assay_view_${number}`);
  const cells = join([
    sql`row_number() over () as _row`,
    ...columns.map((column) => sql`origin.${ident(column.name)}`),
  ]);
  await session.run(
    literals(sql`create temp table ${from} on commit drop as
    select ${cells} from ${ident('public', name)} as origin limit ${mostThatCome}`),
  );
  return { name, columns, from };
}

const stepsBefore = (plan: Plan, { steps }: Pick<Pipeline, 'steps'>, { step }: StepRef): PlannedStep[] => {
  const before = upstream(steps, step);
  return [...plan.steps.values()].filter((planned) => before.has(planned.step.id));
};

const embedsBefore = (plan: Plan, pipeline: Pipeline, ref: StepRef): boolean =>
  stepsBefore(plan, pipeline, ref).some(({ definition }) => definition?.embeds);

/** True where the same rows give the same, without vectors that would have to be made first. */
const isSteady = (plan: Plan, pipeline: Pipeline, ref: StepRef): boolean =>
  !embedsBefore(plan, pipeline, ref) &&
  !stepsBefore(plan, pipeline, ref).some((planned) => isVolatile(plan, planned));

async function cellsOf(
  session: Session,
  { columns, from }: Origin,
  rows: readonly number[],
): Promise<TestRow[]> {
  const cells = join(columns.map(({ name }) => sql`${ident(name)}::text as ${ident(name)}`));
  return [
    ...(await session.query<TestRow>(
      literals(sql`select ${cells} from ${from} as origin where ${among(rows)} order by _row`),
    )),
  ];
}
