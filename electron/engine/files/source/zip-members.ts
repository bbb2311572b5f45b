import { crc32 } from 'node:zlib';
import type { Entry } from 'yauzl';
import { problem } from '../../../../shared/problem.ts';

/** A file in a ZIP archive. */
export interface Member {
  readonly name: string;
  readonly bytes: number;
}

const isHidden = (name: string) =>
  name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** What a ZIP archive holds: all names, and the files that a person put there. */
export async function readMembers(path: string): Promise<{ all: string[]; files: Member[] }> {
  const all: string[] = [];
  const files: Member[] = [];
  for await (const entry of entriesOf(path)) {
    all.push(entry.fileName);
    if (entry.fileName.endsWith('/') || isHidden(entry.fileName)) continue;
    files.push({ name: entry.fileName, bytes: entry.uncompressedSize });
  }
  return { all, files: files.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** True where the archive is a document of an office program, of which it only is the wrapping. */
export const isOffice = (names: readonly string[]): boolean =>
  names.includes('[Content_Types].xml') || names.includes('mimetype');

async function* entriesOf(path: string): AsyncGenerator<Entry> {
  const { openPromise } = await import('yauzl');
  try {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: true });
    yield* zip.eachEntry();
  } catch (thrown) {
    throw damaged(path, thrown);
  }
}

const escaping = /^(invalid relative path|absolute path|invalid characters in fileName): (.*)$/;

function damaged(path: string, thrown: unknown) {
  const [, , outside] = escaping.exec((thrown as Error).message) ?? [];
  if (outside !== undefined)
    return problem('bad_input', `The ZIP archive names a file outside of itself: ${outside}.`, {
      hint: 'Such archives are not read. Pack the files again, with names that do not begin with / or lead upwards.',
      at: { file: path },
      cause: thrown,
    });
  return unreadable(path, thrown);
}

const unreadable = (path: string, thrown: unknown) =>
  problem('bad_input', `The ZIP archive cannot be read: ${(thrown as Error).message}`, {
    hint: 'It may be cut off or damaged. Copy or download the file again.',
    at: { file: path },
    cause: thrown,
  });

/** The bytes of one file in an archive, checked against its checksum at the end. */
export async function* openMember(path: string, name: string): AsyncGenerator<Buffer> {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((thrown) => {
    throw damaged(path, thrown);
  });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== name) continue;
      refuseUnreadable(entry, path);
      let sum = 0;
      for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
        sum = crc32(piece, sum);
        yield piece;
      }
      if (sum !== entry.crc32) throw new Error(`the checksum of ${name} is wrong`);
      return;
    }
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name !== 'ProblemError') throw damaged(path, thrown);
    throw thrown;
  } finally {
    zip.close();
  }
  throw problem('not_found', `There is no ${name} in the archive.`, { at: { file: path } });
}

function refuseUnreadable(entry: Entry, path: string) {
  if (entry.isEncrypted()) {
    throw problem('bad_input', `${entry.fileName} in the archive is protected by a password.`, {
      hint: 'Unpack it with its password, and import the file.',
      at: { file: path },
    });
  }
  if (entry.canDecodeFileData()) return;
  throw problem(
    'bad_input',
    `${entry.fileName} is packed by a method (${entry.compressionMethod}) that cannot be read.`,
    {
      hint: 'Unpack it with another program, or pack it by the usual method (deflate).',
      at: { file: path },
    },
  );
}
