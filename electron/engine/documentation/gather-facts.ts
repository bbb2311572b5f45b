import type { ColumnLineage } from '../../../shared/contract/pipelines.ts';
import type { QueryFile } from '../../../shared/contract/query.ts';
import type { Table } from '../../../shared/contract/tables.ts';
import type { CallContext } from '../../../shared/wire.ts';
import { latestFindings } from '../checks/findings.ts';
import { privateIn } from '../checks/private-columns.ts';
import { listRules } from '../checks/rule-files.ts';
import { rulesAndPrivacy } from '../checks/rules-and-privacy.ts';
import type { Context } from '../context.ts';
import type { Session } from '../database/database.ts';
import { withParameters } from '../pipelines/file/fill-parameters.ts';
import { nested } from '../pipelines/file/nest.ts';
import { defaultValues } from '../pipelines/file/parameters.ts';
import { type PipelineFile, PipelineFiles } from '../pipelines/file/pipeline-files.ts';
import { lineageTracer } from '../pipelines/lineage/workspace-lineage.ts';
import { planPipeline } from '../pipelines/plan/plan-pipeline.ts';
import { schemaOfStep } from '../pipelines/plan/step-schema.ts';
import { latestRuns } from '../pipelines/run/run-records.ts';
import { listReceipts } from '../promote/receipts/receipts.ts';
import { QueryFiles } from '../query/query-files.ts';
import { allCollections } from '../search/collections/collections.ts';
import { listTables } from '../tables/list-tables.ts';
import { readSettings } from '../workspace/settings.ts';
import type { DocumentedPipeline, DocumentedTable, Facts } from './facts.ts';
import { countFilled, sampleTable } from './sample-table.ts';

/** Reads all that the page tells, a turn for each table, so that other calls get in between. */
export async function gatherFacts(context: Context, samples: boolean, call: CallContext): Promise<Facts> {
  const { workspace, database } = context;
  const files = await new PipelineFiles(workspace.path('pipelines')).list();
  const queries = await new QueryFiles(workspace.path('queries')).list();
  const contracts = await listRules(workspace.path('checks'));
  const all = await listTables(database);
  const lineage = await database.use({ title: 'Following columns' }, (session) =>
    lineageOf(session, files, queries, all),
  );
  const known = await rulesAndPrivacy(context);
  const tables: DocumentedTable[] = [];
  for (const table of all) {
    call.progress({ title: 'Documenting tables', done: tables.length, total: all.length, unit: 'tables' });
    const contract = contracts.find((one) => one.table === table.name);
    const title = `Documenting ${table.name}`;
    const options = { title, priority: 'background', signal: call.signal } as const;
    const facts = await database.use(options, (session) =>
      readTable(session, table, samples ? privateIn(known, table.name) : 'no sample'),
    );
    tables.push({ table, contract, lineage: lineage.get(table.name) ?? [], ...facts });
  }
  return {
    name: (await readSettings(workspace.dir)).name,
    at: new Date(),
    tables,
    pipelines: await database.use({ title: 'Planning pipelines' }, (session) =>
      readPipelines(session, files),
    ),
    collections: await allCollections(database),
    receipts: await listReceipts({ database }),
  };
}

async function readTable(
  session: Session,
  table: Table,
  hidden: ReadonlySet<string> | 'no sample',
): Promise<Pick<DocumentedTable, 'filled' | 'findings' | 'sample'>> {
  return {
    filled: await countFilled(session, table),
    findings: await latestFindings(session, table.name),
    sample: hidden === 'no sample' ? undefined : await sampleTable(session, table, hidden),
  };
}

async function lineageOf(
  session: Session,
  files: readonly PipelineFile[],
  queries: readonly QueryFile[],
  tables: readonly Table[],
): Promise<ReadonlyMap<string, readonly ColumnLineage[]>> {
  const trace = await lineageTracer(session, files, queries);
  return new Map(
    tables.map(({ name, columns }) => [name, columns.map((column) => trace(name, column.name))]),
  );
}

async function readPipelines(
  session: Session,
  files: readonly PipelineFile[],
): Promise<readonly DocumentedPipeline[]> {
  const runs = await latestRuns(session);
  const read: DocumentedPipeline[] = [];
  for (const { name, pipeline, problem } of files) {
    const plan =
      pipeline &&
      (await planPipeline(session, nested(withParameters(pipeline, defaultValues(pipeline)), files)));
    const schemas = plan && pipeline ? pipeline.steps.map(({ id }) => schemaOfStep(plan, id)) : [];
    read.push({ name, pipeline, problem, schemas, lastRun: runs.get(name) });
  }
  return read;
}
