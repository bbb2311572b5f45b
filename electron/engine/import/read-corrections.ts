import { formats } from '../files/recognise.ts';
import type { Cell } from '../files/records/split-record.ts';
import { respellText, type Spelling, spellingOf, standardMarks } from '../files/spelling/spelling.ts';
import type { PartWriting } from '../files/table/file-table.ts';
import { readWriting } from './imported-format.ts';
import type { RetriedImport } from './retry.ts';
import { type Correction, type SortedCorrections, sortCorrections, sortRecords } from './sort-corrections.ts';

const standard = { delimiter: ',', quote: '"', escape: '"' };

/** Reads corrected rejects as their files are written; of several files that are one table, each in its own way. */
export function readCorrections(
  { columns, dialect: writing }: RetriedImport,
  corrections: readonly Correction[],
): SortedCorrections {
  const { dialect, format } = readWriting(writing);
  const files = [...new Set(corrections.map(({ file }) => file ?? null))];
  const sorted = files.map((file) => {
    const own = corrections.filter((one) => (one.file ?? null) === file);
    const part = file === null ? undefined : writing.parts?.[file];
    const { kind, settings } = part ?? format;
    const readRecord = formats.get(kind)?.readRecord;
    if (readRecord)
      return sortRecords(own, (text) => readRecord(text, columns, settings), inFile(file, columns.length));
    const spelling = part ? part.spelling : dialect ? spellingOf(dialect) : undefined;
    const marks = spelling ? standardMarks(spelling) : ((part ? part.marks : dialect) ?? standard);
    const width = part ? part.places.length : columns.length;
    const arrange = part ? inPart(part, file, columns.length) : undefined;
    return asWritten(own, spelling, (written) => sortCorrections(written, marks, width, arrange));
  });
  return { sound: sorted.flatMap(({ sound }) => sound), faulty: sorted.flatMap(({ faulty }) => faulty) };
}

/** Corrections are written as their file is, and told as they were written. */
function asWritten(
  own: readonly Correction[],
  spelling: Spelling | undefined,
  sort: (corrections: readonly Correction[]) => SortedCorrections,
): SortedCorrections {
  if (!spelling) return sort(own);
  const { sound, faulty } = sort(own.map((one) => ({ ...one, text: respellText(one.text, spelling) })));
  const texts = new Map(own.map(({ ordinal, text }) => [ordinal, text]));
  const textOf = ({ ordinal }: Correction) => texts.get(ordinal) ?? '';
  return {
    sound: sound.map((one) => ({ ...one, text: textOf(one) })),
    faulty: faulty.map((one) => ({ ...one, text: textOf(one) })),
  };
}

const nothing: Cell = { text: '', quoted: false };
const named = (file: string | null): Cell => ({ text: file ?? '', quoted: file !== null });

/** The last column of several files is `_file`. */
const inFile = (file: string | null, width: number) => (cells: readonly Cell[]) =>
  file === null ? cells : [...cells.slice(0, width - 1), named(file)];

/** A file has columns of its own, in an order of its own. */
const inPart =
  ({ places }: PartWriting, file: string | null, width: number) =>
  (cells: readonly Cell[]) => {
    const row = Array<Cell>(width).fill(nothing);
    for (const [at, place] of places.entries()) row[place] = cells[at] ?? nothing;
    row[width - 1] = named(file);
    return row;
  };
