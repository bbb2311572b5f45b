import type { Guess, TablePlace } from '../../../../shared/contract/files.ts';
import { counted } from '../../../../shared/number-words.ts';
import { chosen } from '../encoding/chosen.ts';
import { cellKind, isValue } from '../header/cell-kind.ts';
import { filledIn, headerOf } from '../header/find-header.ts';
import { isRuler } from '../header/header-names.ts';
import { judgeHeader } from '../header/judge-header.ts';
import type { HeadRecord } from './measure-marks.ts';
import { tablesAbove } from './tables-above.ts';

/** Where a table begins in a file, and what names its columns. */
export interface TableStart {
  readonly skipLines: number;
  readonly headerLines: number;
  readonly width: number;
  /** Columns that rows have beyond those that the header names. */
  readonly unnamed: number;
  readonly preamble: Guess;
  readonly header: Guess;
  /** Other tables that stand before it. */
  readonly tablesAbove: readonly TablePlace[];
  /** True for a text that is no value of the first column, where its values are of one kind. */
  readonly unlikeFirst?: (text: string) => boolean;
}

/** What a person said of it. */
export interface Said {
  readonly skipLines?: number | undefined;
  readonly headerLines?: number | undefined;
  /** The records on the lines that are to be skipped. */
  readonly above: readonly HeadRecord[];
  /** The delimiter, where a first line names it that is not among the records. */
  readonly separator?: string | undefined;
}

type Row = readonly string[];

const bodyRows = 200;

/** Finds preamble and header among the first records. `cells` reads a record. */
export function findTable(
  records: readonly HeadRecord[],
  width: number,
  cells: (record: HeadRecord) => Row,
  said: Said,
): TableStart {
  const at = said.skipLines === undefined ? startOf(records, width, cells) : 0;
  const rest = records.slice(at, at + bodyRows).map(cells);
  const before = at > 0 || said.separator !== undefined;
  const skipLines = said.skipLines ?? (before ? (records[at]?.line ?? 2) - 1 : 0);
  const header =
    said.headerLines === undefined ? headerOf(rest, width) : { lines: said.headerLines, guess: chosen };
  const body = rest.slice(header.lines).filter((row) => row.length === width);
  const unlikeFirst = firstColumn(body);
  const unnamed = unnamedIn(rest[header.lines - 1], body, width);
  return {
    skipLines,
    headerLines: header.lines,
    width: widthOf(rest[0], width, header.lines),
    unnamed,
    preamble: preambleGuess(said, records.slice(0, at), cells),
    header: unnamed > 0 ? withUnnamed(header.guess, width - unnamed, width) : header.guess,
    tablesAbove: tablesAbove(said.skipLines === undefined ? records.slice(0, at) : said.above),
    ...(unlikeFirst ? { unlikeFirst } : {}),
  };
}

/** Cells that rows have beyond the names; where these are all empty, a delimiter ends each row. */
function unnamedIn(names: Row | undefined, body: readonly Row[], width: number): number {
  if (!names || names.length >= width) return 0;
  const filled = body.some((row) => row.slice(names.length).some((cell) => cell.trim() !== ''));
  return filled ? width - names.length : 0;
}

const withUnnamed = (guess: Guess, names: number, width: number): Guess =>
  guess.chosen
    ? guess
    : {
        confidence: Math.min(0.5, guess.confidence),
        evidence: `${guess.evidence}; but it names ${counted(names, 'column')}, and most rows have ${width} cells: what stands between cells may stand in them as well`,
      };

/** A line far narrower than the table, or one of the table's width with nothing but its first cell. */
function isNote(row: Row, width: number): boolean {
  if (width < 2) return false;
  if (row.length < width) return row.length * 2 <= width;
  const filled = filledIn(row).length;
  return width > 2 && (filled === 0 || (filled === 1 && row[0]?.trim() !== ''));
}

