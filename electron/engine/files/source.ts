import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { problem } from '../../../shared/problem.ts';

/** A file as it stood when it was opened. */
export interface Source {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** Differs when the file was written to since. */
  readonly stamp: string;
}

/** Looks at a file before it is read; a folder, a missing, an unreadable or an empty one is refused in words. */
export async function openSource(given: string, dir: string): Promise<Source> {
  const path = resolve(dir, given);
  const name = basename(path);
  const at = { file: path };
  const found = await stat(path, { bigint: true }).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT' && thrown.code !== 'ENOTDIR') throw thrown;
    throw problem('not_found', `There is no file ${path}.`, { hint: 'Check the path and its spelling.', at });
  });
  if (found.isDirectory()) {
    throw problem('bad_input', `${path} is a folder, not a file.`, { hint: 'Name the files in it.', at });
  }
  if (!found.isFile()) throw problem('bad_input', `${path} is not a regular file.`, { at });
  await access(path, constants.R_OK).catch(() => {
    throw problem('bad_input', `${path} cannot be read: permission was denied.`, {
      hint: 'Ask for the right to read it, or copy it to a place of yours.',
      at,
    });
  });
  if (found.size === 0n) {
    throw problem('bad_input', `${name} is empty: there is nothing to import.`, { at });
  }
  const stamp = [found.ino, found.size, found.mtimeNs, found.ctimeNs].join(':');
  return { path, name, bytes: Number(found.size), stamp };
}

/** Refuses to go on with a file that was changed while it was read. */
export async function refuseChanged(source: Source): Promise<void> {
  const now = await openSource(source.path, '/').catch(() => undefined);
  if (now?.stamp === source.stamp) return;
  throw problem('bad_input', `${source.name} was changed while it was being read. Nothing was imported.`, {
    hint: 'Import it again when nothing writes to it any more.',
    at: { file: source.path },
  });
}
