import type { ColumnLineage } from '../../../../shared/contract/pipelines.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { nested } from '../nest.ts';
import { defaultValues, withParameters } from '../parameters.ts';
import type { PipelineFile } from '../pipeline-files.ts';
import { planPipeline, readSurroundings } from '../plan-pipeline.ts';
import { loadParser } from '../read-relations.ts';
import { type Lineage, pipelineLineage, stepNode, tableNode } from './pipeline-lineage.ts';
import { origin, type Reach, together } from './reach.ts';
import { backwards, forwards, trace } from './trace.ts';

/** Tells where a column comes from and what is made of it: over all pipelines, rules and collections. */
export async function lineageTracer(
  session: Session,
  files: readonly PipelineFile[],
): Promise<(relation: string, column: string) => ColumnLineage> {
  const { lineage, columns } = await workspaceLineage(session, files);
  const [before, after] = [backwards(lineage), forwards(lineage)];
  return (relation, column) => {
    const node = nodeOf(columns, relation, column);
    return { relation, column, sources: trace(node, before), uses: trace(node, after) };
  };
}

async function workspaceLineage(session: Session, files: readonly PipelineFile[]) {
  await loadParser();
  const around = await readSurroundings(session);
  const lineage = new Map<string, Reach>();
  const columns = new Map<string, readonly string[]>();
  const add = (more: Lineage) => {
    for (const [node, reach] of more) lineage.set(node, together([reach, lineage.get(node) ?? reach]));
  };
  for (const { name, columns: own } of around.tables.values())
    columns.set(
      tableNode(name),
      own.map((one) => one.name),
    );
  for (const { pipeline } of files) {
    if (!pipeline) continue;
    const whole = nested(withParameters(pipeline, defaultValues(pipeline)), files);
    const plan = await planPipeline(session, whole, around);
    add(pipelineLineage(plan, around));
    for (const { step, columns: own } of plan.steps.values())
      columns.set(
        stepNode(pipeline.name, step.id),
        own.map((one) => one.name),
      );
  }
  add(await ruleLineage(session));
  add(await collectionLineage(session));
  return { lineage, columns };
}

function nodeOf(columns: ReadonlyMap<string, readonly string[]>, relation: string, column: string): string {
  const node = [tableNode(relation), `step ${relation}`].find((name) => columns.has(name));
  if (node === undefined) {
    throw problem('not_found', `There is no table or step "${relation}".`, {
      hint: 'Write TABLE.COLUMN, or PIPELINE/STEP.COLUMN.',
    });
  }
  const there = columns.get(node) ?? [];
  if (there.includes(column)) return origin(node, column);
  throw problem('not_found', `"${relation}" has no column "${column}".`, {
    hint: `Columns there: ${there.slice(0, 12).join(', ')}.`,
    at: { column },
  });
}

const ofTable = (table: string, columns: readonly string[]): Reach => ({
  value: new Set(columns.map((column) => origin(tableNode(table), column))),
  influence: new Set(),
});

/** Rules that ran, by the columns they looked at. */
async function ruleLineage(session: Session): Promise<Lineage> {
  const rules = await session.query<{ table: string; columns: string[]; says: string }>(sql`
    select distinct table_name as "table", says,
      case when cardinality(columns) > 0 then columns when column_name is not null then array[column_name] else '{}' end as columns
    from assay.latest_findings`);
  return new Map(
    rules.map(({ table, columns, says }) => [origin(`check ${table}`, says), ofTable(table, columns)]),
  );
}

async function collectionLineage(session: Session): Promise<Lineage> {
  const collections = await session.query<{
    name: string;
    table: string;
    texts: string[];
    kept: string[];
  }>(sql`
    select name, table_name as "table", text_columns as texts, metadata_columns as kept from assay.collections`);
  return new Map(
    collections.flatMap(({ name, table, texts, kept }) => [
      [origin(`collection ${name}`, 'text'), ofTable(table, texts)] as const,
      ...kept.map((column) => [origin(`collection ${name}`, column), ofTable(table, [column])] as const),
    ]),
  );
}
