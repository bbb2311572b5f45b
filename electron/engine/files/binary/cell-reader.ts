import { valueClass } from '../cells/value-classes.ts';
import type { JudgedColumn } from '../types/columns.ts';
import { cellWriter } from './binary-cells.ts';
import type { WriteCell } from './binary-numbers.ts';
import type { BinaryPiece } from './binary-piece.ts';

/** Writes a cell as it stands in the file, or null where it holds none, and gives its class; -1 where it is odd. */
export type ReadCell = (from: Uint8Array, start: number, end: number, to: BinaryPiece) => number;

const space = 32;
const { empty, marker, missing } = valueClass;
const longestMarker = 5;
const markers = /^(null|#?n\/?a|nan|none|nil|\\n|-)$/i;

/** Reads the cells of one column, as far as that takes no more than a look at their bytes. */
export class CellReader {
  readonly #write: WriteCell;
  readonly #nulls: ReadonlySet<string> | undefined;
  readonly #longest: number;
  readonly #markers: boolean;
  readonly read: ReadCell;
  /** Words such as NA that were read as no value, and how often. */
  readonly found = new Map<string, number>();

  constructor({ type, format, nulls }: JudgedColumn, allText: boolean) {
    const isText = allText || type === 'text';
    this.#write = (isText ? cellWriter('text') : cellWriter(type, format)) as WriteCell;
    const named = nulls?.filter((text) => text !== '') ?? [];
    this.#nulls = named.length > 0 && !allText ? new Set(named) : undefined;
    this.#markers = !nulls?.includes('');
    this.#longest = Math.max(0, ...named.map((text) => Buffer.byteLength(text)));
    const read = isText ? this.#write : this.#value;
    this.read = this.#nulls ? (from, start, end, to) => this.#orNull(read, from, start, end, to) : read;
  }

  /** A person said that some texts stand for no value. */
  #orNull(read: ReadCell, from: Uint8Array, start: number, end: number, to: BinaryPiece): number {
    const [first, last] = [afterSpaces(from, start, end), beforeSpaces(from, start, end)];
    const short = last - first <= this.#longest;
    if (!short || !this.#nulls?.has(textOf(from, first, last))) return read(from, start, end, to);
    to.int32(-1);
    return missing;
  }

  #note(word: string): void {
    this.found.set(word, (this.found.get(word) ?? 0) + 1);
  }

  readonly #value: ReadCell = (from, start, end, to) => {
    const before = to.size;
    const kind = this.#write(from, start, end, to);
    if (kind >= 0) return kind;
    to.size = before;
    const [first, last] = [afterSpaces(from, start, end), beforeSpaces(from, start, end)];
    const nothing = first >= last ? empty : this.#markers && isMarker(from, first, last) ? marker : -1;
    if (nothing === marker) this.#note(textOf(from, first, last));
    if (nothing >= 0) {
      to.int32(-1);
      return nothing;
    }
    if (first === start && last === end) return -1;
    const trimmed = this.#write(from, first, last, to);
    if (trimmed < 0) to.size = before;
    return trimmed;
  };
}

function afterSpaces(from: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && from[at] === space) at++;
  return at;
}

function beforeSpaces(from: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && from[at - 1] === space) at--;
  return at;
}

const isMarker = (from: Uint8Array, start: number, end: number) =>
  end - start <= longestMarker && markers.test(textOf(from, start, end));

const textOf = (from: Uint8Array, start: number, end: number) =>
  Buffer.from(from.subarray(start, end)).toString();
