import { writeFile } from 'node:fs/promises';
import { problem } from '../../shared/problem.ts';

/** Writes a file that was asked for beside the answer. */
export async function writeReport(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (cause) {
    const why = unwritable[String((cause as { code?: unknown }).code)];
    throw problem(why === undefined ? 'disk' : 'bad_input', `${file} cannot be written${why ?? ''}.`, {
      hint: 'Name a file in a folder that is there and may be written to.',
      at: { file },
      cause,
    });
  }
}

/** What is wrong with the place that was named, by what the system says of it. */
const unwritable: Readonly<Record<string, string>> = {
  ENOENT: ': its folder is not there',
  ENOTDIR: ': its folder is a file',
  EISDIR: ': it is a folder',
  EACCES: ': it may not be written to',
  EPERM: ': it may not be written to',
  EROFS: ': it may not be written to',
};
