import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DialectOverride } from '../../../../shared/contract/files.ts';
import { stopIfCancelled } from '../../../../shared/problem.ts';
import type { Text } from '../encoding/text.ts';
import { refuseHopeless } from '../records/hopeless.ts';
import { readHead } from '../source/read-head.ts';
import { cutRecords } from './cut-records.ts';
import { type FoundSpelling, findSpelling } from './find-spelling.ts';
import { type Mark, RespelledPlaces } from './respelled-places.ts';

const headBytes = 64 << 10;
/** Bytes between two remembered places, about. */
const stretch = 64 << 10;

/** A text in the standard writing, with the spelling that it had, if it had one of its own. */
export interface Respelled {
  readonly text: Text;
  readonly spelling: FoundSpelling | undefined;
}

interface RespellOptions {
  readonly said: DialectOverride;
  readonly allText: boolean;
  /** Where a copy goes. */
  readonly to: string;
  readonly signal?: AbortSignal | undefined;
}

/** Writes a text anew in the standard way where it is written in another. */
export async function respelled(
  text: Text,
  { said, allText, to, signal }: RespellOptions,
): Promise<Respelled> {
  const head = (await readHead(text.path, text.mark + headBytes)).subarray(text.mark);
  const found = findSpelling(head.toString('utf8'), text.mark + head.length >= text.bytes, said);
  if (!found) return { text, spelling: undefined };
  const spelling = allText ? { ...found, literalNulls: true } : found;
  return { text: await copyOf(text, spelling, to, signal), spelling };
}

async function copyOf(text: Text, spelling: FoundSpelling, to: string, signal?: AbortSignal): Promise<Text> {
  const limited = text.upTo < text.bytes;
  const copier = new Copier(text, spelling);
  const respell = new Transform({
    transform: (piece: Buffer, _encoding, next) => next(null, copier.copy(piece.toString('latin1'), false)),
    // A record that the end of a first look cuts is left out.
    flush: (next) => {
      const rest = limited ? undefined : copier.copy('', true);
      copier.end();
      next(null, rest);
    },
  });
  const input = createReadStream(text.path, {
    highWaterMark: 1 << 20,
    start: text.mark,
    end: Math.min(text.upTo, text.bytes) - 1,
  });
  try {
    await pipeline(input, respell, createWriteStream(to), { ...(signal ? { signal } : {}) });
  } catch (thrown) {
    stopIfCancelled(signal);
    throw thrown;
  }
  const { places, bytes } = copier;
  return {
    ...text,
    path: to,
    places,
    mark: 0,
    bytes,
    upTo: limited ? bytes : Number.POSITIVE_INFINITY,
  };
}

/** Writes records in the standard way, and remembers where they come from. */
class Copier {
  readonly places: RespelledPlaces;
  readonly #spelling: FoundSpelling;
  #at: Mark;
  #noted = -stretch;
  #rest = '';

  constructor(text: Text, spelling: FoundSpelling) {
    this.places = new RespelledPlaces(text.path, spelling, text.places);
    this.#spelling = spelling;
    this.#at = { copied: 0, offset: text.mark, line: 1 };
  }

  /** Bytes of the copy so far. */
  get bytes(): number {
    return this.#at.copied;
  }

  /** What stands behind is no record of the copy. */
  end(): void {
    this.places.note(this.#at);
  }

  copy(piece: string, last: boolean): Buffer {
    const bytes = this.#rest + piece;
    let copy = '';
    let used = 0;
    for (const record of cutRecords(bytes, this.#spelling, last)) {
      const { copied, offset, line } = this.#at;
      if (offset - this.#noted >= stretch) {
        this.places.note(this.#at);
        this.#noted = offset;
      }
      const { next, start, lines } = record;
      copy += record.copy;
      this.#at = { copied: copied + record.copy.length, offset: offset + next - start, line: line + lines };
      used = next;
    }
    this.#rest = bytes.slice(used);
    refuseHopeless(this.#at.line, this.#rest.length, 0);
    return Buffer.from(copy, 'latin1');
  }
}
