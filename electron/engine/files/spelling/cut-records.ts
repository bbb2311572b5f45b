import { isLeftOut, isUnfinished, respell, type Spelling } from './spelling.ts';

/** A record of a file and what it is in the standard writing; bytes, a character each. */
export interface RespelledRecord {
  readonly start: number;
  readonly next: number;
  readonly lines: number;
  readonly raw: string;
  readonly copy: string;
}

/** A record that goes on over more lines than that is a line by itself. */
const mostLines = 1000;

/** Cuts a piece of a file into its records; what is not whole at its end is left, unless nothing follows. */
export function* cutRecords(piece: string, spelling: Spelling, last: boolean): Generator<RespelledRecord> {
  let start = 0;
  while (start < piece.length) {
    const first = lineFrom(piece, start, last);
    if (!first) return;
    let end = first;
    let lines = 1;
    while (lines < mostLines && end.at < piece.length && isUnfinished(piece.slice(start, end.at), spelling)) {
      const more = lineFrom(piece, end.next, last);
      if (!more) break;
      end = more;
      lines++;
    }
    const open = isUnfinished(piece.slice(start, end.at), spelling);
    if (open && !last && lines < mostLines) return;
    if (open) [end, lines] = [first, 1];
    const raw = piece.slice(start, end.at);
    const copy = isLeftOut(raw, spelling) ? '' : respell(raw, spelling) + piece.slice(end.at, end.next);
    yield { start, next: end.next, lines, raw, copy };
    start = end.next;
  }
}

/** Where the line ends and the next begins; undefined where that cannot be told yet. */
function lineFrom(piece: string, from: number, last: boolean): { at: number; next: number } | undefined {
  if (from >= piece.length) return undefined;
  const lf = piece.indexOf('\n', from);
  const end = lf < 0 ? piece.length : lf;
  const cr = piece.slice(from, end).indexOf('\r');
  if (cr >= 0) {
    const at = from + cr;
    if (at + 1 < piece.length || last) return { at, next: piece[at + 1] === '\n' ? at + 2 : at + 1 };
    return undefined;
  }
  if (lf >= 0) return { at: lf, next: lf + 1 };
  return last ? { at: end, next: end } : undefined;
}
