import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { problem, stopIfCancelled } from '../../../../shared/problem.ts';
import { expandPath, isSet } from './expand.ts';

/** A file, or several as one, as they stood when they were opened. */
export interface Source {
  /** As a person names it, absolute: a file, a file in an archive (`/x/a.zip/b.csv`), a folder, a pattern. */
  readonly given: string;
  /** Where its bytes are. */
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** When it was last written to, in ISO 8601. */
  readonly modified: string;
  /** Differs when the file was written to since. */
  readonly stamp: string;
  /** The file in the archive that `path` is. */
  readonly member?: string;
  /** The files that are read as one table. */
  readonly parts?: readonly Source[];
  /** Those among them that hold nothing at all. */
  readonly empty?: readonly string[];
  /** Opens it again, as it stands then. */
  readonly reopen?: () => Promise<Source>;
}

/** Looks at what is to be read; what is missing, unreadable or empty is refused in words. */
export async function openSource(given: string, dir: string): Promise<Source> {
  if (await isSet(given, dir)) return openSet(given, dir);
  return openFile(given, dir);
}

async function openFile(given: string, dir: string): Promise<Source> {
  const path = resolve(dir, given);
  const found = await stat(path).catch(notThere);
  if (found) return openOne(path);
  for (let archive = dirname(path); archive !== dirname(archive); archive = dirname(archive)) {
    const outer = await stat(archive).catch(notThere);
    if (!outer) continue;
    if (!outer.isFile()) break;
    const member = path.slice(archive.length + 1).replaceAll('\\', '/');
    return { ...(await openOne(archive)), given: path, name: basename(path), member };
  }
  throw problem('not_found', `There is no file ${path}.`, {
    hint: 'Check the path and its spelling, or whether it was moved or deleted.',
    at: { file: path },
  });
}

function notThere(thrown: NodeJS.ErrnoException): undefined {
  if (thrown.code !== 'ENOENT' && thrown.code !== 'ENOTDIR') throw thrown;
}

async function openOne(path: string): Promise<Source> {
  const name = basename(path);
  const at = { file: path };
  const found = await stat(path, { bigint: true });
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
  return { given: path, path, name, bytes: Number(found.size), modified: found.mtime.toISOString(), stamp };
}

const isEmpty = async (path: string) => (await stat(path).catch(() => undefined))?.size === 0;

/** Several files that are to be one table, named after their folder, or after the first of them. */
async function openSet(given: string, dir: string): Promise<Source> {
  const files = await expandPath(given, dir);
  const hollow = await Promise.all(files.map(isEmpty));
  const empty = files.filter((_, at) => hollow[at]);
  const filled = empty.length < files.length ? files.filter((_, at) => !hollow[at]) : files;
  const parts = await Promise.all(filled.map((file) => openFile(file, dir)));
  const [first] = parts;
  if (!first) {
    throw problem('not_found', `No file that can be imported is named by ${given}.`, {
      hint: 'Check the path and its spelling.',
      at: { file: resolve(dir, given) },
    });
  }
  const listed = given.startsWith('{');
  return {
    given: listed ? given : resolve(dir, given),
    path: first.path,
    name: listed ? first.name : basename(dirname(first.given)),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    modified:
      parts
        .map(({ modified }) => modified)
        .sort()
        .at(-1) ?? '',
    stamp: parts.map(({ given: file, stamp }) => `${file}:${stamp}`).join('\n'),
    parts,
    ...(empty.length > 0 ? { empty } : {}),
    reopen: () => openSet(given, dir),
  };
}

/** Refuses to go on with a file that was changed, or is gone, while it was read. */
export async function refuseChanged(source: Source): Promise<void> {
  const again = source.reopen ?? (() => openFile(source.given, '/'));
  const now = await again().catch(() => undefined);
  if (now?.stamp === source.stamp) return;
  const gone = !now && !existsSync(source.path);
  const happened = gone ? 'is gone: it was removed or renamed' : 'was changed';
  throw problem('bad_input', `${source.name} ${happened} while it was being read. Nothing was imported.`, {
    hint: gone ? 'Put it back, then import it again.' : 'Import it again when nothing writes to it any more.',
    at: { file: source.path },
  });
}

/** The checksum of a source's bytes as they are on the disk. */
export async function hashOf(source: Source, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(1 << 20);
  for (const path of new Set((source.parts ?? [source]).map((part) => part.path))) {
    const file = await open(path, 'r');
    try {
      for (;;) {
        stopIfCancelled(signal);
        const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
        if (bytesRead === 0) break;
        hash.update(buffer.subarray(0, bytesRead));
      }
    } finally {
      await file.close();
    }
  }
  return hash.digest('hex');
}
