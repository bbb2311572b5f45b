import { writeFile } from 'node:fs/promises';
import { problem } from '../../shared/problem.ts';

/** Writes a file that was asked for beside the answer. */
export async function writeReport(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (cause) {
    throw problem('disk', `${file} cannot be written.`, {
      hint: 'Name a file in a folder that is there and may be written to.',
      at: { file },
      cause,
    });
  }
}
