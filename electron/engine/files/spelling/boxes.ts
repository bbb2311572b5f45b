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

/** What psql draws at the edge of a cell, where a space would be, that goes on in the line below. */
const onward = /^ .*[+↵]$/;

const rawCells = (line: string): readonly string[] => line.split(barIn(line) ?? '\0');

/** True where a cell of the line, its bytes a character each, goes on in the line below. */
export const goesOnBelow = (record: string): boolean =>
  rawCells(asText(record.slice(record.lastIndexOf('\n') + 1).replace(/\r$/, '')) ?? '').some((cell) =>
    onward.test(cell),
  );

/** True where cells go on below, and in each line below one stands nothing but what goes on there. */
export function isWrapped(lines: readonly string[]): boolean {
  let found = false;
  for (const [at, line] of lines.entries()) {
    const cells = rawCells(line);
    if (isRuler(line) || !cells.some((cell) => onward.test(cell))) continue;
    const below = rawCells(lines[at + 1] ?? '');
    const alike =
      cells.length === below.length && cells.every((cell, k) => onward.test(cell) || below[k]?.trim() === '');
    if (!alike) return false;
    found = true;
  }
  return found;
}

/** The cells of a row that stands on several lines. */
function wrappedCells(text: string): string[] {
  const [first = [], ...others] = text.split(/\r\n|\n|\r/).map((line) => boxedCells(line) ?? [line.trim()]);
  let open = first.map((cell) => /[+↵]$/.test(cell));
  const bare = (cell: string, goes: boolean) => (goes ? cell.slice(0, -1).trimEnd() : cell);
  const cells = first.map((cell, at) => bare(cell, open[at] ?? false));
  for (const [line, more] of others.entries()) {
    const last = line === others.length - 1;
    const goes = more.map((cell, at) => !last && (open[at] ?? false) && /[+↵]$/.test(cell));
    more.forEach((cell, at) => {
      if (open[at]) cells[at] += `\n${bare(cell, goes[at] ?? false)}`;
    });
    open = goes;
  }
  return cells;
}

/** True for a line, its bytes a character each, that is drawn only. */
export const isDrawn = (record: string): boolean => isRuler(asText(record) ?? '');

/** A drawn row cut at its bars, without the spaces that fill it up; a line without bars is a cell, a ruler nothing. */
export function fromBox(record: string, wrapped: boolean): string {
  const text = asText(record);
  if (text === undefined || text.trim() === '' || isRuler(text)) return '';
  const cells = wrapped && /[\r\n]/.test(text) ? wrappedCells(text) : (boxedCells(text) ?? [text.trim()]);
  return asBytes(
    standardRecord(
      cells.map((cell) => cell || null),
      boxDelimiter,
    ),
  );
}
