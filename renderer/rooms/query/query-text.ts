import { type Statement, splitStatements } from '../../../shared/sql-lexer.ts';

/** A part of the text to run, and where it starts. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly whole: string;
}

/** What "run" means with this selection: the selected text, or else the statement the cursor is in or behind. */
export function pieceToRun(text: string, { from, to }: { from: number; to: number }): Piece {
  if (to > from) return { text: text.slice(from, to), start: from, whole: text };
  const statements = split(text);
  const inside = statements.find(({ start, stop }) => from >= start && from <= stop + 1);
  const before = statements.findLast(({ stop }) => stop < from);
  const chosen = inside ?? before ?? statements[0];
  return chosen ? { text: chosen.text, start: chosen.start, whole: text } : wholeText(text);
}

/** All of the text. */
export const wholeText = (text: string): Piece => ({ text, start: 0, whole: text });

/** A quote left open makes the whole text one piece; the engine says where. */
function split(text: string): Statement[] {
  try {
    return splitStatements(text);
  } catch {
    return [];
  }
}
