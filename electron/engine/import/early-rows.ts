import type { FileColumn } from '../../../shared/contract/files.ts';
import { cellWriter } from '../files/binary-cells.ts';
import type { WriteCell } from '../files/binary-numbers.ts';
import { BinaryPiece } from '../files/binary-piece.ts';
import { CellCounts } from '../files/cell-counts.ts';
import type { CountedClasses } from '../files/count-classes.ts';
import type { Examination } from '../files/examine.ts';
import type { Found } from '../files/read-records.ts';
import type { RecordKind } from '../files/record-kinds.ts';
import type { Marks } from '../files/split-record.ts';
import type { Passenger } from '../files/survey.ts';
import { valueClass } from '../files/value-classes.ts';
import { type CellTaker, CellWalker } from '../files/walk-cells.ts';
import { isRefusal, type Stage } from './stage.ts';

const pieceBytes = 2 << 20;
/** No value takes more than twice its bytes and this. */
const mostAround = 24;

/** True where the beginning of a file promises that its rows can be loaded while the rest is still looked at. */
export function canLoadEarly({ table, columns }: Examination, allText: boolean): boolean {
  if (!table.delimited) return false;
  return allText || columns.every((column) => isPlain(column) && cellWriter(column.type) !== undefined);
}

const isPlain = ({ format, disagreeing }: FileColumn) => !format && disagreeing === 0;

/**
 * Sends a file's sound records to the stage, each with its number, while records are still counted. A cell is taken only
 * where it is exactly a value of its column's type; whether the types are right is known afterwards: `hold()` tells.
 */
export class EarlyRows implements Passenger, CellTaker {
  readonly #stage: Stage;
  readonly #columns: readonly FileColumn[];
  readonly #walker: CellWalker;
  readonly #allText: boolean;
  readonly #writers: readonly WriteCell[];
  readonly #counts: CellCounts;
  #piece = new BinaryPiece(pieceBytes * 1.5);
  /** The one before, which may still be on its way. */
  #spare = new BinaryPiece(pieceBytes * 1.5);
  #inPiece = 0;
  #copying: Promise<void> = Promise.resolve();
  #rows = 0;
  #given = false;

  constructor(stage: Stage, columns: readonly FileColumn[], marks: Marks, allText: boolean) {
    this.#stage = stage;
    this.#columns = columns;
    this.#walker = new CellWalker(marks, columns.length);
    this.#allText = allText;
    this.#writers = columns.map(({ type }) => cellWriter(allText ? 'text' : type) as WriteCell);
    this.#counts = new CellCounts(columns.length);
  }

  /** Rows handed over by now. */
  get rows(): number {
    return this.#rows;
  }

  record(found: Found, kind: RecordKind): void {
    if (kind !== 'good' || this.#given) return;
    const { start, end } = found.span;
    const piece = this.#piece;
    const columns = this.#writers.length;
    piece.reserve((end - start) * 2 + mostAround * (columns + 1));
    piece.int16(columns + 1);
    piece.int32(8);
    piece.int64(this.#rows + 1);
    this.#given = !this.#walker.walk(found, this);
    if (this.#given) return;
    this.#rows++;
    this.#inPiece++;
  }

  nothing(at: number): boolean {
    this.#piece.int32(this.#allText ? 0 : -1);
    this.#counts.add(at, valueClass.missing);
    return true;
  }

  cell(at: number, from: Uint8Array, start: number, end: number): boolean {
    const kind = (this.#writers[at] as WriteCell)(from, start, end, this.#piece);
    if (kind < 0) return false;
    this.#counts.add(at, kind);
    return true;
  }

  async piece(): Promise<void> {
    if (this.#piece.size > pieceBytes) await this.#send();
  }

  /** What the cells of columns read like, as far as no other look is needed to know their types. */
  counted(): CountedClasses | undefined {
    if (this.#given) return undefined;
    return { rows: this.#rows, counts: this.#counts.known(), fitting: true };
  }

  /** Sends what is left; true where every row went in as the whole file's types and names would have it. */
  async hold(found: Examination): Promise<boolean> {
    await this.#send();
    await this.#copying;
    if (this.#given || this.#rows !== found.table.counts.good) return false;
    const shape = (columns: readonly FileColumn[]) =>
      JSON.stringify(columns.map(({ name, type }) => [name, type]));
    const plain = this.#allText || found.columns.every(isPlain);
    return plain && shape(found.columns) === shape(this.#columns);
  }

  /** Waits for the piece on its way, so that the stage may be dropped. */
  async stop(): Promise<void> {
    this.#given = true;
    await this.#copying.catch(() => {});
  }

  async #send(): Promise<void> {
    await this.#copying;
    if (this.#inPiece === 0 || this.#given) return;
    const rows = this.#inPiece;
    this.#copying = this.#stage.addBinary(this.#piece.finished(), rows).catch((thrown) => {
      if (!isRefusal(thrown)) throw thrown;
      this.#given = true;
    });
    this.#copying.catch(() => {});
    [this.#piece, this.#spare] = [this.#spare, this.#piece];
    this.#piece.clear();
    this.#inPiece = 0;
  }
}
