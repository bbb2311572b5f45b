import { type FilePlaces, inFile } from '../files/encoding/decoded-places.ts';
import type { JudgedColumn } from '../files/types/columns.ts';
import { misfitCause } from '../files/types/read-cells.ts';
import type { Misfit } from './early-piece.ts';
import type { RejectSpool, SpooledReject } from './spool-rejects.ts';

const many = 256;

/** Rejects found while records are still counted; whether they are any is known afterwards. */
export class EarlyRejects {
  readonly #spool: RejectSpool;
  #places: FilePlaces | undefined;
  #waiting: SpooledReject[] = [];
  #misfits = 0;

  constructor(spool: RejectSpool) {
    this.#spool = spool;
  }

  /** Rows with a cell that does not fit. */
  get misfits(): number {
    return this.#misfits;
  }

  /** Where the bytes that are read stand in the file, if it was decoded first. */
  begin(places: FilePlaces | undefined): void {
    this.#places = places;
  }

  push(reject: SpooledReject): void {
    this.#waiting.push(reject);
  }

  pushMisfit({ line, offset, raw, text }: Misfit, column: JudgedColumn): void {
    this.#misfits++;
    this.#waiting.push({ line, offset, raw, column: column.name, cause: misfitCause(column, text) });
  }

  async flushIfMany(): Promise<void> {
    if (this.#waiting.length >= many) await this.flush();
  }

  async flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    await this.#spool.add(await inFile(waiting, this.#places));
    await this.#spool.flush();
  }
}
