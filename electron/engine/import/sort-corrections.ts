import { faultOf, kindOf, type Layout } from '../files/records/record-kinds.ts';
import { RecordScanner } from '../files/records/scan-records.ts';
import { type Cell, type Marks, type Mend, splitRecord, writeRecord } from '../files/records/split-record.ts';
import { writingOf } from '../files/records/writing.ts';
import type { ReadRecord } from '../files/table/define-format.ts';

/** A reject as it was corrected. */
export interface Correction {
  readonly ordinal: number;
  readonly text: string;
  /** The file that it stands in, where several are one table. */
  readonly file?: string | null | undefined;
}

/** How a record's cells become those of the table, where it is one of several files. */
export type Arrange = (cells: readonly Cell[]) => readonly Cell[];

/** Corrections that are one sound record each, written the standard way; and those that are not, with the reason. */
export interface SortedCorrections {
  readonly sound: readonly (Correction & { readonly record: string })[];
  readonly faulty: readonly (Correction & { readonly cause: string })[];
}

/** Sorts corrections by whether each is exactly one record of so many cells. */
export function sortCorrections(
  corrections: readonly Correction[],
  marks: Marks,
  width: number,
  arrange: Arrange = (cells) => cells,
): SortedCorrections {
  const sound: SortedCorrections['sound'][number][] = [];
  const faulty: SortedCorrections['faulty'][number][] = [];
  for (const correction of corrections) {
    const { cause, mend } = lookAt(correction.text, marks, width);
    if (cause !== undefined) faulty.push({ ...correction, cause });
    else {
      const cells = arrange(splitRecord(correction.text, marks, mend));
      sound.push({ ...correction, record: writeRecord(cells, ',') });
    }
  }
  return { sound, faulty };
}

/** The same for formats that have records of their own kind. */
export function sortRecords(
  corrections: readonly Correction[],
  read: (text: string) => ReturnType<ReadRecord>,
  arrange: Arrange = (cells) => cells,
): SortedCorrections {
  const sound: SortedCorrections['sound'][number][] = [];
  const faulty: SortedCorrections['faulty'][number][] = [];
  for (const correction of corrections) {
    const found = read(correction.text);
    if ('cause' in found) faulty.push({ ...correction, cause: found.cause });
    else sound.push({ ...correction, record: writeRecord(arrange(found.cells.map(asCell)), ',') });
  }
  return { sound, faulty };
}

const asCell = (cell: string | null) => ({ text: cell ?? '', quoted: cell !== null });

/** What keeps a text from being one sound record, and how it is to be read. */
function lookAt(text: string, marks: Marks, width: number): { cause: string | undefined; mend: Mend } {
  const buffer = Buffer.from(text);
  const writing = writingOf(marks, '', width);
  const layout = { width, writing, keepBlank: true } as Layout;
  const records: { cause: string | undefined; mend: Mend }[] = [];
  new RecordScanner(writing).scan(buffer, true, (span) => {
    const found = { buffer, span, offset: 0, clean: true };
    const kind = kindOf(found, layout);
    const cause = kind === 'blank' ? 'It is empty.' : kind === 'good' ? undefined : faultOf(found, width);
    records.push({ cause, mend: span.mend });
    return undefined;
  });
  const [only, more] = records;
  if (!only) return { cause: 'It is empty.', mend: 0 };
  return more ? { cause: 'It is more than one record.', mend: 0 } : only;
}