/** The record that the table starts with: notes and other tables may stand before it. */
function startOf(records: readonly HeadRecord[], width: number, cells: (record: HeadRecord) => Row): number {
  const first = records.findIndex(
    (record, at) => isStart(records, at, width) && !isNote(cells(record), width),
  );
  if (first < 0) return 0;
  const [names, ruler] = [records[first - 2], records[first - 1]];
  if (names?.cells === width && ruler && isRuler(cells(ruler))) return first - 2;
  if (first === 0) return isTitle(records.slice(0, bodyRows).map(cells), width) ? 1 : 0;
  const before = records.slice(0, first).map(cells);
  const last = before.at(-1) as Row;
  const unnamed = !namesColumns(records.slice(first, first + bodyRows).map(cells));
  if (unnamed && (isOfTheTable(before, width) || namesThem(before, width))) return 0;
  const notes = before.slice(0, -1).every((row) => isNote(row, width));
  if (notes && !isNote(last, width)) return titleOnly(last, width) ? first : first - 1;
  const oneWord = width === 2 && first === 1 && last.length === 1 && !/\s/.test(last[0] ?? '');
  return oneWord && unnamed ? 0 : first;
}

/** A text alone on a line that a program filled up, over a line that names the columns. */
function isTitle([title = [], ...rows]: readonly Row[], width: number): boolean {
  const filled = filledIn(title);
  if (filled.length !== 1 || title.length !== width || width < 2) return false;
  const alone = width === 2 ? title[0]?.trim() !== '' : /\S\s+\S/.test(filled[0] as string);
  return alone && !isValue(filled[0] as string) && rows.length > 1 && namesColumns(rows);
}

/** Rows with a cell too few or too many that go on as rows without a header of their own: theirs is the header, and they are told as rejects. */
function isOfTheTable(before: readonly Row[], width: number): boolean {
  const [first] = before;
  if (before.length < 5 || !first || first.length < 2 || first.length * 2 <= width) return false;
  const alike = before.filter((row) => row.length === first.length && !isNote(row, width));
  return alike.length >= before.length * 0.9;
}

/** Names with a row right below them, of the table's width: what goes on without names further down is of them, whatever stands between. */
const namesThem = (before: readonly Row[], width: number): boolean =>
  before[0]?.length === width &&
  before[1]?.length === width &&
  namesColumns(before.filter((row) => row.length === width));

/** A word alone above two columns is a title where a header follows it; else it is a header that lacks a name. */
function namesColumns([names, ...body]: readonly Row[]): boolean {
  return names !== undefined && judgeHeader(names, body).balance > 0.3;
}

/** A record of other width right before the rows is a header with too few or too many names, unless it is a title. */
const titleOnly = (row: Row, width: number) => row.length < width && filledIn(row).length * 2 <= width;

/** From here on most records are rows. */
function isStart(records: readonly HeadRecord[], at: number, width: number): boolean {
  if (records[at]?.cells !== width) return false;
  const next = records.slice(at, at + 6);
  return next.filter(({ cells }) => cells === width).length * 3 >= next.length * 2;
}

/** Rows wider than the header win; of a header wider than its rows the names hold, unless it is by empty ones. */
function widthOf(first: Row | undefined, width: number, headerLines: number): number {
  if (!first || headerLines === 0 || first.length <= width) return width;
  return filledIn(first).length <= width ? width : first.length;
}

function preambleGuess(said: Said, before: readonly HeadRecord[], cells: (record: HeadRecord) => Row): Guess {
  if (said.skipLines !== undefined) return chosen;
  const [first] = before;
  if (!first && said.separator)
    return { confidence: 0.98, evidence: `the first line says that ${said.separator} stands between cells` };
  if (!first) return { confidence: 0.99, evidence: 'the table starts with the first record' };
  const words = cells(first).join(' ').trim();
  const shown = words.length > 40 ? `${words.slice(0, 40)}…` : words;
  return { confidence: 0.9, evidence: `${before.length} records from “${shown}” on are not of the table` };
}

/** How to tell that a text is no value of the first column. */
function firstColumn(body: readonly Row[]): ((text: string) => boolean) | undefined {
  const kinds = body.map(([cell = '']) => cellKind(cell, true)).filter((kind) => kind !== 'empty');
  const valued = kinds.filter((kind) => kind !== 'text' && kind !== 'word').length;
  if (kinds.length < 3 || valued < kinds.length * 0.8) return undefined;
  return (text) => ['word', 'text'].includes(cellKind(text.replace(/^"|"$/g, ''), true));
}
