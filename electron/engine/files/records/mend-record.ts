import { type Marks, type Mend, type ReadRecord, readRecord } from './split-record.ts';

/** A record that the rules do not fit, read the one way that gives it the cells of all others. */
export interface Mended {
  readonly mend: Mend;
  readonly end: number;
  readonly cells: number;
}

/**
 * Looks for the one reading of a record with stray quotes that gives it `width` cells; none where there is no such
 * reading, or more than one. `whole`: the text is not cut at its end.
 */
export function mendRecord(text: string, marks: Marks, width: number, whole: boolean): Mended | undefined {
  const plain = readRecord(text, 0, marks, 0);
  const mends: Mend[] = plain.doubtful.map((cell) => cell + 1);
  if (marks.escape === marks.quote) mends.push(text.includes(`\\${marks.quote}`) ? -2 : -1);
  const fitting = mends.flatMap((mend) => {
    const read = readRecord(text, 0, marks, mend);
    return fits(read, text, width, whole) ? [{ mend, end: read.end, cells: width }] : [];
  });
  const [first] = fitting;
  if (fitting.length < 2) return first;
  const shortest = Math.min(...fitting.map(({ end }) => end));
  const oneLine = fitting.filter(({ end }) => end === shortest && !/[\r\n]/.test(text.slice(0, end)));
  return oneLine.length === 1 ? oneLine[0] : undefined;
}

const fits = ({ cells, open, end }: ReadRecord, text: string, width: number, whole: boolean) =>
  cells.length === width && !open && (whole || end < text.length);

const wanted = 8;

/** True where what follows a mended record reads like rows: a stray quote, not a long cell with many lines. */
export function rowsFollow(text: string, from: number, marks: Marks, width: number): boolean {
  let at = from;
  for (let rows = 0; rows < wanted; rows++) {
    while (text[at] === '\r' || text[at] === '\n') at++;
    const { cells, open, end } = readRecord(text, at, marks, 0);
    if (open || end >= text.length) return rows > wanted / 2;
    if (cells.length !== width) return false;
    at = end;
  }
  return true;
}
