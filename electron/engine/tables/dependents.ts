import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import type { Dependent } from '../../../shared/contract/tables.ts';
import { steps } from '../../../shared/registry.ts';
import { sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import type { Session } from '../database/database.ts';
import { contractFiles } from '../workspace/contract-files.ts';
import { listFolder } from '../workspace/list-folder.ts';
import { entriesOfTable, referencesInRules } from './named-in-files.ts';

/** Everything that would miss a table. Pipelines that name it only inside written SQL are not found. */
export async function dependentsOf({ workspace, database }: Context, table: string): Promise<Dependent[]> {
  return [
    ...(await viewsOver(database, table)),
    ...(await pipelinesOn(workspace.path('pipelines'), table)),
    ...(await checksOn(workspace.path('checks'), table)),
    ...(await collectionsOf(database, table)),
  ];
}

async function viewsOver(session: Session, table: string): Promise<Dependent[]> {
  const views = await session.query<{ name: string }>(sql`
    select distinct v.relname as name from pg_class c
    join pg_depend d on d.refobjid = c.oid and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite r on r.oid = d.objid
    join pg_class v on v.oid = r.ev_class and v.oid <> c.oid
    where c.relname = ${table} and c.relnamespace = 'public'::regnamespace order by 1`);
  return views.map(({ name }) => ({ kind: 'view', name, says: `view "${name}" reads it` }));
}

async function collectionsOf(session: Session, table: string): Promise<Dependent[]> {
  const found = await session.query<{ name: string }>(
    sql`select name from assay.collections where table_name = ${table} order by name`,
  );
  return found.map(({ name }) => ({
    kind: 'collection',
    name,
    says: `collection "${name}" was embedded from it`,
  }));
}

/** The files of pipelines, by path. */
export async function pipelineFiles(folder: string): Promise<readonly string[]> {
  const names = (await listFolder(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  return names.map((name) => join(folder, name));
}

/** What these files say; one that cannot be read names nothing. */
export const contentsOf = (paths: readonly string[]): Promise<{ path: string; content: unknown }[]> =>
  Promise.all(paths.map(async (path) => ({ path, content: parsed(await readFile(path, 'utf8')) })));

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

interface PipelineFile {
  readonly name?: unknown;
  readonly steps?: readonly { readonly kind?: unknown; readonly params?: Record<string, unknown> }[];
}

async function pipelinesOn(folder: string, table: string): Promise<Dependent[]> {
  const files = await contentsOf(await pipelineFiles(folder));
  return files.flatMap(({ path, content }) => {
    const file = content as PipelineFile | null;
    const uses = (Array.isArray(file?.steps) ? file.steps : []).map((step) => useOf(step, table));
    const name = typeof file?.name === 'string' ? file.name : path;
    const use = uses.includes('writes') ? 'writes' : uses.find((word) => word !== undefined);
    return use ? [{ kind: 'pipeline', name, says: `pipeline "${name}" ${use} it` } satisfies Dependent] : [];
  });
}

function useOf(
  { kind, params = {} }: { kind?: unknown; params?: Record<string, unknown> },
  table: string,
): 'reads' | 'writes' | undefined {
  const definition = steps.get(String(kind));
  try {
    if (definition?.writes?.(params as never) === table) return 'writes';
    if (definition?.reads?.(params as never) === table) return 'reads';
  } catch {
    return undefined;
  }
  return undefined;
}

async function checksOn(folder: string, table: string): Promise<Dependent[]> {
  const files = await contentsOf(await contractFiles(folder));
  return files.flatMap(({ path, content }) => {
    const name = relative(folder, path);
    if (entriesOfTable(content, table).length > 0)
      return [{ kind: 'checks', name, says: `${name} holds its rules` } satisfies Dependent];
    if (referencesInRules(content, table).length > 0)
      return [{ kind: 'checks', name, says: `rules in ${name} refer to it` } satisfies Dependent];
    return [];
  });
}
