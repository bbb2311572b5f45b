import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { stopIfCancelled } from '../../../../shared/problem.ts';
import { PieceReader } from './read-pieces.ts';
import { RecordScanner } from './scan-records.ts';
import type { Span } from './span.ts';
import type { Writing } from './writing.ts';

/** A place in a file between two records. */
export interface Place {
  readonly offset: number;
  readonly line: number;
}

/** One record as it is handed out; valid only during the call. */
export interface Found {
  readonly buffer: Buffer;
  readonly span: Span;
  /** Where the buffer starts in the file. */
  readonly offset: number;
  /** False where the record must be looked at for bytes that are not UTF-8. */
  readonly clean: boolean;
}

export interface ReadOptions {
  readonly path: string;
  readonly writing: Writing;
  readonly from: Place;
  /** Reads no byte from here on; a record cut by it is left out. */
  readonly upTo?: number;
  /** `upTo` is the end of a record: none is cut by it. */
  readonly whole?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Awaited after each piece of the file. */
  readonly onPiece?: (offset: number) => Promise<void> | void;
}

/** Reads a file's records in order, in flat memory. `record` returns false to stop. Returns where it stopped. */
export async function readRecords(
  options: ReadOptions,
  record: (found: Found) => boolean | undefined,
): Promise<Place> {
  const { path, writing, from, upTo = Number.POSITIVE_INFINITY, whole, signal, onPiece } = options;
  const scanner = new RecordScanner(writing, from.line);
  const file = await open(path, 'r');
  const pieces = new PieceReader(file, from.offset, upTo);
  let offset = from.offset;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for (;;) {
      stopIfCancelled(signal);
      const { buffer, ended } = await pieces.next(rest);
      const clean = isUtf8(buffer);
      let stopped = false;
      const last = ended && (!pieces.isCut || whole === true);
      const used = scanner.scan(buffer, last, (span) => {
        stopped = record({ buffer, span, offset, clean }) === false;
        return !stopped;
      });
      offset += used;
      rest = buffer.subarray(used);
      await onPiece?.(offset);
      if (ended || stopped) return { offset, line: scanner.line };
    }
  } finally {
    await file.close();
  }
}

/** The text of a record, as it stands in the file. */
export const recordText = ({ buffer, span }: Pick<Found, 'buffer' | 'span'>): string =>
  buffer.toString('utf8', span.start, span.end);
