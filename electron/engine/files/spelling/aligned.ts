import { asBytes, asText, standardRecord } from './cells.ts';

/** Cells are cut by commas in the copy. */
export const alignedDelimiter = ',';

const fewestLines = 4;
/** With fewer lines, a gap of one space may be one by chance. */
const manyLines = 10;
const mostTitles = 3;

/** Where the columns begin that stand one below the other, filled up with spaces; undefined where there are none. */
export function alignedStarts(lines: readonly string[]): readonly number[] | undefined {
  if (lines.some((line) => line.includes('\t'))) return undefined;
  const ruler = lines.slice(0, mostTitles + 2).find(isRuler);
  if (ruler)
    return [
      0,
      ...[...ruler.trimStart().matchAll(/ +(?=\S)/g)].map(
        ({ index, 0: gap }) => indentOf(ruler) + index + gap.length,
      ),
    ];
  for (let titles = 0; titles <= mostTitles; titles++) {
    const rows = lines.slice(titles);
    if (rows.length < fewestLines) return undefined;
    const starts = startsIn(rows);
    if (starts.length > 1) return starts;
  }
  return undefined;
}

/** Dashes under the names, as wide as each column. */
const isRuler = (line: string): boolean => /^ *[-=]+( +[-=]+)+ *$/.test(line) && /[-=]{2}/.test(line);

const indentOf = (line: string): number => line.length - line.trimStart().length;

function startsIn(rows: readonly string[]): number[] {
  const filled = rows.filter((row) => / {2,}\S/.test(row.trim())).length;
  const apart = new Set(rows.map((row) => row.split(' ').length));
  // Single spaces between as many words on each line are a delimiter.
  if (filled * 2 < rows.length || apart.size === 1) return [];
  const wide = Math.max(...rows.map((row) => row.length));
  const starts = [0];
  let gap = 0;
  for (let at = 0; at < wide; at++) {
    const isGap = rows.every((row) => (row[at] ?? ' ') === ' ');
    const cut = at > gap && (gap > 1 || (gap === 1 && rows.length >= manyLines));
    if (!isGap && cut) starts.push(at);
    gap = isGap ? gap + 1 : 0;
  }
  return starts;
}

/** A line cut where the columns begin; one that has something across a gap stays whole, and is no row. */
export function fromAligned(record: string, starts: readonly number[]): string {
  const text = asText(record);
  if (text === undefined || text.trim() === '' || isRuler(text)) return '';
  const across = starts.some((start) => start > 0 && (text[start - 1] ?? ' ') !== ' ');
  const cells = across ? [text] : starts.map((start, at) => text.slice(start, starts[at + 1]).trim() || null);
  return asBytes(standardRecord(cells, alignedDelimiter));
}
