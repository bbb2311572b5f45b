import type { FirstRecords } from './first-records.ts';
import { LastRecords } from './last-records.ts';
import type { Found, Place } from './read-records.ts';
import { kindOf, type Layout, type RecordKind } from './record-kinds.ts';
import { seen } from './span.ts';
import { type Ending, Tail } from './tail.ts';

/** Good records between two remembered places. */
export const stride = 1024;
const mostForeign = 64 << 10;

/** Adds up the records of a file. */
export class Count {
  readonly kinds = { good: 0, bad: 0, blank: 0, comment: 0, header: 0 };
  readonly places: Place[] = [];
  readonly #layout: Layout;
  readonly #aside: FirstRecords;
  readonly #tail: Tail;
  readonly #last: LastRecords | undefined;
  #foreign: Buffer[] = [];
  #foreignBytes = 0;
  odd = 0;
  lf = 0;
  crlf = 0;
  cr = 0;
  longest = 0;

  constructor(layout: Layout, aside: FirstRecords) {
    this.#layout = layout;
    this.#aside = aside;
    this.#tail = new Tail(layout);
    this.#last = layout.footerLines === undefined ? undefined : new LastRecords(layout.footerLines);
  }

  /** Counts a record and says what it is. */
  add(found: Found): RecordKind {
    const { span, offset } = found;
    if (span.flags & seen.lf) this.lf++;
    else if (span.flags & seen.crlf) this.crlf++;
    else if (span.flags & seen.cr) this.cr++;
    if (span.next - span.start > this.longest) this.longest = span.next - span.start;
    const kind = kindOf(found, this.#layout);
    if (kind === 'good') {
      if (this.kinds.good % stride === 0) {
        this.places.push({ offset: offset + span.start, line: span.line });
      }
      if (span.flags & seen.odd) this.odd++;
    } else if (kind === 'bad' && !found.clean) this.#keepForeign(found);
    else if (kind === 'comment') this.#aside.note('comment', found);
    else if (kind === 'header') this.#aside.note('repeated', found);
    this.kinds[kind]++;
    if (this.#last) this.#last.note(found, kind);
    else if (kind !== 'good' || !this.#tail.isPassed(found)) this.#tail.note(found, kind);
    return kind;
  }

  #keepForeign({ buffer, span }: Found) {
    if (this.#foreignBytes > mostForeign) return;
    const bytes = Buffer.from(buffer.subarray(span.start, Math.min(span.next, span.start + mostForeign)));
    this.#foreign.push(bytes);
    this.#foreignBytes += bytes.length;
  }

  get foreign(): Buffer {
    return Buffer.concat(this.#foreign);
  }

  get ending(): Ending | undefined {
    return this.#last ? this.#last.ending() : this.#tail.ending(this.kinds.good);
  }
}
