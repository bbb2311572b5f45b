import { open } from 'node:fs/promises';
import { type FilePlaces, inFile, type Placed } from '../encoding/decoded-places.ts';
import { keptText } from '../records/record-kinds.ts';
import { cutRecords } from './cut-records.ts';
import type { Spelling } from './spelling.ts';

/** A place between two records. */
export interface Mark {
  readonly copied: number;
  readonly offset: number;
  readonly line: number;
}

interface Origin extends Mark {
  readonly raw: string;
}

/** Where the records of a copy in the standard writing stand in the file, and what they are there. */
export class RespelledPlaces implements FilePlaces {
  readonly #path: string;
  readonly #spelling: Spelling;
  /** Those of the file itself, if it is a decoded copy. */
  readonly #before: FilePlaces | undefined;
  readonly #marks: Mark[] = [];

  constructor(path: string, spelling: Spelling, before: FilePlaces | undefined) {
    this.#path = path;
    this.#spelling = spelling;
    this.#before = before;
  }

  /** In order; the last one stands behind the last record. */
  note(mark: Mark): void {
    this.#marks.push(mark);
  }

  async inFile<R extends Placed>(records: readonly R[]): Promise<readonly R[]> {
    let [origins, from]: [readonly Origin[], number] = [[], -1];
    const found: R[] = [];
    for (const record of records) {
      const copied = record.offset ?? 0;
      const at = this.#markBefore(copied);
      if (at !== from) [origins, from] = [await this.#originsFrom(at), at];
      const { offset, line, raw } = origins.findLast((one) => one.copied <= copied) ?? {
        ...record,
        offset: copied,
      };
      found.push({ ...record, offset, line, raw });
    }
    return inFile(found, this.#before);
  }

  #markBefore(copied: number): number {
    let [low, high] = [0, this.#marks.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#marks[middle] as Mark).copied <= copied) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async #originsFrom(at: number): Promise<Origin[]> {
    const [mark, next] = this.#marks.slice(at, at + 2);
    if (!mark || !next) return [];
    const length = next.offset - mark.offset;
    const file = await open(this.#path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, mark.offset);
      const origins: Origin[] = [];
      let { copied, line } = mark;
      for (const record of cutRecords(buffer.toString('latin1', 0, bytesRead), this.#spelling, true)) {
        origins.push({
          copied,
          offset: mark.offset + record.start,
          line,
          raw: keptText(Buffer.from(record.raw, 'latin1').toString('utf8')),
        });
        copied += record.copy.length;
        line += record.lines;
      }
      return origins;
    } finally {
      await file.close();
    }
  }
}
