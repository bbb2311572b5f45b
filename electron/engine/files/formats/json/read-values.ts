import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { stopIfCancelled } from '../../../../../shared/problem.ts';
import type { FoundList } from './lists.ts';
import { mayBeNotFinite, parseJson } from './not-finite.ts';
import {
  commentHere,
  isComment,
  jsonFault,
  type Sequence,
  type ValueSpan,
  ValueSplitter,
} from './split-values.ts';

/** A value of the file, or why there is none. */
export interface ReadValue {
  readonly line: number;
  readonly start: number;
  readonly length: number;
  readonly value?: unknown;
  readonly blank?: boolean;
  /** True where NaN or Infinity may stand in it. */
  readonly odd?: boolean;
  readonly cause?: string;
}

export interface ReadOptions {
  readonly path: string;
  readonly name: string;
  readonly sequence: Sequence;
  /** The list whose elements are read, where it stands in an object. */
  readonly within?: FoundList | undefined;
  /** Where to begin: after a byte order mark, or at the list. */
  readonly from: number;
  readonly upTo: number;
  readonly signal?: AbortSignal | undefined;
  /** Awaited after each piece of the file. */
  readonly onPiece: (offset: number) => Promise<void>;
}

const pieceBytes = 1 << 20;

/** Reads the top-level values of a file in order, in memory bound by the longest. Returns how far it came. */
export async function readValues(options: ReadOptions, take: (value: ReadValue) => void): Promise<number> {
  const { path, name, sequence, within, from, upTo, signal, onPiece } = options;
  const splitter = new ValueSplitter(sequence, name, within);
  const file = await open(path, 'r');
  let offset = from;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for (;;) {
      stopIfCancelled(signal);
      const piece = Buffer.allocUnsafe(Math.max(pieceBytes, rest.length));
      const { bytesRead } = await file.read(piece, 0, piece.length, offset + rest.length);
      const buffer = Buffer.concat([rest, piece.subarray(0, bytesRead)]);
      const ended = bytesRead === 0;
      const used = splitter.split(buffer, ended, (span) => {
        const { start, end, line } = span;
        const place = { line, start: offset + start, length: end - start };
        take({ ...place, ...parsedValue(buffer.subarray(start, end), sequence, name, span) });
      });
      offset += used;
      rest = buffer.subarray(used);
      await onPiece(offset);
      if (ended || offset >= upTo) break;
    }
  } finally {
    await file.close();
  }
  if (offset < upTo && !splitter.closed)
    throw jsonFault(name, `the ${within ? 'object' : 'list'} is not closed`, splitter.line, 1);
  return offset;
}

class Duplicate extends Error {}

const refuseDuplicate = ({ key }: { readonly key: string }): never => {
  throw new Duplicate(`The name “${key}” stands in one object twice, with different values.`);
};

/** The value of some bytes; a broken one is a broken file, unless values stand on lines of their own. */
export function parsedValue(
  bytes: Buffer,
  sequence: Sequence,
  name: string,
  span: Pick<ValueSpan, 'line' | 'position'> = { line: 1, position: 1 },
): Partial<ReadValue> {
  if (!isUtf8(bytes)) return { cause: 'It holds bytes that are not valid UTF-8.' };
  const text = bytes.toString('utf8').trim();
  if (text === '') return { blank: true };
  try {
    const value = parseJson(text, { onDuplicateKey: refuseDuplicate });
    const cause = text.includes('\\u') ? unholdable(value) : undefined;
    if (cause) return { cause };
    return mayBeNotFinite(text) ? { value, odd: true } : { value };
  } catch (thrown) {
    const { message } = thrown as Error;
    if (thrown instanceof Duplicate) return { cause: message };
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    const said = isComment(text.slice(at)) ? commentHere : message;
    if (sequence === 'lines') return { cause: `It is not valid JSON: ${said}.` };
    const before = text.slice(0, at);
    const lines = before.split('\n').length - 1;
    const position = lines === 0 ? span.position + at : at - before.lastIndexOf('\n');
    throw jsonFault(name, said.replace(/ at position.*$/, ''), span.line + lines, position);
  }
}

/** Why PostgreSQL cannot hold a text in the value, if so. */
function unholdable(value: unknown): string | undefined {
  if (typeof value === 'string') return unholdableText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const cause = unholdableText(name) ?? unholdable(inner);
    if (cause) return cause;
  }
  return undefined;
}

function unholdableText(text: string): string | undefined {
  if (text.includes('\0')) return 'It holds a NUL character, which PostgreSQL text cannot hold.';
  return /\p{Cs}/u.test(text) ? 'It holds half of a surrogate pair, which is no character.' : undefined;
}
