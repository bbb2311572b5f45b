import type { LeftOut } from '../../../../shared/contract/formats.ts';
import type { Placed } from '../encoding/decoded-places.ts';
import type { Found } from './read-records.ts';
import { rawText } from './record-kinds.ts';

/** More records of a kind are counted only. */
export const mostTold = 3;

/** Remembers the first records of each kind that are no rows, to tell what they are. */
export class FirstRecords {
  readonly #records = new Map<LeftOut['kind'], Placed[]>();

  /** Blank lines say nothing. */
  note(kind: LeftOut['kind'], found: Found): void {
    const known = this.#records.get(kind) ?? [];
    if (known.length >= mostTold) return;
    const raw = rawText(found);
    if (raw.trim() === '') return;
    known.push({ offset: found.offset + found.span.start, line: found.span.line, raw });
    this.#records.set(kind, known);
  }

  /** The first records of a kind, in order. */
  of(kind: LeftOut['kind']): readonly Placed[] {
    return this.#records.get(kind) ?? [];
  }
}
