import type { DialectOverride, Guess } from '../../../../shared/contract/files.ts';
import { count, counted } from '../../../../shared/number-words.ts';
import { chosen } from '../encoding/chosen.ts';
import { type Marks, splitRecord, usualDelimiters } from '../records/split-record.ts';
import { alignedStarts } from './aligned.ts';
import { goesOn, rawCells } from './backslashes.ts';
import { boxIn, isWrapped } from './boxes.ts';
import { insideOf, isOpen } from './quoted-lines.ts';
import type { Spelling } from './spelling.ts';
import { hasTypographic, typographicCells } from './typographic.ts';

/** A spelling with what speaks for it. */
export interface FoundSpelling extends Spelling {
  readonly guess: Guess;
}

const fewestLines = 2;
const mostLines = 200;
const nearlyAll = 0.95;

/** Finds out whether the standard writing does not fit a file, and another does: by rows that become alike. */
export function findSpelling(head: string, whole: boolean, said: DialectOverride): FoundSpelling | undefined {
  const { spelling, delimiter, quote, escape: escaping } = said;
  if (spelling === 'plain') return undefined;
  const lines = linesOf(head, whole);
  const delimiters = delimiter === undefined ? usualDelimiters : [delimiter];
  if (spelling !== undefined) return { ...saidSpelling(lines, delimiters, said), guess: chosen };
  if (quote === '' && escaping === '\\')
    return { kind: 'backslashes', delimiter: bestCut(lines, delimiters, rawCells), guess: chosen };
  if (quote !== undefined || escaping !== undefined || lines.length < fewestLines) return undefined;
  return (
    (delimiter === undefined || delimiter === '|' ? byBoxes(lines) : undefined) ??
    byQuotedLines(lines, delimiters) ??
    byBackslashes(lines, delimiters) ??
    byTypographic(lines, delimiters) ??
    (delimiter === undefined ? byAlignment(lines) : undefined)
  );
}

function saidSpelling(
  lines: readonly string[],
  delimiters: readonly string[],
  { spelling: kind = 'plain', starts }: DialectOverride,
): Spelling {
  if (kind === 'boxes')
    return { kind, delimiter: '|', lone: boxIn(lines)?.columns === 1, wrapped: isWrapped(lines) };
  if (kind === 'aligned') return { kind, delimiter: ' ', starts: starts ?? alignedStarts(lines) ?? [0] };
  if (kind === 'backslashes') return { kind, delimiter: bestCut(lines, delimiters, rawCells) };
  if (kind === 'typographic quotes') return { kind, delimiter: bestCut(lines, delimiters, typographicCells) };
  const inside = lines.map((line) => insideOf(line) ?? line);
  return { kind: 'quoted lines', delimiter: bestCut(inside, delimiters, plainCells) };
}

/** Whole lines that are not blank. */
function linesOf(head: string, whole: boolean): string[] {
  const lines = head.split(/\r\n|\n|\r/);
  if (!whole) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, mostLines);
}

type Cut = (line: string, delimiter: string) => readonly unknown[];

const marksWith = (delimiter: string): Marks => ({ delimiter, quote: '"', escape: '"' });
const plainCells: Cut = (line, delimiter) => splitRecord(line, marksWith(delimiter));

/** How many lines have as many cells as most, where that is more than one. */
function alike(lines: readonly string[], delimiter: string, cut: Cut): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const { length } = cut(line, delimiter);
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  const [[width, times] = [1, 0]] = [...counts].sort(([, a], [, b]) => b - a);
  return { width, share: width > 1 ? times / Math.max(1, lines.length) : 0 };
}

const bestCut = (lines: readonly string[], delimiters: readonly string[], cut: Cut): string =>
  [...delimiters].sort((a, b) => alike(lines, b, cut).share - alike(lines, a, cut).share)[0] ?? ',';

/** A table that is drawn with bars, and lines between header and rows. */
function byBoxes(lines: readonly string[]): FoundSpelling | undefined {
  const box = boxIn(lines);
  if (!box) return undefined;
  const wrapped = isWrapped(lines);
  const goesOn = wrapped ? '; cells that go on in the line below are put together' : '';
  const evidence = `bars and drawn lines make a table of ${counted(box.columns, 'column')}; spaces that fill it up and ${counted(box.rulers, 'line')} without cells are left out${goesOn}`;
  return {
    kind: 'boxes',
    delimiter: '|',
    lone: box.columns === 1,
    wrapped,
    guess: { confidence: 0.9, evidence },
  };
}

