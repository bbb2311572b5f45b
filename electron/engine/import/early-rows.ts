import type { FileColumn } from '../../../shared/contract/files.ts';
import type { Examination } from '../files/examine.ts';
import { type Found, recordText } from '../files/read-records.ts';
import type { RecordKind } from '../files/record-kinds.ts';
import { seen } from '../files/span.ts';
import { type Marks, splitRecord, writeRecord } from '../files/split-record.ts';
import type { Passenger } from '../files/survey.ts';
import { isRefusal, type Stage } from './stage.ts';

const pieceBytes = 2 << 20;
const numberBytes = 17;

/** True where a column's cells can go to COPY as they stand in the file. */
const isAsWritten = ({ type, format, disagreeing, bare }: Examination['columns'][number]) =>
  type === 'text' || (bare && !format && disagreeing === 0);

/** True where the beginning of a file promises that its rows can be loaded while the rest is still looked at. */
export function canLoadEarly({ table, columns }: Examination, allText: boolean): boolean {
  if (!table.delimited) return false;
  const { sniffed } = table.delimited;
  const { delimiter, quote, escape: escaping } = sniffed.marks;
  const standard = quote === '"' && escaping === '"' && Buffer.byteLength(delimiter) === 1;
  return standard && (allText || columns.every(isAsWritten));
}

/**
 * Sends a file's sound records to the stage as they stand, each behind its number, while records are still counted and
 * types judged. Whether that was right is known afterwards: `hold()` tells.
 */
export class EarlyRows implements Passenger {
  readonly #stage: Stage;
  readonly #columns: readonly FileColumn[];
  readonly #marks: Marks;
  readonly #allText: boolean;
  #piece = Buffer.allocUnsafeSlow(pieceBytes * 2);
  /** The one before, which may still be on its way. */
  #spare = Buffer.allocUnsafeSlow(pieceBytes * 2);
  #size = 0;
  #inPiece = 0;
  #copying: Promise<void> = Promise.resolve();
  #rows = 0;
  #given = false;

  constructor(stage: Stage, columns: readonly FileColumn[], marks: Marks, allText: boolean) {
    this.#stage = stage;
    this.#columns = columns;
    this.#marks = marks;
    this.#allText = allText;
  }

  /** Rows handed over by now. */
  get rows(): number {
    return this.#rows;
  }

  record(found: Found, kind: RecordKind): void {
    if (kind !== 'good' || this.#given) return;
    const { start, end, flags } = found.span;
    const odd = (flags & seen.odd) !== 0 ? this.#rewritten(found) : undefined;
    this.#makeRoom((odd?.length ?? end - start) + numberBytes + 2);
    this.#rows++;
    this.#inPiece++;
    this.#writeNumber(this.#rows);
    this.#piece[this.#size++] = this.#delimiter;
    this.#size += odd
      ? odd.copy(this.#piece, this.#size)
      : found.buffer.copy(this.#piece, this.#size, start, end);
    if (!odd) this.#piece[this.#size++] = 10;
  }

  async piece(): Promise<void> {
    if (this.#size > pieceBytes) await this.#send();
  }

  /** Sends what is left; true where every row went in as the whole file's types and names would have it. */
  async hold(found: Examination): Promise<boolean> {
    await this.#send();
    await this.#copying;
    if (this.#given || this.#rows !== found.table.counts.good) return false;
    const shape = (columns: readonly FileColumn[]) =>
      JSON.stringify(columns.map(({ name, type }) => [name, type]));
    const asWritten = this.#allText || found.columns.every(isAsWritten);
    return asWritten && shape(found.columns) === shape(this.#columns);
  }

  /** Waits for the piece on its way, so that the stage may be dropped. */
  async stop(): Promise<void> {
    this.#given = true;
    await this.#copying.catch(() => {});
  }

  async #send(): Promise<void> {
    await this.#copying;
    if (this.#inPiece === 0 || this.#given) return;
    const marks = this.#marks;
    const bytes = this.#piece.subarray(0, this.#size);
    this.#copying = this.#stage
      .addWritten(bytes, this.#inPiece, marks.delimiter, this.#allText)
      .catch((thrown) => {
        if (!isRefusal(thrown)) throw thrown;
        this.#given = true;
      });
    this.#copying.catch(() => {});
    [this.#piece, this.#spare] = [this.#spare, this.#piece];
    this.#size = 0;
    this.#inPiece = 0;
  }

  get #delimiter(): number {
    return this.#marks.delimiter.charCodeAt(0);
  }

  #rewritten(found: Found): Buffer {
    const marks = this.#marks;
    return Buffer.from(writeRecord(splitRecord(recordText(found), marks, found.span.mend), marks.delimiter));
  }

  #makeRoom(bytes: number): void {
    if (this.#size + bytes <= this.#piece.length) return;
    const larger = Buffer.allocUnsafeSlow((this.#size + bytes) * 2);
    this.#piece.copy(larger, 0, 0, this.#size);
    this.#piece = larger;
  }

  /** In decimal, by hand: a string for each row would take longer than its COPY. */
  #writeNumber(number: number): void {
    let digits = 1;
    for (let power = 10; power <= number; power *= 10) digits++;
    let rest = number;
    for (let at = this.#size + digits - 1; at >= this.#size; at--) {
      const tenth = Math.floor(rest / 10);
      this.#piece[at] = 48 + rest - tenth * 10;
      rest = tenth;
    }
    this.#size += digits;
  }
}
