import type { FileColumn } from '../../../shared/contract/files.ts';
import { cellWriter } from '../files/binary/binary-cells.ts';
import { BinaryPiece } from '../files/binary/binary-piece.ts';
import { CellReader, type ReadCell } from '../files/binary/cell-reader.ts';
import { CellCounts } from '../files/cells/cell-counts.ts';
import type { CountedClasses } from '../files/cells/count-classes.ts';
import { valueClass } from '../files/cells/value-classes.ts';
import type { Duck } from '../files/duck/duck.ts';
import type { Examination } from '../files/examine.ts';
import type { Found } from '../files/records/read-records.ts';
import { faultOf, type Layout, type RecordKind, rawText } from '../files/records/record-kinds.ts';
import type { Marks } from '../files/records/split-record.ts';
import type { Passenger } from '../files/records/survey.ts';
import { type CellTaker, CellWalker } from '../files/records/walk-cells.ts';
import type { JudgedColumn } from '../files/types/columns.ts';
import type { OddCell, OddValue } from '../files/types/judge-cells.ts';
import { EarlyPiece, type RecordPlace } from './early-piece.ts';
import type { EarlyRejects } from './early-rejects.ts';
import { OddCells } from './odd-cells.ts';
import { isRefusal, type Stage } from './stage.ts';

const pieceBytes = 4 << 20;
/** No value takes more than twice its bytes and this. */
const mostAround = 24;
/** With a larger share of odd cells the other way is quicker. */
const mostOdd = 0.1;

/** True where the beginning of a file promises that its rows can be loaded while the rest is still looked at. */
export function canLoadEarly({ table, columns }: Examination, allText: boolean): boolean {
  if (!table.delimited) return false;
  return allText || columns.every(({ type, format }) => cellWriter(type, format) !== undefined);
}

export interface EarlyRequest {
  readonly stage: Stage;
  readonly duck: Duck;
  readonly columns: readonly JudgedColumn[];
  readonly marks: Marks;
  readonly allText: boolean;
  readonly rejects: EarlyRejects;
}

/**
 * Sends a file's sound records to the stage, each with its number, while records are still counted. A cell that is not at
 * once a value of its column's type waits for the end of its piece, when DuckDB judges it; whether the types are right is
 * known afterwards: `hold()` tells.
 */
export class EarlyRows implements Passenger, CellTaker {
  readonly #request: EarlyRequest;
  readonly #walker: CellWalker;
  readonly #readers: readonly CellReader[];
  readonly #cells: readonly ReadCell[];
  readonly #counts: CellCounts;
  readonly #misfits: Float64Array;
  readonly #odd: OddCells;
  #piece = new EarlyPiece(pieceBytes * 1.5);
  /** The one before, which may still be on its way. */
  #spare = new EarlyPiece(pieceBytes * 1.5);
  /** The rows of a piece that had odd cells, as they are sent. */
  readonly #settled = new BinaryPiece(pieceBytes);
  #sending: Promise<void> = Promise.resolve();
  #loaded = 0;
  #onTheWay = 0;
  #given = false;

  constructor(request: EarlyRequest) {
    const { columns, marks, allText } = request;
    this.#request = request;
    this.#walker = new CellWalker(marks, columns.length);
    this.#counts = new CellCounts(columns.length);
    this.#misfits = new Float64Array(columns.length);
    this.#odd = new OddCells(request.duck, columns, this.#counts);
    this.#readers = columns.map((column) => new CellReader(column, allText));
    this.#cells = this.#readers.map(({ read }) => read);
  }

  /** Rows handed over by now. */
  get rows(): number {
    return this.#loaded + this.#piece.rows + this.#onTheWay;
  }

  begin({ places }: Layout): void {
    this.#request.rejects.begin(places);
  }

  record(found: Found, kind: RecordKind): void {
    if (this.#given) return;
    if (kind === 'bad') this.#bad(found);
    if (kind !== 'good') return;
    const { start, end } = found.span;
    const piece = this.#piece;
    const columns = this.#cells.length;
    piece.binary.reserve((end - start) * 2 + mostAround * (columns + 1));
    piece.begin(columns + 1);
    this.#walker.walk(found, this);
    piece.end(() => placeOf(found));
  }

  #bad(found: Found): void {
    const cause = faultOf(found, this.#cells.length);
    this.#request.rejects.push({ ...placeOf(found), column: null, cause });
  }

