import { CellCounts } from '../cells/cell-counts.ts';
import type { CountedClasses } from '../cells/count-classes.ts';
import { valueClass } from '../cells/value-classes.ts';
import type { Found } from '../records/read-records.ts';
import type { RecordKind } from '../records/record-kinds.ts';
import type { Marks } from '../records/split-record.ts';
import type { Passenger } from '../records/survey.ts';
import { type CellTaker, CellWalker } from '../records/walk-cells.ts';
import { cellWriter, isCode } from './binary-cells.ts';
import type { WriteCell } from './binary-numbers.ts';
import { BinaryPiece } from './binary-piece.ts';
import { isSureWord } from './sure-words.ts';

const { empty, text, unsorted, code, missing } = valueClass;
const kinds = [
  'numeric',
  'timestamp without time zone',
  'boolean',
  'bigint',
  'uuid',
  'time without time zone',
];
const writers = [...kinds, 'timestamp with time zone'].map((type) => cellWriter(type) as WriteCell);
/** No value of these kinds is longer. */
const longest = 40;

/**
 * Sorts the cells of records that are counted by what they read like, as far as that takes no more than a look at their
 * bytes; DuckDB is asked about the columns that have others.
 */
export class CellSorter implements Passenger, CellTaker {
  readonly #walker: CellWalker;
  readonly #counts: CellCounts;
  /** The writer that took the cell before, by column. */
  readonly #last: Uint8Array;
  readonly #unused = new BinaryPiece(4096);
  #rows = 0;

  constructor(marks: Marks, width: number) {
    this.#walker = new CellWalker(marks, width);
    this.#counts = new CellCounts(width);
    this.#last = new Uint8Array(width);
  }

  record(found: Found, kind: RecordKind): void {
    if (kind !== 'good') return;
    this.#rows++;
    this.#walker.walk(found, this);
  }

  async piece(): Promise<void> {}

  async end(): Promise<void> {}

  counted(): CountedClasses {
    return { rows: this.#rows, counts: this.#counts.known() };
  }

  nothing(at: number): boolean {
    this.#counts.add(at, missing);
    return true;
  }

  cell(at: number, from: Uint8Array, start: number, end: number): boolean {
    this.#counts.add(at, this.#kindOf(at, from, start, end));
    return true;
  }

  #kindOf(at: number, from: Uint8Array, start: number, end: number): number {
    if (start === end) return empty;
    if (isSureWord(from, start, end)) return text;
    if (end - start > longest) return unsorted;
    const last = this.#last[at] as number;
    const kind = this.#try(last, from, start, end);
    if (kind >= 0) return kind;
    for (let next = 0; next < writers.length; next++) {
      const other = next === last ? -1 : this.#try(next, from, start, end);
      if (other < 0) continue;
      this.#last[at] = next;
      return other;
    }
    return isCode(from, start, end) ? code : unsorted;
  }

  #try(writer: number, from: Uint8Array, start: number, end: number): number {
    const piece = this.#unused;
    piece.clear();
    return (writers[writer] as WriteCell)(from, start, end, piece);
  }
}
