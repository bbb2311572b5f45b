import type { Dialect } from '../../../../shared/contract/files.ts';
import { alignedDelimiter, fromAligned } from './aligned.ts';
import { fromBackslashes, goesOn } from './backslashes.ts';
import { boxDelimiter, fromBox, goesOnBelow, isDrawn } from './boxes.ts';
import { asBytes } from './cells.ts';
import { fromQuotedLine, isOpen } from './quoted-lines.ts';
import { fromTypographic } from './typographic.ts';

/** How cells are told apart in a file that the standard writing does not fit. */
export interface Spelling {
  readonly kind: Exclude<NonNullable<Dialect['spelling']>, 'plain'>;
  readonly delimiter: string;
  /** Where columns that stand one below the other begin, in characters. */
  readonly starts?: readonly number[] | undefined;
  /** One column: a drawn line, copied as an empty one, would be a row of it. */
  readonly lone?: boolean | undefined;
  /** Cells that go on in the line below have a mark at their edge. */
  readonly wrapped?: boolean | undefined;
  /** The mark for no value stays as it is written. */
  readonly literalNulls?: boolean | undefined;
}

/** How a copy in the standard writing is written. */
export const standardMarks = ({ kind, delimiter }: Spelling) => ({
  delimiter: kind === 'aligned' ? alignedDelimiter : kind === 'boxes' ? boxDelimiter : delimiter,
  quote: '"',
  escape: '"',
});

/** How the file itself is written, in a dialect's words. */
export function ownMarks({ kind, delimiter }: Spelling): Pick<Dialect, 'delimiter' | 'quote' | 'escape'> {
  if (kind === 'aligned') return { delimiter: ' ', quote: '', escape: '' };
  if (kind === 'backslashes') return { delimiter, quote: '', escape: '\\' };
  if (kind === 'boxes') return { delimiter, quote: '', escape: '' };
  return { delimiter, quote: '"', escape: '"' };
}

/** A record, its bytes a character each, in the standard writing. */
export function respell(record: string, spelling: Spelling): string {
  const { kind, delimiter, starts = [0], literalNulls, wrapped = false } = spelling;
  if (kind === 'backslashes') return fromBackslashes(record, asBytes(delimiter), literalNulls ?? false);
  if (kind === 'typographic quotes') return fromTypographic(record, delimiter);
  if (kind === 'quoted lines') return fromQuotedLine(record);
  if (kind === 'boxes') return fromBox(record, wrapped);
  return fromAligned(record, starts);
}

/** True for what has no place in a copy, its line break neither. */
export const isLeftOut = (record: string, { kind, lone = false }: Spelling): boolean =>
  kind === 'boxes' && lone && isDrawn(record);

/** True where a record goes on behind the line break. */
export function isUnfinished(line: string, { kind, wrapped }: Spelling): boolean {
  if (kind === 'backslashes') return goesOn(line);
  if (kind === 'boxes') return wrapped === true && !isDrawn(line) && goesOnBelow(line);
  return kind === 'quoted lines' && isOpen(line);
}

/** A text as a person wrote it, in the standard writing. */
export const respellText = (text: string, spelling: Spelling): string =>
  Buffer.from(respell(asBytes(text), spelling), 'latin1').toString('utf8');

/** The spelling that a dialect tells of; none where its file is written the standard way. */
export function spellingOf(
  dialect: Pick<Dialect, 'delimiter' | 'spelling' | 'starts'>,
): Spelling | undefined {
  const { delimiter, spelling: kind = 'plain', starts } = dialect;
  return kind === 'plain' ? undefined : { kind, delimiter, starts };
}
