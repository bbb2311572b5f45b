import { writeFile } from 'node:fs/promises';
import { wholeFile } from '../engine/workspace/whole-file.ts';

/** Writes a file that was asked for beside the answer: whole, or not at all. */
export const writeReport = (file: string, content: string | Uint8Array): Promise<void> =>
  wholeFile(file, (half) => writeFile(half, content));
