import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '../../../shared/problem.ts';

/** What kept a database from opening: a file that another user left there, or what was thrown. */
export async function tellDenied(dataDir: string, thrown: unknown): Promise<unknown> {
  const denied = await firstDenied(dataDir).catch(() => dataDir);
  if (denied === undefined) return thrown;
  return problem('disk', `The workspace's database holds a file that you may not write to: ${denied}.`, {
    hint: 'Another user, perhaps the system administrator, worked with it. Have its folder .assay given to you with all that is in it (chown -R).',
    at: { file: denied },
    cause: thrown,
  });
}

async function firstDenied(dataDir: string): Promise<string | undefined> {
  for (const name of ['.', ...(await readdir(dataDir, { recursive: true }))]) {
    const path = join(dataDir, name);
    const open = await access(path, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!open) return path;
  }
  return undefined;
}
