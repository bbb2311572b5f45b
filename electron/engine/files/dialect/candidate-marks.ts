import type { Marks } from '../records/split-record.ts';
import { usualDelimiters } from '../records/split-record.ts';

/** A delimiter that may be the one, and how readily it is believed. */
export interface Candidate {
  readonly delimiter: string;
  readonly prior: number;
}

/** Characters that stand in dates, times, names and numbers, and so between cells by chance. */
const everyday: Readonly<Record<string, number>> = {
  ' ': 0.62,
  ':': 0.58,
  '=': 0.55,
  '/': 0.36,
  '-': 0.36,
  '.': 0.3,
  _: 0.3,
  '@': 0.3,
  '#': 0.45,
  $: 0.45,
  '%': 0.45,
  '&': 0.45,
  '?': 0.45,
  '+': 0.45,
  '*': 0.45,
  '!': 0.45,
  "'": 0.3,
  '"': 0,
  '`': 0.2,
  '(': 0.2,
  ')': 0.2,
  '[': 0.2,
  ']': 0.2,
  '{': 0.2,
  '}': 0.2,
  '\\': 0.4,
};

/** True for a sign that stands in dates, times, numbers and names; a space is what it seems. */
export const isEveryday = (delimiter: string): boolean =>
  delimiter !== ' ' && everyday[delimiter] !== undefined;

const never = /[\p{L}\p{N}\s"]/u;
const most = 14;

/** Delimiters that stand on most lines of a text, the usual ones first. */
export function candidateDelimiters(head: string): Candidate[] {
  const lines = head
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 200);
  const share = (delimiter: string) =>
    lines.filter((line) => line.includes(delimiter)).length / Math.max(1, lines.length);
  const single = new Map<string, number>();
  for (const line of lines.slice(0, 60))
    for (const character of new Set(line)) single.set(character, (single.get(character) ?? 0) + 1);
  const odd = [...single]
    .filter(([character, times]) => (!never.test(character) || character === ' ') && times >= 2)
    .sort(([, a], [, b]) => b - a)
    .map(([character]) => character)
    .filter((character) => !usualDelimiters.includes(character) && share(character) > 0.3);
  const several = severalCharacters(lines).filter((delimiter) => share(delimiter) > 0.5);
  return [...usualDelimiters, ...several, ...odd]
    .slice(0, most)
    .map((delimiter) => ({ delimiter, prior: priorOf(delimiter) }));
}

function priorOf(delimiter: string): number {
  // What they are made of separates the same lines as well, and a framed mark would be a column of its own.
  if (isFramed(delimiter)) return 1.15;
  if (delimiter.length > 1) return new Set(delimiter).size === 1 || /^[,;|] $/.test(delimiter) ? 1.02 : 1;
  if (usualDelimiters.includes(delimiter)) return 1;
  return everyday[delimiter] ?? 0.85;
}

/** `|#|`, `<|>`; not what stands at the ends of paths that a comma separates. */
const isFramed = (delimiter: string): boolean =>
  delimiter.length > 2 &&
  new Set(delimiter).size > 1 &&
  !/[,;\s]/.test(delimiter) &&
  everyday[delimiter[0] as string] === undefined;

/** Marks doubled, framed or with a space, such as `||`, `<|>` and `, `, that stand on many lines. */
function severalCharacters(lines: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const line of lines.slice(0, 60)) {
    const found = new Set<string>();
    for (const [run] of line.matchAll(/[^\p{L}\p{N}"'`\s.-]{2,6}|\t{2,4}|\\t|[,;|] /gu))
      if (isMade(run)) found.add(run);
    for (const run of found) times.set(run, (times.get(run) ?? 0) + 1);
  }
  return [...times]
    .filter(([, lines]) => lines >= 2)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([run]) => run);
}

const isMade = (run: string) =>
  new Set(run).size === 1 || run[0] === run.at(-1) || /^<.*>$|^\\t$|^[,;|] $/.test(run);

/** Quotes that a text gives reason to try with a delimiter; the usual one first. */
export const quotesIn = (head: string, delimiter: string): string[] => [
  '"',
  ...["'", '`'].filter((quote) => wraps(head, quote, delimiter)),
];

/** Ways to quote that a text gives reason to try with a delimiter; the usual one first. */
export function candidateQuotes(head: string, delimiter: string): Marks[] {
  const found = quotesIn(head, delimiter).flatMap((quote): Marks[] => [
    { delimiter, quote, escape: quote },
    ...(head.includes(quote) ? escapesIn(head, quote, delimiter) : []),
  ]);
  const padded = found.filter(({ quote }) => hasPadded(head, quote, delimiter));
  const all = [...found, ...padded.map((marks) => ({ ...marks, padded: true }))];
  return head.includes('"') ? [...all, { delimiter, quote: '', escape: '' }] : all;
}

/** True where spaces stand before a quote that may open a cell. */
const hasPadded = (head: string, quote: string, delimiter: string): boolean =>
  !delimiter.includes(' ') && new RegExp(`(?:^|[\\r\\n]|${literal(delimiter)}) +${quote}`).test(head);

/** True where the quote opens and closes cells. */
function wraps(head: string, quote: string, delimiter: string): boolean {
  const boundary = `(?:^|[\\r\\n]|${literal(delimiter)}) *`;
  const opens = head.match(new RegExp(`${boundary}${quote}`, 'g'))?.length ?? 0;
  const closes = head.match(new RegExp(`${quote} *(?=$|[\\r\\n]|${literal(delimiter)})`, 'g'))?.length ?? 0;
  return opens > 1 && closes > 1 && closes >= opens * 0.7;
}

/** What else may escape a quote: marks that stand before quotes inside cells, or nothing. */
function escapesIn(head: string, quote: string, delimiter: string): Marks[] {
  const found: string[] = [];
  const inside = new RegExp(`([\\\\^/~!*%$#&?])${quote}(?!$|[\\r\\n]|${literal(delimiter)})`, 'g');
  for (const [, mark = ''] of head.matchAll(inside)) if (!found.includes(mark)) found.push(mark);
  if (head.includes(`\\${quote}`) && !found.includes('\\')) found.push('\\');
  return [...found.slice(0, 3), ''].map((mark) => ({ delimiter, quote, escape: mark }));
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
