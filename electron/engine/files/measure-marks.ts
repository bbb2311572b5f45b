import { RecordScanner, seen } from './scan-records.ts';
import { type Marks, splitRecord } from './split-record.ts';
import { writingOf } from './writing.ts';

/** How well a way of writing explains the head of a file. */
export interface Fit {
  readonly marks: Marks;
  /** Cells of most records. */
  readonly width: number;
  readonly records: number;
  /** Records with `width` cells and no stray quote. */
  readonly agreeing: number;
  /** Physical lines before the first record that belongs to the table. */
  readonly skipLines: number;
  /** The first records from there, as cells. */
  readonly first: readonly (readonly string[])[];
  readonly score: number;
}

interface Seen {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly cells: number;
  readonly sound: boolean;
}

export interface MeasureOptions {
  readonly carriageReturn: boolean;
  /** False where the head is cut somewhere. */
  readonly whole: boolean;
  readonly skipLines?: number | undefined;
}

const kept = 20;

/** Reads the head of a file one way and says how well that went. */
export function measureMarks(head: Buffer, marks: Marks, options: MeasureOptions): Fit {
  const all = scanHead(head, marks, options);
  const given = options.skipLines;
  const wanted = given === undefined ? all : all.filter(({ line }) => line > given);
  const width = mostCommon(wanted.map(({ cells }) => cells));
  const cut = given === undefined ? preambleOf(wanted, width, (found) => cellsOf(head, found, marks)) : 0;
  const records = wanted.slice(cut);
  const agreeing = records.filter(({ cells, sound }) => cells === width && sound).length;
  const first = records.slice(0, kept).map((found) => cellsOf(head, found, marks));
  const skipLines = given ?? (cut > 0 ? (records[0]?.line ?? 1) - 1 : 0);
  const share = records.length === 0 ? 0 : agreeing / records.length;
  const headFits = records[0]?.cells === width;
  const score = width > 1 ? share * (headFits ? 1 : 0.6) : share * 0.85;
  return { marks, width, records: records.length, agreeing, skipLines, first, score };
}

function scanHead(head: Buffer, marks: Marks, { carriageReturn, whole }: MeasureOptions): Seen[] {
  const found: Seen[] = [];
  const scanner = new RecordScanner(writingOf(marks, carriageReturn));
  const broken = seen.openQuote | seen.textAfterQuote | seen.nul;
  scanner.scan(head, whole, ({ start, end, line, cells, flags }) => {
    const sound = (flags & broken) === 0 && (!(flags & seen.odd) || marks.quote === '');
    if (end > start) found.push({ start, end, line, cells, sound });
    return undefined;
  });
  return found;
}

const cellsOf = (head: Buffer, { start, end }: Seen, marks: Marks) =>
  splitRecord(head.toString('utf8', start, end), marks).map(({ text }) => text);

function mostCommon(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [best] = [...counts].sort(([a, n], [b, m]) => m - n || b - a);
  return best?.[0] ?? 1;
}

/** How many records stand before the table: titles and notes, far narrower than a header that follows them. */
function preambleOf(
  records: readonly Seen[],
  width: number,
  cells: (found: Seen) => readonly string[],
): number {
  const at = records.findIndex((found) => found.cells === width);
  const before = records.slice(0, at);
  const header = records[at];
  if (at < 1 || at > kept || !header || !records[at + 1]) return 0;
  const narrow = width > 2 && before.every((found) => found.cells * 2 <= width);
  return narrow && cells(header).every((cell) => cell !== '' && !looksLikeValue(cell)) ? at : 0;
}

/** True for a cell that reads like data rather than like a column's name. */
export const looksLikeValue = (cell: string): boolean =>
  /^\s*[-+]?[$€£]?\d[\d.,:/ -]*%?\s*$/.test(cell) ||
  /^\d{4}-\d{2}-\d{2}/.test(cell) ||
  /^(true|false|null|n\/a)$/i.test(cell) ||
  /^\S+@\S+\.\S+$/.test(cell) ||
  /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(cell);
