import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { type StepRef, upstream } from '../../../../shared/pipeline-graph.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, literals, names, type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../database/database.ts';
import { withParameters } from '../../pipelines/file/fill-parameters.ts';
import { defaultValues } from '../../pipelines/file/parameters.ts';
import { PipelineFiles } from '../../pipelines/file/pipeline-files.ts';
import { stepKeys } from '../../pipelines/incremental/step-keys.ts';
import { compile } from '../../pipelines/plan/compile.ts';
import type { Plan, PlannedStep } from '../../pipelines/plan/plan.ts';
import { planPipeline, readSurroundings, type Surroundings } from '../../pipelines/plan/plan-pipeline.ts';
import { loadParser } from '../../pipelines/sql/read-relations.ts';
import { stagingSchema } from '../target/ledger.ts';
import type { PromotedObject } from './objects.ts';

/** How something is made on the target, out of what is promoted with it: none of its rows travel. */
export interface MadeThere {
  /** The pipeline, or in words what else says how. */
  readonly by: string;
  /** What it is made from, as `schema.name` here. */
  readonly reads: readonly string[];
  /** The SELECT that makes it from tables in this schema. */
  readonly rows: (schema: string) => Sql;
}

/** How these tables are made there, each by the very file that made it here. */
export async function readMadeThere(
  { workspace, database }: Context,
  tables: readonly string[],
): Promise<ReadonlyMap<string, MadeThere>> {
  if (tables.length === 0) return new Map();
  await loadParser();
  const files = new PipelineFiles(workspace.path('pipelines'));
  return database.use({ title: 'Reading pipelines' }, async (session) => {
    const around = await readSurroundings(session);
    const made = new Map<string, MadeThere>();
    for (const table of tables) {
      const source = around.tables.get(table)?.source;
      if (around.tables.get(table)?.origin !== 'pipeline' || !source)
        throw refused(table, 'no pipeline makes it');
      const pipeline = await files.findWhole(source);
      made.set(
        table,
        await madeBy(session, withParameters(pipeline, defaultValues(pipeline)), table, around),
      );
    }
    return made;
  });
}

async function madeBy(
  session: Session,
  pipeline: Pipeline,
  table: string,
  around: Surroundings,
): Promise<MadeThere> {
  const plan = await planPipeline(session, pipeline, around);
  const writer = [...plan.steps.values()].find((step) => writes(step) === table);
  if (!writer) throw refused(table, `the pipeline ${pipeline.name} writes it no more`);
  const reads = readsOf(pipeline, writer, around, table);
  const ref = { step: writer.step.id, output: 'rows' };
  refuseOwnFunctions(plan, ref, table);
  return {
    by: pipeline.name,
    reads: reads.map((name) => `public.${name}`),
    rows: (schema) => {
      const moved = new Map(
        [...plan.tables].map(([name, known]) => [
          name,
          { ...known, at: ident(schema, name), addressed: false },
        ]),
      );
      return literals(compile({ ...plan, tables: moved } satisfies Plan, ref));
    },
  };
}

/** Likeness of texts and vectors of texts are computed by functions that no other server has. */
function refuseOwnFunctions(plan: Plan, ref: StepRef, table: string): void {
  const lacks = (from: StepRef) => plan.traits.staysHere(toText(compile(plan, from)));
  if (lacks(ref) === undefined) return;
  const before = upstream(plan.pipeline.steps, ref.step);
  // Steps stand after those they read: the first that lacks something is the one that asks for it.
  for (const { step, title } of plan.steps.values()) {
    const missing = before.has(step.id) ? lacks({ step: step.id, output: 'rows' }) : undefined;
    if (missing !== undefined)
      throw refused(table, `the step "${title}" needs the function ${missing}, which that server lacks`);
  }
}

const writes = ({ definition, params }: PlannedStep): string | undefined =>
  definition?.writes?.(params as never);

/** What it follows from, and nothing else: neither what the pipeline made earlier, nor the hour. */
function readsOf(pipeline: Pipeline, writer: PlannedStep, around: Surroundings, table: string): string[] {
  const { mode } = writer.definition?.into?.(writer.params as never) ?? { mode: 'replace' };
  if (mode !== 'replace') throw refused(table, 'each run adds to what earlier ones made');
  const keys = stepKeys(pipeline, around);
  const steps = [...upstream(pipeline.steps, writer.step.id)];
  const from = steps.map(
    (id) => keys.get(id)?.from ?? { reads: {}, asks: `the step ${id}, which is broken` },
  );
  const asks = from.find((step) => step.asks !== null)?.asks;
  if (asks) throw refused(table, `it depends on ${asks}`);
  const reads = [...new Set(from.flatMap((step) => Object.keys(step.reads)))];
  const view = reads.find((name) => !around.tables.has(name));
  if (view !== undefined) throw refused(table, `it reads ${view}, which is no table`);
  return reads;
}

const refused = (table: string, why: string) =>
  problem('bad_input', `${table} cannot be made on the target: ${why}.`, {
    hint: 'Let its rows be sent: take `made` away from the table in assay.yaml, under the target.',
    at: { table },
  });

/** Makes it in staging: a table is filled, a view is made. Names that its query reads are looked up where it stands. */
export function makeThere(staging: string, object: PromotedObject, { rows }: MadeThere): Sql[] {
  const { name, columns, form } = object;
  const schema = stagingSchema(staging, object);
  const place = ident(schema, name);
  const list = names(columns.map((column) => column.name));
  const collections = stagingSchema(staging, { kind: 'collection' });
  const made = sql`select ${list} from (${rows(schema)}) as made`;
  const make = {
    table: [sql`insert into ${place} (${list}) ${made}`],
    view: [sql`create or replace view ${place} as ${made}`],
    'materialized view': [
      sql`drop materialized view if exists ${place}`,
      sql`create materialized view ${place} as ${literals(made)}`,
    ],
  };
  return [sql`set local search_path to ${names([schema, collections, 'public'])}`, ...make[form]];
}