  nothing(at: number): boolean {
    this.#piece.binary.int32(this.#request.allText ? 0 : -1);
    this.#counts.add(at, valueClass.missing);
    return true;
  }

  cell(at: number, from: Uint8Array, start: number, end: number): boolean {
    const kind = (this.#cells[at] as ReadCell)(from, start, end, this.#piece.binary);
    if (kind >= 0) this.#counts.add(at, kind);
    else this.#piece.wait(at, Buffer.from(from.subarray(start, end)).toString());
    return true;
  }

  async piece(): Promise<void> {
    if (this.#piece.binary.size > pieceBytes) await this.#send();
  }

  /** What the cells of columns read like, as far as no other look is needed to know their types. */
  counted(): CountedClasses | undefined {
    if (this.#given) return undefined;
    const { rows } = this;
    return {
      rows: rows + this.#request.rejects.misfits,
      counts: this.#counts.known(),
      misfits: this.#misfits,
    };
  }

  /** Sends what is left, so that all is counted. */
  async end(): Promise<void> {
    await this.#send();
    await this.#sending;
    if (!this.#given) await this.#odd.sort();
    await this.#request.rejects.flush();
  }

  /** True where every row went in, or to the rejects, as the whole file's types and names would have it. */
  hold(found: Examination): boolean {
    if (this.#given || this.#loaded + this.#request.rejects.misfits !== found.table.counts.good) return false;
    const shape = (columns: readonly FileColumn[]) =>
      JSON.stringify(columns.map(({ name, type, format = '' }) => [name, type, format]));
    return shape(found.columns) === shape(this.#request.columns);
  }

  /** The words in a column that were read as no value. */
  nullsIn(at: number): readonly { readonly marker: string; readonly cells: number }[] {
    return [...(this.#readers[at]?.found ?? [])].map(([marker, cells]) => ({ marker, cells }));
  }

  /** Waits for the piece on its way, so that the stage may be dropped. */
  async stop(): Promise<void> {
    this.#given = true;
    await this.#sending.catch(() => {});
  }

  /** Lets a piece go while the next is filled. */
  async #send(): Promise<void> {
    await this.#sending;
    const piece = this.#piece;
    if (!this.#given && piece.rows > 0) {
      [this.#piece, this.#spare] = [this.#spare, piece];
      this.#piece.clear();
      this.#onTheWay = piece.rows;
      this.#sending = this.#sent(piece);
      this.#sending.catch(() => {});
    }
    await this.#request.rejects.flushIfMany();
  }

  async #sent(piece: EarlyPiece): Promise<void> {
    const sound = piece.odd.length === 0 ? numbered(piece, this.#loaded + 1) : await this.#settle(piece);
    if (!sound) {
      this.#given = true;
      return;
    }
    const { binary, rows } = sound;
    try {
      if (rows > 0) await this.#request.stage.addBinary(binary.finished(), rows);
      this.#loaded += rows;
      this.#onTheWay = 0;
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      this.#given = true;
    }
  }

  /** Has the odd cells of a piece judged; the rows without those that do not fit, or nothing where this is no way. */
  async #settle(piece: EarlyPiece) {
    const { odd } = piece;
    const { columns, rejects } = this.#request;
    if (odd.length > Math.max(100, piece.rows * mostOdd)) return undefined;
    const values = await this.#odd.judge(odd);
    const decided = values.map((value, place) => this.#decided(value, odd[place] as OddCell));
    const to = this.#settled;
    to.clear();
    const settled = piece.settle(decided, (at) => (columns[at] as JudgedColumn).type, this.#loaded + 1, to);
    if (!settled) return undefined;
    for (const misfit of settled.misfits) rejects.pushMisfit(misfit, columns[misfit.at] as JudgedColumn);
    return { binary: to, rows: settled.rows };
  }

  /** A cell that does not fit becomes null where a person chose so. */
  #decided(value: OddValue, { at }: OddCell): OddValue {
    if (value !== undefined) return value;
    this.#misfits[at] = (this.#misfits[at] as number) + 1;
    return this.#request.columns[at]?.onMisfit === 'null' ? null : undefined;
  }
}

function numbered(piece: EarlyPiece, first: number) {
  piece.number(first);
  return { binary: piece.binary, rows: piece.rows };
}

const placeOf = (found: Found): RecordPlace => ({
  line: found.span.line,
  offset: found.offset + found.span.start,
  raw: rawText(found),
});
