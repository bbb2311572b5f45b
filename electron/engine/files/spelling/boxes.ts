import { asBytes, asText, standardRecord } from './cells.ts';

/** Cells are cut by commas in the copy. */
export const boxDelimiter = ',';

/** What stands between the cells of a drawn table, as databases and Markdown draw them. */
const bars = ['|', '│', '║'];
const barIn = (line: string) => bars.find((bar) => line.includes(bar));
/** A line that is drawn: dashes, and where they cross a column's edge. */
const ruler =
  /^\s*[|+├╞╟╠┌╔└╚╭╰]?\s*:?[-=─═━]+:?(?:\s*[|+┼╪╫╬┬╤╦┴╧╩│║]\s*:?[-=─═━]+:?)*\s*[|+┤╡╢╣┐╗┘╝╮╯]?\s*$/;
const crossing = /[^\s:\-=─═━]/;
const fewestLines = 2;
const mostBefore = 5;

const dashes = /[-=─═━]+/g;

/** Where spaces stand between dashes and bars, the dashes are three and more, as Markdown wants it: `- | -` are cells. */
function isRuler(line: string): boolean {
  if (!ruler.test(line)) return false;
  const lengths = Array.from(line.matchAll(dashes), ([run]) => run.length);
  const spaced = /\s/.test(line.trim());
  return spaced ? lengths.every((length) => length > 2) : lengths.some((length) => length > 1);
}

/** The cells between the bars, those at the ends of the line left out where nothing stands beyond them; undefined where there is no bar. */
export function boxedCells(line: string): string[] | undefined {
  const bar = barIn(line);
  if (bar === undefined) return undefined;
  const framed = line.trim();
  const outer = line.startsWith(bar) || (framed.startsWith(bar) && line.endsWith(bar));
  const inner = outer ? framed.slice(1, framed.endsWith(bar) && framed.length > 1 ? -1 : undefined) : line;
  return inner.split(bar === '|' ? /(?<!\\)\|/ : bar).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** How many columns a drawn table has, and how many of its lines are drawn only; undefined where a text is none. */
export function boxIn(lines: readonly string[]): { columns: number; rulers: number } | undefined {
  const first = lines.findIndex((line) => isRuler(line) && crossing.test(line));
  if (first < 0 || first > mostBefore) return undefined;
  const rows = lines.filter((line) => !isRuler(line)).flatMap((line) => boxedCells(line)?.length ?? []);
  const [columns = 0] = rows;
  const alike = rows.filter((cells) => cells === columns).length;
  const others = lines.length - rows.length - lines.filter(isRuler).length;
  if (rows.length < fewestLines || alike * 10 < rows.length * 9 || others > rows.length) return undefined;
  return { columns, rulers: lines.filter(isRuler).length };
}

/** True for a line, its bytes a character each, that is drawn only. */
export const isDrawn = (record: string): boolean => isRuler(asText(record) ?? '');

/** A drawn row cut at its bars, without the spaces that fill it up; a line without bars is a cell, a ruler nothing. */
export function fromBox(record: string): string {
  const text = asText(record);
  if (text === undefined || text.trim() === '' || isRuler(text)) return '';
  const cells = boxedCells(text) ?? [text.trim()];
  return asBytes(
    standardRecord(
      cells.map((cell) => cell || null),
      boxDelimiter,
    ),
  );
}
