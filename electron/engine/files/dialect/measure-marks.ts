import { type CellKind, cellKind, valued, worthOf } from '../header/cell-kind.ts';
import { RecordScanner } from '../records/scan-records.ts';
import { seen } from '../records/span.ts';
import { type Cell, type Marks, type Mend, splitRecord, usualDelimiters } from '../records/split-record.ts';
import { writingOf } from '../records/writing.ts';
import type { Sample } from './sample-file.ts';
import { firstWidth } from './tables-above.ts';

/** A record of the head, read one way. */
export interface HeadRecord {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly cells: number;
  readonly sound: boolean;
  /** From 0 to 1: 1 where it is read by the rules alone. */
  readonly ease: number;
  readonly mend: Mend;
}

/** How well a way of writing explains a file. */
export interface Fit {
  readonly marks: Marks;
  /** Cells of most records. */
  readonly width: number;
  /** Records looked at, in all places; without what stands before and after the table. */
  readonly records: number;
  /** Records with `width` cells and no quote that cannot be read. */
  readonly agreeing: number;
  /** From 0 to 1: how much the cells read like values of columns. */
  readonly worth: number;
  readonly places: number;
  /** All records of the head, remarks left out, and before them those that a person has passed over. */
  readonly head: readonly HeadRecord[];
  readonly above: readonly HeadRecord[];
  readonly score: number;
  /** Every record has several cells, as many as all others, and each quote stands where the rules want it. */
  readonly flawless: boolean;
  /** Cells of a column are words of which none is a value: what is cut may be a text. */
  readonly wordy: boolean;
}

export interface MeasureOptions {
  readonly prior: number;
  readonly comment: string;
  readonly skipLines?: number | undefined;
}

const judgedRows = 120;

/** Reads a sample one way and says how well that went. */
export function measureMarks(sample: Sample, marks: Marks, options: MeasureOptions): Fit {
  const { head, pieces, whole } = sample;
  const { prior, comment, skipLines = 0 } = options;
  const first = scanHead(head, marks, comment, whole).filter(({ line }) => line > skipLines);
  const cells = (record: HeadRecord) => headCells(head, record, marks).map(({ text }) => text);
  const said = options.skipLines === undefined ? undefined : firstWidth(head, first, cells);
  const width = said ?? mainWidth(first);
  const scanned = scanHead(head, marks, comment, whole, width);
  const records = scanned.filter(({ line }) => line > skipLines);
  const above = scanned.slice(0, scanned.length - records.length);
  const block = within(records, width);
  // A cell that goes on beyond the head may fill the other places too: they say nothing then.
  const further = pieces
    .map((piece, at) => measurePiece(piece, marks, comment, width, at === pieces.length - 1))
    .filter(({ agreeing }) => agreeing > 0 || !endsOpen(head, records));
  const measured = [count(block, width), ...further];
  const [total, agreeing, eased] = (['records', 'agreeing', 'eased'] as const).map((key) =>
    measured.reduce((sum, piece) => sum + piece[key], 0),
  ) as [number, number, number];
  const rows = cellsOf(head, marks, block, width);
  const kinds = kindsOf(rows);
  const worth = worthOf(kinds, width);
  const share = total === 0 ? 0 : eased / total;
  // Where the table is said to start here, what follows it need not be of it.
  const all = said === undefined ? records.length : block.length;
  const coverage = all === 0 ? 0 : Math.sqrt(block.length / all);
  const doubtful = standsAlone(records, width, marks) || (cutsWords(kinds, width, marks) && !areQuoted(rows));
  const score = prior * (doubtful ? 0.5 : 1) * (1 - 0.5 / width) * share ** 2 * coverage * worth;
  const places = 1 + pieces.length;
  const flawless = width > 1 && share === 1 && coverage === 1;
  const wordy = hasWords(kinds, width);
  return {
    marks,
    width,
    records: total,
    agreeing,
    worth,
    places,
    head: records,
    above,
    score,
    flawless,
    wordy,
  };
}

/** One name right above rows that an unusual sign would cut, such as `phone` over `(922) 535-4677`: it stands in their one cell. */
const standsAlone = ([first, second]: readonly HeadRecord[], width: number, { delimiter }: Marks): boolean =>
  width > 1 &&
  first?.cells === 1 &&
  second?.cells === width &&
  !usualDelimiters.includes(delimiter[0] as string);

