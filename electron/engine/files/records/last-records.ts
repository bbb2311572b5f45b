import type { Found, Place } from './read-records.ts';
import type { RecordKind } from './record-kinds.ts';
import type { Ending } from './tail.ts';

/** Remembers the last records of a file, of which a person said that they are no rows. */
export class LastRecords {
  readonly #most: number;
  #records: { readonly kind: RecordKind; readonly place: Place }[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  note({ span, offset }: Found, kind: RecordKind): void {
    if (this.#most === 0 || kind === 'comment' || kind === 'header') return;
    this.#records.push({ kind, place: { offset: offset + span.start, line: span.line } });
    if (this.#records.length > this.#most * 2 + 1000) this.#records = this.#records.slice(-this.#most - 500);
  }

  ending(): Ending | undefined {
    // Blank lines behind the last of them are none of them.
    const end = this.#records.findLastIndex(({ kind }) => kind !== 'blank') + 1;
    const last = this.#records.slice(Math.max(0, end - this.#most), end);
    const [first] = last;
    if (!first) return undefined;
    const of = (wanted: RecordKind) => last.filter(({ kind }) => kind === wanted).length;
    const counted = { good: of('good'), bad: of('bad'), blank: of('blank') };
    return { place: first.place, footer: last.length, otherTable: 0, counted, tables: [] };
  }
}
