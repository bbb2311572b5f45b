import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseDocument } from 'yaml';
import type { WrittenUse } from '../../../../shared/contract/pipelines.ts';
import { type ParamShape, schemaOf } from '../../../../shared/params.ts';
import { checks, steps } from '../../../../shared/registry.ts';
import { loadParser } from '../../query/parser.ts';
import { QueryFiles } from '../../query/query-files.ts';
import { renamedInSql } from '../../query/rename-in-sql.ts';
import { contentsOf, pipelineFiles } from '../../tables/dependents.ts';
import { contractFiles, writeContract } from '../../workspace/contract-files.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { writeWhole } from '../../workspace/write-whole.ts';
import { type Formula, formulasOf } from '../sql/formulas.ts';

type Way = readonly (string | number)[];

/** SQL that a person wrote, and where in which file it stands. */
interface Written {
  readonly use: WrittenUse;
  readonly path: string;
  /** The way to it in a YAML file; none where the file is SQL. */
  readonly way?: Way;
  readonly text: string;
}

/** Where written SQL names a table: in pipelines, queries and rules. */
export async function writtenUses(workspace: Workspace, table: string): Promise<WrittenUse[]> {
  const found = await namingIn(workspace, table, `${table} `);
  return [...new Map(found.map(({ use }) => [JSON.stringify(use), use])).values()];
}

/** Writes the new name of a table into all SQL that names it by the old one. */
export async function followTable(workspace: Workspace, table: string, to: string): Promise<WrittenUse[]> {
  const found = await namingIn(workspace, table, to);
  for (const path of new Set(found.map((one) => one.path))) {
    const own = found.filter((one) => one.path === path);
    const whole = own.find(({ way }) => way === undefined);
    if (whole) await writeWhole(path, whole.next);
    else await changeDocument(path, own);
  }
  return found.map(({ use }) => use);
}

async function changeDocument(path: string, changes: readonly { way?: Way; next: string }[]): Promise<void> {
  const text = await readFile(path, 'utf8');
  const document = parseDocument(text);
  for (const { way = [], next } of changes) document.setIn(way, next);
  await writeContract(path, document, text);
}

async function namingIn(workspace: Workspace, table: string, to: string) {
  await loadParser();
  const all = [
    ...(await pipelineTexts(workspace.path('pipelines'))),
    ...(await ruleTexts(workspace.path('checks'))),
    ...(await queryTexts(workspace.path('queries'))),
  ];
  return all
    .map((written) => ({ ...written, next: renamed(written.text, table, to) }))
    .filter(({ text, next }) => text !== next);
}

const renamed = (text: string, table: string, to: string): string =>
  text.startsWith('=') ? `=${renamedInSql(text.slice(1), table, to)}` : renamedInSql(text, table, to);

async function queryTexts(folder: string): Promise<Written[]> {
  const queries = await new QueryFiles(folder).list();
  return queries.map(({ name, text }) => ({
    use: { kind: 'query', name },
    path: `${folder}/${name}.sql`,
    text,
  }));
}

async function pipelineTexts(folder: string): Promise<Written[]> {
  return (await contentsOf(await pipelineFiles(folder))).flatMap(({ path, content }) => {
    const { name, steps: all } = (content ?? {}) as { name?: unknown; steps?: unknown };
    return (Array.isArray(all) ? all : []).flatMap((step: Definable | null, at) => {
      const use = { kind: 'pipeline', name: String(name ?? basename(path)), step: String(step?.id) } as const;
      const shape = steps.get(String(step?.kind))?.params ?? {};
      return formulas(shape, step, ['steps', at]).map((formula) => ({ ...formula, use, path }));
    });
  });
}

interface Definable {
  readonly id?: unknown;
  readonly kind?: unknown;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Those of a file that is not right are not found. */
function formulas(shape: ParamShape, from: Definable | null, way: Way) {
  const params = from?.params ?? {};
  const { success } = schemaOf(shape).safeParse(params);
  const all = success ? [...formulasOf(shape, params), ...givenFormulas(shape, params)] : [];
  return all.map(({ param, written }) => ({
    way: [...way, 'params', ...param.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))],
    text: written,
  }));
}

/** What a step computes for the pipeline that it uses, each with its = before it. */
const givenFormulas = (shape: ParamShape, params: NonNullable<Definable['params']>): Formula[] =>
  Object.entries(shape)
    .filter(([, { is }]) => is === 'settings')
    .flatMap(([param]) =>
      Object.entries(params[param] ?? {}).map(([name, value]) => [`${param}.${name}`, value]),
    )
    .flatMap(([param, written]) =>
      typeof written === 'string' && written.startsWith('=') ? [{ param, written }] : [],
    );

async function ruleTexts(folder: string): Promise<Written[]> {
  return (await contentsOf(await contractFiles(folder))).flatMap(({ path, content }) => {
    const use = { kind: 'checks', name: basename(path) } as const;
    return textsWithin(content, []).map((text) => ({ ...text, use, path }));
  });
}

/** Formulas of rules, and the SELECT whose rows rules are about, wherever they stand. */
function textsWithin(content: unknown, way: Way): { readonly way: Way; readonly text: string }[] {
  if (typeof content !== 'object' || content === null) return [];
  const rule = content as Definable & { readonly sql?: unknown };
  const shape = checks.get(String(rule.kind))?.params ?? {};
  const select = typeof rule.sql === 'string' ? [{ way: [...way, 'sql'], text: rule.sql }] : [];
  const inside = Object.entries(content).flatMap(([key, value]) =>
    textsWithin(value, [...way, Array.isArray(content) ? Number(key) : key]),
  );
  return [...formulas(shape, rule, way), ...select, ...inside];
}
