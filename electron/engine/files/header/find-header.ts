import type { Guess } from '../../../../shared/contract/files.ts';
import { isValue } from './cell-kind.ts';
import { areLabelsOver, areObjects, areTypes } from './header-labels.ts';
import { isLevel, namesIndex } from './header-levels.ts';
import { isRuler } from './header-names.ts';
import { type HeaderVote, isSame, isYear, judgeHeader } from './judge-header.ts';
import { mayBeNumbered } from './numbered-columns.ts';

type Row = readonly string[];

const mostHeaderLines = 5;

/** The cells of a row that hold anything. */
export const filledIn = (row: Row): Row => row.filter((cell) => cell.trim() !== '');

/** How many of the first rows name the columns, and why. */
export function headerOf(rows: readonly Row[], width: number): { lines: number; guess: Guess } {
  const [first, ...body] = rows;
  if (!first) return { lines: 0, guess: { confidence: 0, evidence: 'there is no record' } };
  const group = groupsAbove(rows, width);
  const index = group > 0 && namesIndex(rows[group + 1], width) ? 1 : 0;
  const lines = group + 1 + index;
  const names = rows[group] as Row;
  const below = namesBelow(names, rows.slice(lines), width);
  const again = rows.slice(lines, lines + below).every((row) => isSame(row, names));
  const vote = judgeHeader(names, body.slice(lines - 1 + (again ? 0 : below)));
  // The first rows may be alike: names stand there twice only where it is clear that they are names.
  const more = again && vote.balance <= 0.3 ? 0 : below;
  if (vote.balance < 0 && lines + more === 1)
    return { lines: 0, guess: doubted(guessed(vote, 'the first record is a row'), first, body) };
  const counted = lines + more;
  const words =
    counted === 1 ? 'the first record names the columns' : `the first ${counted} records name the columns`;
  return { lines: counted, guess: guessed(vote, words) };
}

/** A row of numbers that may be names all the same: whoever knows better has to look at it. */
const doubted = (guess: Guess, first: Row, body: readonly Row[]): Guess =>
  mayBeNumbered(first, body)
    ? {
        confidence: Math.min(0.55, guess.confidence),
        evidence: `${guess.evidence}; but numbers such as these may name columns as well`,
      }
    : guess;

const guessed = ({ confidence, evidence }: HeaderVote, words: string): Guess => ({
  confidence,
  evidence: `${words}: ${evidence}`,
});

/** Records above the names in which only some cells, not the first, hold a word over a group of columns. */
function groupsAbove(rows: readonly Row[], width: number): number {
  let at = 0;
  while (at < mostHeaderLines - 1) {
    const [row, below] = [rows[at], rows[at + 1]];
    if (
      !row ||
      !below ||
      !(isGroup(row, below, rows.slice(at + 2), width) || isLevel(row, below, rows.slice(at + 2), width))
    )
      break;
    at++;
  }
  return at;
}

function isGroup(row: Row, below: Row, rest: readonly Row[], width: number): boolean {
  if (width < 3 || row.length !== width) return false;
  if (row[0]?.trim() !== '' && !areOver(row, below)) return false;
  const filled = filledIn(row);
  if (filled.length === 0 || filled.some((cell) => isValue(cell) && !isYear(cell))) return false;
  // One text of several words is a title, not a word over a group.
  if (filled.length === 1 && /\S\s+\S/.test(filled[0] as string)) return false;
  const over = areOver(row, below);
  if (below.some((cell) => isValue(cell) && !(over && isYear(cell)))) return false;
  if (filledIn(below).length <= filled.length) return false;
  // Over nothing but words, names whose index has none are followed by the first row.
  const names = filled.length === width - 1 && new Set(filled).size === filled.length;
  return !names || filled.some(isYear) || rest.some((cells) => cells.some((cell) => isValue(cell)));
}

/** Names over names, where each column has one of them, and what has none above has one below: `Region,2023,` over `,Q1,Q2`. */
function areOver(row: Row, below: Row): boolean {
  const names = row.map((cell, at) => [cell.trim() !== '', (below[at] ?? '').trim() !== ''] as const);
  return (
    names.every(([above, under]) => above || under) &&
    names.some(([above, under]) => above && !under) &&
    names.some(([above, under]) => !above && under)
  );
}

/** Units, and types, as they stand below names; or whatever stands in brackets. */
const unit =
  /^([[(<{].*[\])>}]|[%‰°$€£¥#]|°?[CFK]|[kmcµunMG]?(m|g|s|l|L|A|V|W|J|N|Pa|Hz|B|mol|t|bar|Wh)[²³]?\d?([/·*][a-zµ]{1,3}[²³]?\d?)?|mph|min|h|hrs?|days?|deg(rees)?|[A-Z]{3}|units?|pcs|count|text|string|int(eger)?|float|double|bool(ean)?|date(time)?|timestamp|number|numeric|varchar\S*|decimal\S*)$/;

/** Words in every column of several, or in all that hold values; with fewer of them, or with gaps, units only. */
const areNames = (row: Row, valued: readonly number[], words: number): boolean =>
  (words > 2 && (words === valued.length || row.every((cell) => !isHollow(cell)))) ||
  row.every((cell) => isHollow(cell) || unit.test(cell.trim()));

/** Records below the names that repeat them, or that hold words where all other rows hold values. */
function namesBelow(names: Row, rows: readonly Row[], width: number): number {
  const body = rows.slice(rows.length > mostHeaderLines + 3 ? mostHeaderLines : 1);
  const valued = Array.from({ length: width }, (_, at) => at).filter(
    (at) => body.length >= 3 && body.filter((row) => isValue(row[at] ?? '')).length >= body.length * 0.9,
  );
  let lines = 0;
  while (lines < mostHeaderLines - 1 && rows[lines + 1]) {
    const row = rows[lines] as Row;
    const repeated = isSame(row, names);
    const words = valued.filter((at) => !isHollow(row[at]) && !isValue(row[at] ?? ''));
    const others = valued.every((at) => words.includes(at) || isHollow(row[at]));
    const unlike = words.length > 0 && others && row.length === width;
    const named = valued.length >= 2 && areNames(row, valued, words.length);
    const told = areTypes(row) || (words.length === valued.length && areLabelsOver(row, names, valued));
    const objects = row.length === width && areObjects(row) && !areObjects(rows[lines + 1] as Row);
    if (!repeated && !(unlike && (named || told)) && !objects && !isRuler(row)) break;
    lines++;
  }
  return lines;
}

/** Nothing, or a dash: what has no unit. */
const isHollow = (cell = '') => /^\s*-?\s*$/.test(cell);
