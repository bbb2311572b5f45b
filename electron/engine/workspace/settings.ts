import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { z } from 'zod';
import {
  type CheckSettings,
  checkSettings,
  type Target,
  target,
} from '../../../shared/contract/workspace.ts';
import { problem } from '../../../shared/problem.ts';
import { describe } from '../../../shared/wire.ts';
import { putInto } from './put-into.ts';
import { writeWhole } from './write-whole.ts';

const formatVersion = 1;

const settingsFile = z.looseObject({
  version: z.number().int(),
  name: z.string().min(1),
  targets: z.array(target).default([]),
  checks: checkSettings.prefault({}),
});

/** What assay.yaml says. */
export interface Settings {
  readonly name: string;
  readonly targets: readonly Target[];
  readonly checks: CheckSettings;
}

/** Reads a YAML file's document; a broken one is refused with its line. */
export async function readYaml(file: string): Promise<Document> {
  const document = parseDocument(await readFile(file, 'utf8'));
  const [error] = document.errors;
  if (error) throw notYaml(file, error.message, error.linePos?.[0].line);
  try {
    document.toJS();
  } catch (thrown) {
    throw notYaml(file, (thrown as Error).message);
  }
  return document;
}

const notYaml = (file: string, message: string, line?: number) =>
  problem('bad_input', `${basename(file)} is not valid YAML: ${message.split('\n')[0]?.replace(/:$/, '.')}`, {
    hint: 'Mend the file in a text editor.',
    at: { file, ...(line ? { line } : {}) },
  });

/** Refuses a file that a newer build wrote. */
export function refuseNewerFormat(file: string, version: unknown, known: number): void {
  if (typeof version !== 'number' || version <= known) return;
  throw problem(
    'newer_version',
    `${basename(file)} has format version ${version}; this Assay knows up to ${known}.`,
    {
      hint: 'Update Assay to open it. Nothing was changed.',
      at: { file },
    },
  );
}

const fileOf = (dir: string) => join(dir, 'assay.yaml');

export async function readSettings(dir: string): Promise<Settings> {
  const file = fileOf(dir);
  const document = await readYaml(file);
  const plain: unknown = document.toJS();
  refuseNewerFormat(file, (plain as { version?: unknown } | null)?.version, formatVersion);
  const parsed = settingsFile.safeParse(plain);
  if (!parsed.success) throw problem('bad_input', `assay.yaml: ${describe(parsed.error)}`, { at: { file } });
  const { name, targets, checks } = parsed.data;
  return { name, targets, checks };
}

/** Changes assay.yaml; what is not changed keeps its comments and its writing, keys that are not ours among it. */
export async function changeSettings(dir: string, changed: Partial<Settings>): Promise<Settings> {
  const document = await readYaml(fileOf(dir));
  for (const [key, value] of Object.entries(changed)) putInto(document, document, [key], value);
  await writeWhole(fileOf(dir), document.toString());
  return readSettings(dir);
}

export async function createSettings(dir: string): Promise<void> {
  const name = basename(dir) || 'Workspace';
  await writeWhole(fileOf(dir), `version: ${formatVersion}\nname: ${JSON.stringify(name)}\ntargets: []\n`);
  await ignoreState(join(dir, '.gitignore'));
}

/** Adds our line to .gitignore, as a line of its own and only once. */
async function ignoreState(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return '';
    throw thrown;
  });
  if (text.split(/\r?\n/).some((line) => /^\/?\.assay\/?$/.test(line.trim()))) return;
  await writeWhole(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}.assay/\n`);
}
