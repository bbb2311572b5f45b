import { realpath, stat, writeFile } from 'node:fs/promises';
import { wholeFile } from '../engine/workspace/whole-file.ts';

/** Writes a file that was asked for beside the answer: whole, or not at all. A pipe or a terminal is written to as it is. */
export async function writeReport(file: string, content: string | Uint8Array): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there && !there.isFile() && !there.isDirectory()) return writeFile(file, content);
  // What a link leads to is written, and the link stays.
  const place = await realpath(file).catch(() => file);
  await wholeFile(place, (half) => writeFile(half, content));
}
