import { BinaryPiece } from '../files/binary/binary-piece.ts';
import { writeJudged } from '../files/binary/judged-values.ts';
import type { OddCell, OddValue } from '../files/types/judge-cells.ts';

/** Where a record stands in its file, and how. */
export interface RecordPlace {
  readonly line: number;
  readonly offset: number;
  readonly raw: string;
}

/** A cell that DuckDB is to judge, and where its value belongs in the piece. */
interface WaitingCell extends OddCell {
  readonly from: number;
}

interface WaitingRow extends RecordPlace {
  readonly row: number;
  readonly cells: readonly WaitingCell[];
}

/** A row with a cell that does not fit its column. */
export interface Misfit extends RecordPlace {
  readonly at: number;
  readonly text: string;
}

const nothing = 4;
/** Of a row: how many values follow, and the length of the first. */
const beforeNumber = 6;

/** Rows on their way into one COPY; those with odd cells wait until these were judged. */
export class EarlyPiece {
  readonly binary: BinaryPiece;
  #starts: number[] = [];
  #waiting: WaitingRow[] = [];
  #cells: WaitingCell[] = [];

  constructor(capacity: number) {
    this.binary = new BinaryPiece(capacity);
  }

  get rows(): number {
    return this.#starts.length;
  }

  /** Cells that wait for a judgement, in order. */
  get odd(): readonly OddCell[] {
    return this.#waiting.flatMap(({ cells }) => cells);
  }

  /** Begins a row of so many values, `_row` among them. */
  begin(values: number): void {
    this.#starts.push(this.binary.size);
    this.binary.int16(values);
    this.binary.int32(8);
    this.binary.int64(0);
  }

  /** Numbers the rows from `first` on. */
  number(first: number): void {
    numberRows(this.binary, this.#starts, { from: 0, to: this.rows, shift: 0, first });
  }

  /** Leaves a cell for later. */
  wait(at: number, text: string): void {
    this.#cells.push({ at, text, from: this.binary.size });
    this.binary.int32(-1);
  }

  /** Ends a row; `place` is asked only where one of its cells waits. */
  end(place: () => RecordPlace): void {
    if (this.#cells.length === 0) return;
    this.#waiting.push({ ...place(), row: this.rows - 1, cells: this.#cells });
    this.#cells = [];
  }

  /**
   * Writes the rows anew into `to`, numbered from `first` on, with what their waiting cells were judged to be; gives the
   * rows that do not fit. Undefined where a value cannot be written here.
   */
  settle(
    judged: readonly OddValue[],
    typeAt: (at: number) => string,
    first: number,
    to: BinaryPiece,
  ): { readonly rows: number; readonly misfits: readonly Misfit[] } | undefined {
    const misfits: Misfit[] = [];
    let next = 0;
    let rows = 0;
    let from = 0;
    for (const waiting of this.#waiting) {
      rows += this.#copyRows(from, waiting.row, first + rows, to);
      from = waiting.row + 1;
      const own = judged.slice(next, next + waiting.cells.length);
      next += own.length;
      const bad = own.indexOf(undefined);
      if (bad >= 0) {
        const { line, offset, raw } = waiting;
        const { at, text } = waiting.cells[bad] as WaitingCell;
        misfits.push({ line, offset, raw, at, text });
      } else if (this.#copyRow(waiting, own, typeAt, first + rows, to)) rows++;
      else return undefined;
    }
    rows += this.#copyRows(from, this.rows, first + rows, to);
    return { rows, misfits };
  }

  /** Copies rows without odd cells, many at once. */
  #copyRows(from: number, until: number, first: number, to: BinaryPiece): number {
    if (from === until) return 0;
    const start = this.#starts[from] as number;
    const end = this.#starts[until] ?? this.binary.size;
    to.reserve(end - start);
    const shift = to.size - start;
    to.copy(this.binary.bytes, start, end);
    numberRows(to, this.#starts, { from, to: until, shift, first });
    return until - from;
  }

  #copyRow(
    { row, cells }: WaitingRow,
    judged: readonly OddValue[],
    typeAt: (at: number) => string,
    number: number,
    to: BinaryPiece,
  ): boolean {
    const { bytes, size } = this.binary;
    const start = this.#starts[row] as number;
    const end = this.#starts[row + 1] ?? size;
    const texts = judged.reduce<number>((sum, value) => sum + (value?.length ?? 0) * 4 + 24, 0);
    to.reserve(end - start + texts);
    to.copy(bytes, start, start + beforeNumber);
    to.int64(number);
    let from = start + beforeNumber + 8;
    for (const [place, cell] of cells.entries()) {
      to.copy(bytes, from, cell.from);
      from = cell.from + nothing;
      const value = judged[place];
      if (typeof value !== 'string') to.int32(-1);
      else if (!writeJudged(typeAt(cell.at), value, to)) return false;
    }
    to.copy(bytes, from, end);
    return true;
  }

  clear(): void {
    this.binary.clear();
    this.#starts = [];
    this.#waiting = [];
    this.#cells = [];
  }
}

interface RowRange {
  readonly from: number;
  readonly to: number;
  /** How much further on than in their own piece the rows stand. */
  readonly shift: number;
  readonly first: number;
}

/** Writes the numbers of rows where they stand. */
function numberRows(
  piece: BinaryPiece,
  starts: readonly number[],
  { from, to, shift, first }: RowRange,
): void {
  const end = piece.size;
  for (let row = from; row < to; row++) {
    piece.size = (starts[row] as number) + shift + beforeNumber;
    piece.int64(first + row - from);
  }
  piece.size = end;
}
