import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import type { TestEngine } from '../open-test-engine.ts';

/** Writes a file into the workspace and returns its path. */
export async function file({ dir }: TestEngine, name: string, content: string | Uint8Array): Promise<string> {
  const path = join(dir, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** What a SELECT gives, as rows of cells. */
export async function rowsOf({ engine }: TestEngine, text: string): Promise<unknown[][]> {
  const [result] = await engine.query.run({ text });
  if (!result?.bytes) return [];
  return tableFromIPC(result.bytes)
    .toArray()
    .map((row) => Object.values(row.toJSON()));
}
