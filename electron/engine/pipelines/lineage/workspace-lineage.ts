import type { ColumnLineage } from '../../../../shared/contract/pipelines.ts';
import type { QueryFile } from '../../../../shared/contract/query.ts';
import { problem } from '../../../../shared/problem.ts';
import type { Session } from '../../database/database.ts';
import { withParameters } from '../file/fill-parameters.ts';
import { nested } from '../file/nest.ts';
import { defaultValues } from '../file/parameters.ts';
import type { PipelineFile } from '../file/pipeline-files.ts';
import { signatureOf } from '../file/signature.ts';
import { planPipeline, readSurroundings } from '../plan/plan-pipeline.ts';
import { loadParser } from '../sql/read-relations.ts';
import { outsideLineage } from './outside-lineage.ts';
import { type Lineage, pipelineLineage, stepNode, tableNode } from './pipeline-lineage.ts';
import { origin, type Reach, together } from './reach.ts';
import { backwards, forwards, trace } from './trace.ts';

/** Tells where a column comes from and what is made of it: over all pipelines, views, rules and whatever else uses tables. */
export async function lineageTracer(
  session: Session,
  files: readonly PipelineFile[],
  queries: readonly QueryFile[],
): Promise<(relation: string, column: string) => ColumnLineage> {
  const { lineage, columns, inner } = await workspaceLineage(session, files, queries);
  const [before, after] = [backwards(lineage), forwards(lineage)];
  return (relation, column) => {
    const node = nodeOf(columns, inner.get(relation) ?? relation, column);
    return { relation, column, sources: trace(node, before), uses: trace(node, after) };
  };
}

async function workspaceLineage(
  session: Session,
  files: readonly PipelineFile[],
  queries: readonly QueryFile[],
) {
  await loadParser();
  const around = await readSurroundings(session);
  const lineage = new Map<string, Reach>();
  const columns = new Map<string, readonly string[]>();
  const inner = new Map<string, string>();
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
    for (const step of whole.steps)
      for (const output of signatureOf(step)?.outputs ?? [])
        inner.set(`${pipeline.name}/${step.id}.${output.name}`, `${pipeline.name}/${output.step}`);
  }
  for (const more of await outsideLineage(session, around, queries)) add(more);
  return { lineage, columns, inner };
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