/** Every line but the first is one quoted cell, and what stands in it is a row. */
function byQuotedLines(lines: readonly string[], delimiters: readonly string[]): FoundSpelling | undefined {
  const records = joined(lines, isOpen);
  const inside = records.map(insideOf);
  const [first, ...rest] = inside;
  if (rest.length === 0 || rest.some((one) => one === undefined)) return undefined;
  const rows = [first ?? records[0] ?? '', ...(rest as string[])];
  for (const delimiter of delimiters) {
    const { width, share } = alike(rows, delimiter, plainCells);
    const nested = rows.some((row) => splitRecord(row, marksWith(delimiter)).some(({ quoted }) => quoted));
    if (share < 1 || !(nested || width > 2)) continue;
    const evidence = `each of ${count(rest.length)} lines is one quoted text, in which a row of ${width} cells stands`;
    return { kind: 'quoted lines', delimiter, guess: { confidence: 0.85, evidence } };
  }
  return undefined;
}

/** Backslashes before delimiters and line breaks, or \N for no value, where nothing is quoted. */
function byBackslashes(lines: readonly string[], delimiters: readonly string[]): FoundSpelling | undefined {
  if (!lines.some((line) => line.includes('\\'))) return undefined;
  const records = joined(lines, goesOn).filter((record) => record !== '\\.');
  for (const delimiter of delimiters) {
    const { share, width } = alike(records, delimiter, rawCells);
    if (share < nearlyAll || lines.some((line) => isQuoted(line, delimiter))) continue;
    const cells = records.flatMap((record) => rawCells(record, delimiter));
    const nulls = cells.filter((cell) => cell === '\\N').length;
    // Where a backslash stands before anything else, as in C:\Users, it is one sign among others.
    const otherwise = new RegExp(`\\\\[^Ntnrbfv0Z\\\\"'${literal(delimiter)}\n]`);
    if (cells.some((cell) => otherwise.test(cell))) continue;
    const before = alike(lines, delimiter, (line, mark) => line.split(mark)).share;
    if (share <= before && nulls === 0) continue;
    const gain = share > before ? `; without, only ${Math.round(before * 100)} %` : '';
    const evidence = `where backslashes escape, ${Math.round(share * 100)} % of rows have ${width} cells${gain}${nulls > 0 ? `; \\N stands in ${count(nulls)} cells for no value` : ''}`;
    return { kind: 'backslashes', delimiter, guess: { confidence: 0.85, evidence } };
  }
  return undefined;
}

const literal = (text: string) => text.replace(/[\]\\^-]/g, '\\$&');

const isQuoted = (line: string, delimiter: string) =>
  line.split(delimiter).some((cell) => /^\s*"|"\s*$/.test(cell));

/** Quotes of another language around cells, without which rows are not alike. */
function byTypographic(lines: readonly string[], delimiters: readonly string[]): FoundSpelling | undefined {
  if (!lines.some(hasTypographic)) return undefined;
  for (const delimiter of delimiters) {
    const { share, width } = alike(lines, delimiter, typographicCells);
    const before = alike(lines, delimiter, plainCells).share;
    const torn = lines.some(
      (line) => typographicCells(line, delimiter).length < plainCells(line, delimiter).length,
    );
    if (share < nearlyAll || !torn || before > share) continue;
    const evidence = `with typographic quotes around cells, ${Math.round(share * 100)} % of rows have ${width} cells; without, ${Math.round(before * 100)} % are alike`;
    return { kind: 'typographic quotes', delimiter, guess: { confidence: 0.85, evidence } };
  }
  return undefined;
}

/** Columns one below the other, and no delimiter that makes rows alike. */
function byAlignment(lines: readonly string[]): FoundSpelling | undefined {
  const starts = alignedStarts(lines);
  const records = joined(lines, isOpen);
  const isCut = (delimiter: string) =>
    [lines, records].some((rows) => alike(rows, delimiter, plainCells).share > 0.6);
  if (!starts || usualDelimiters.some(isCut)) return undefined;
  const evidence = `${starts.length} columns stand one below the other, filled up with spaces, from characters ${starts.map((start) => start + 1).join(', ')} on`;
  return { kind: 'aligned', delimiter: ' ', starts, guess: { confidence: 0.6, evidence } };
}

/** Lines with those that they go on with. */
function joined(lines: readonly string[], goes: (line: string) => boolean): string[] {
  const records: string[] = [];
  let open = false;
  for (const line of lines) {
    if (open) records.push(`${records.pop()}\n${line}`);
    else records.push(line);
    open = goes(records.at(-1) as string);
  }
  return records;
}
