import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document } from 'yaml';
import { unreadable } from './list-folder.ts';
import { writeWhole } from './write-whole.ts';

/** Suggestions that are not wanted: they stand beside the rules, for that is a decision of the analyst as these are; no rules are read from it. */
export const rejectedFile = 'rejected-suggestions.json';

/** The contracts of a folder and of those in it, by path; JSON is YAML too. None where the folder is not there (yet). */
export async function contractFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === rejectedFile) continue;
    if (entry.isDirectory()) files.push(...(await contractFiles(path)));
    else if (/\.(ya?ml|json)$/i.test(entry.name)) files.push(path);
  }
  return files.sort();
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(folder, thrown);
  }
}

/** Writes a contract in the form that its file has: JSON stays JSON, indented as it was. */
export async function writeContract(file: string, document: Document, before = ''): Promise<void> {
  if (!/\.json$/i.test(file)) return writeWhole(file, document.toString({ lineWidth: 0 }));
  const indent = /^[{[]\s*?\n([ \t]+)/.exec(before)?.[1] ?? (before.trim().includes('\n') ? 2 : '');
  await writeWhole(file, `${JSON.stringify(document.toJS(), null, before === '' ? 2 : indent)}\n`);
}
