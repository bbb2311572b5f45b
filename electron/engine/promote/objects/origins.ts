import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Origin } from '../../../../shared/contract/promote.ts';
import { upstream } from '../../../../shared/pipeline-graph.ts';
import { steps } from '../../../../shared/registry.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import { PipelineFiles } from '../../pipelines/file/pipeline-files.ts';
import { stepKeys } from '../../pipelines/incremental/step-keys.ts';
import { readSurroundings, type Surroundings } from '../../pipelines/plan/plan-pipeline.ts';
import { loadParser } from '../../pipelines/sql/read-relations.ts';
import type { PromotedObject } from './objects.ts';

interface Kept {
  readonly name: string;
  readonly pipeline: string | null;
  readonly recipe: string | null;
  readonly file: string | null;
  readonly hash: string | null;
}

/**
 * Where what is promoted came from, table by table, back to the files that were imported: recipe, pipeline or query as
 * they are written now, and what the hash of a source was when it was read.
 */
export async function originsOf(
  context: Context,
  objects: readonly PromotedObject[],
): Promise<readonly Origin[]> {
  const { database } = context;
  const kept = await database.query<Kept>(sql`
    select t.name, case t.origin when 'pipeline' then t.source end as pipeline, i.recipe, i.source as file, i.source_hash as hash
    from assay.tables t left join assay.imports i on i.id = t.import_id and t.origin = 'import'`);
  const known = new Map(kept.map((table) => [table.name, table]));
  await loadParser();
  const around = await database.use({ title: 'Following origins' }, readSurroundings);
  const views = objects.filter(({ kind }) => kind === 'view');
  const origins = await Promise.all(views.map((view) => viewOrigin(context, view)));
  const wanted = new Set([
    ...objects.filter(({ kind }) => kind !== 'view').map(({ source }) => source),
    ...origins.flatMap(({ reads }) => reads),
  ]);
  for (const name of wanted) {
    const table = known.get(name);
    if (!table) continue;
    const origin = await tableOrigin(context, table, around);
    origins.push(origin);
    for (const read of origin.reads) wanted.add(read);
  }
  return origins.sort((a, b) => (a.table < b.table ? -1 : 1));
}

async function viewOrigin(context: Context, { name, made }: PromotedObject): Promise<Origin> {
  const reads = (made?.reads ?? []).map((read) => read.replace(/^\w+\./, ''));
  const written = made?.by.startsWith('queries/') ? await textFile(context, made.by) : null;
  return { table: name, by: written, source: null, reads };
}

async function tableOrigin(context: Context, table: Kept, around: Surroundings): Promise<Origin> {
  const { name, pipeline, recipe, file, hash } = table;
  const source = file !== null && hash !== null ? { file, sha256: hash } : null;
  if (pipeline !== null)
    return { table: name, source, ...(await pipelineOrigin(context, pipeline, name, around)) };
  return { table: name, by: recipe === null ? null : await textFile(context, recipe), source, reads: [] };
}

/** A pipeline that is gone, or broken, cannot say any more what it read. */
async function pipelineOrigin(
  context: Context,
  name: string,
  table: string,
  around: Surroundings,
): Promise<Pick<Origin, 'by' | 'reads'>> {
  const { workspace } = context;
  const files = new PipelineFiles(workspace.path('pipelines'));
  try {
    const by = await textFile(context, relative(workspace.dir, (await files.find(name)).path));
    const pipeline = await files.findWhole(name);
    const keys = stepKeys(pipeline, around);
    const writers = pipeline.steps.filter(
      ({ kind, params }) => steps.get(kind)?.writes?.(params as never) === table,
    );
    const before = writers.flatMap(({ id }) => [...upstream(pipeline.steps, id)]);
    return {
      by,
      reads: [...new Set(before.flatMap((id) => Object.keys(keys.get(id)?.from.reads ?? {})))].sort(),
    };
  } catch {
    return { by: { file: `pipelines: ${name}`, sha256: null }, reads: [] };
  }
}

async function textFile({ workspace }: Context, file: string): Promise<Origin['by']> {
  const text = await readFile(workspace.path(file)).catch(() => null);
  return { file, sha256: text && createHash('sha256').update(text).digest('hex') };
}