const isValued = (kind: CellKind | undefined) => kind !== undefined && valued.includes(kind);

/** Names and other texts of two or three words each: a space is a delimiter where some column holds values. */
const cutsWords = (kinds: readonly CellKind[][], width: number, { delimiter }: Marks): boolean =>
  delimiter === ' ' && (width === 2 || width === 3) && !kinds.some((row) => row.some(isValued));

/** Most rows have a cell in quotes: what stands outside of these is no part of a text. */
const areQuoted = (rows: readonly (readonly Cell[])[]): boolean =>
  rows.filter((row) => row.some(({ quoted }) => quoted)).length * 2 > rows.length;

/** True where a column holds words, and no value. */
const hasWords = (kinds: readonly CellKind[][], width: number): boolean =>
  Array.from({ length: width }, (_, at) => at).some(
    (at) =>
      kinds.some((row) => row[at] === 'word' || row[at] === 'text') &&
      !kinds.some((row) => isValued(row[at])),
  );

const longCell = 64 << 10;

const endsOpen = (head: Buffer, records: readonly HeadRecord[]): boolean =>
  head.length - (records.at(-1)?.end ?? 0) > longCell;

function count(block: readonly HeadRecord[], width: number) {
  const agreeing = block.filter((record) => agrees(record, width));
  const eased = agreeing.reduce((sum, { ease }) => sum + ease, 0);
  return { records: block.length, agreeing: agreeing.length, eased };
}

const agrees = ({ cells, sound }: HeadRecord, width: number) => cells === width && sound;

function scanHead(head: Buffer, marks: Marks, comment: string, whole: boolean, width?: number): HeadRecord[] {
  const found: HeadRecord[] = [];
  const scanner = new RecordScanner(writingOf(marks, comment, width));
  scanner.scan(head, whole, ({ start, end, line, cells, flags, mend }) => {
    const sound = (flags & (seen.openQuote | seen.nul)) === 0;
    const ease = mend === 0 ? (flags & seen.stray ? 0.9 : 1) : 0.8;
    if (end > start && !(flags & seen.comment)) found.push({ start, end, line, cells, sound, ease, mend });
    return undefined;
  });
  return found;
}

/** The cells of a record of the head. */
export const headCells = (head: Buffer, { start, end, mend }: HeadRecord, marks: Marks): readonly Cell[] =>
  splitRecord(head.toString('utf8', start, end), marks, mend);

/** The width that most records have; of two tables in one file, the larger one's. */
function mainWidth(records: readonly HeadRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells, sound } of records) counts.set(cells, (counts.get(cells) ?? 0) + (sound ? 1 : 0.5));
  const [best] = [...counts].sort(([a, n], [b, m]) => m - n || b - a);
  const [first] = records;
  // Where no two records are of one width, the names say how wide rows should be.
  if (first && first.cells > 1 && records.length > 2 && best?.[1] === 1) return first.cells;
  return best?.[0] ?? 1;
}

/** From the first record of this width to the last one: notes before and after a table say nothing of its writing. */
function within(records: readonly HeadRecord[], width: number): readonly HeadRecord[] {
  const fits = (record: HeadRecord) => agrees(record, width);
  return records.slice(Math.max(0, records.findIndex(fits)), records.findLastIndex(fits) + 1);
}

const lost = 50;

/** A piece may start inside a quoted cell: what comes before its first sound row is passed over. */
function measurePiece(piece: Buffer, marks: Marks, comment: string, width: number, last: boolean) {
  const records = scanHead(piece, marks, comment, last, width);
  const from = records.slice(0, lost).findIndex((record) => agrees(record, width));
  const block = last ? within(records, width) : records.slice(Math.max(0, from));
  return count(block, width);
}

const kindsOf = (rows: readonly (readonly Cell[])[]): CellKind[][] =>
  rows.map((row) => row.map(({ text, quoted }) => cellKind(text, quoted)));

/** Cells of rows from the whole head. */
function cellsOf(head: Buffer, marks: Marks, block: readonly HeadRecord[], width: number) {
  const body = block.length > 3 ? block.slice(1) : block;
  const step = Math.max(1, Math.ceil(body.length / judgedRows));
  return body
    .filter((record, at) => at % step === 0 && record.cells === width)
    .map((record) => headCells(head, record, marks));
}
