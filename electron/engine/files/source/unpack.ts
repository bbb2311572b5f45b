import { open, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { count } from '../../../../shared/number-words.ts';
import { problem, stopIfCancelled } from '../../../../shared/problem.ts';
import type { Progress } from '../../../../shared/wire.ts';
import type { Packing, Unpacked } from './define-packing.ts';
import { readHead } from './read-head.ts';
import type { Source } from './source.ts';

const found = import.meta.glob<{ readonly default: Packing }>('./packings/*.ts', { eager: true });

/** Every packing. */
export const packings: readonly Packing[] = Object.values(found).map((module) => module.default);

const deepest = 4;
const longestSignature = 16;

/** A file as it was before it was packed, and the packings that were taken off, outermost first. */
export interface Bare {
  readonly source: Source;
  readonly packings: readonly string[];
}

export interface UnpackOptions {
  /** A folder for what is unpacked. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: Progress) => void) | undefined;
}

/** Takes off a file's packings, each into a scratch file; only about `upTo` bytes where that is enough. */
export async function unpack(source: Source, upTo: number | undefined, around: UnpackOptions): Promise<Bare> {
  let bare: Bare = { source, packings: [] };
  for (let depth = 0; ; depth++) {
    const next = await unpackOnce(bare, upTo, around);
    if (!next) return bare;
    if (depth === deepest) {
      throw problem('bad_input', `${source.name} is packed more than ${deepest} times over.`, {
        hint: 'Unpack it first.',
        at: { file: source.path },
      });
    }
    bare = next;
  }
}

async function unpackOnce(
  { source, packings: taken }: Bare,
  upTo: number | undefined,
  around: UnpackOptions,
) {
  const head = await readHead(source.path, longestSignature);
  const packing = packings.find(({ signatures }) =>
    signatures.some((signature) => signature.every((byte, at) => head[at] === byte)),
  );
  const unpacked = await packing?.open(source);
  if (!packing || !unpacked) return undefined;
  const path = join(around.scratch, `unpacked-${taken.length}`);
  const bytes = await pour(unpacked, path, source, upTo, around);
  const { member: _member, ...outer } = source;
  const inner: Source = { ...outer, path, name: unpacked.name, bytes };
  return { source: inner, packings: [...taken, packing.title] };
}

/** Writes what comes out to a file; never the last free space of the disk. */
async function pour(
  { name, pieces, bytes: expected }: Unpacked,
  to: string,
  source: Source,
  upTo: number | undefined,
  { signal, progress }: UnpackOptions,
): Promise<number> {
  const room = new Room(dirname(to), source);
  if (upTo === undefined) await room.refuse(expected ?? 0);
  const out = await open(to, 'w');
  let written = 0;
  try {
    for await (const piece of pieces) {
      stopIfCancelled(signal);
      await out.write(piece);
      written += piece.length;
      if (upTo !== undefined && written > upTo) break;
      await room.take(piece.length);
      progress?.({
        title: `Unpacking ${name}`,
        done: written,
        unit: 'bytes',
        ...(expected ? { total: expected } : {}),
      });
    }
  } finally {
    await out.close();
  }
  if (written === 0)
    throw problem('bad_input', `${source.name} is empty inside: there is nothing to import.`, {
      at: { file: source.path },
    });
  return written;
}

const spared = 512 << 20;
const askEvery = 64 << 20;

/** Looks after the disk while something of unknown size is written to it. */
class Room {
  readonly #folder: string;
  readonly #source: Source;
  #since = 0;

  constructor(folder: string, source: Source) {
    this.#folder = folder;
    this.#source = source;
  }

  async take(bytes: number): Promise<void> {
    this.#since += bytes;
    if (this.#since < askEvery) return;
    this.#since = 0;
    await this.refuse(0);
  }

  async refuse(wanted: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    const free = bavail * bsize;
    if (free - wanted > spared) return;
    const { name, path } = this.#source;
    throw problem('disk', `${name} unpacks to more than the disk has room for.`, {
      hint: `${count(Math.floor(free / 1e6))} MB are free. Make room, or unpack it elsewhere; nothing was imported.`,
      at: { file: path },
    });
  }
}
