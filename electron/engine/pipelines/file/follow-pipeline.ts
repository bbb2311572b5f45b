import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { steps } from '../../../../shared/registry.ts';
import { pipelineFiles } from '../../tables/dependents.ts';
import { contractFiles, writeContract } from '../../workspace/contract-files.ts';
import { fileName } from '../../workspace/file-name.ts';
import { isThere } from '../../workspace/is-there.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { writeWhole } from '../../workspace/write-whole.ts';

type Way = readonly (string | number)[];

/** A pipeline's new name goes to its tests, to the pipelines that use it as a step, and to rules on rows of its steps. */
export async function followPipeline(workspace: Workspace, name: string, to: string): Promise<void> {
  await moveTests(workspace.path('pipeline-tests'), name, to);
  await renameIn(await pipelineFiles(workspace.path('pipelines')), to, (content) => usesOf(content, name));
  await renameIn(await contractFiles(workspace.path('checks')), to, (content) => rulesOn(content, name, []));
}

async function moveTests(folder: string, name: string, to: string): Promise<void> {
  const [from, into] = [name, to].map((one) => join(folder, `${fileName(one)}.yaml`)) as [string, string];
  if (from === into || !(await isThere(from))) return;
  const text = await readFile(from, 'utf8');
  const document = parseDocument(text);
  if (document.errors.length === 0) document.set('pipeline', to);
  await writeWhole(into, document.errors.length === 0 ? document.toString({ lineWidth: 0 }) : text);
  await rm(from);
}

async function renameIn(
  paths: readonly string[],
  to: string,
  find: (content: unknown) => readonly Way[],
): Promise<void> {
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    const document = parseDocument(text);
    const ways = document.errors.length > 0 ? [] : find(document.toJS());
    for (const way of ways) document.setIn(way, to);
    if (ways.length > 0) await writeContract(path, document, text);
  }
}

/** Where steps use a pipeline. */
function usesOf(content: unknown, name: string): readonly Way[] {
  const found = (content as { steps?: unknown } | null)?.steps;
  return (Array.isArray(found) ? found : []).flatMap(
    (step: { kind?: unknown; params?: Record<string, unknown> } | null, at): Way[] =>
      Object.entries(steps.get(String(step?.kind))?.params ?? {})
        .filter(([param, { is }]) => is === 'pipeline' && step?.params?.[param] === name)
        .map(([param]) => ['steps', at, 'params', param]),
  );
}

/** Where rules are about the rows of a step. */
function rulesOn(content: unknown, name: string, way: Way): readonly Way[] {
  if (typeof content !== 'object' || content === null) return [];
  const { pipeline, step } = content as { pipeline?: unknown; step?: unknown };
  if (pipeline === name && step !== undefined) return [[...way, 'pipeline']];
  return Object.entries(content).flatMap(([key, value]) =>
    rulesOn(value, name, [...way, Array.isArray(content) ? Number(key) : key]),
  );
}
