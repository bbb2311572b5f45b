import { type SpelledCell, standardRecord } from './cells.ts';

const escaped: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};

/** A cell that is no value, as databases write it. */
const nothing = '\\N';

/** True where the line break behind a line is of its last cell. */
export const goesOn = (line: string): boolean => ((/\\+$/.exec(line)?.[0].length ?? 0) & 1) === 1;

/** The cells of a record without quotes, as they stand between the delimiters that no backslash stands before. */
export function rawCells(record: string, delimiter: string): string[] {
  const cells: string[] = [];
  let from = 0;
  for (let at = 0; at < record.length; ) {
    if (record[at] === '\\') at += 2;
    else if (record.startsWith(delimiter, at)) {
      cells.push(record.slice(from, at));
      at += delimiter.length;
      from = at;
    } else at++;
  }
  return [...cells, record.slice(from)];
}

/** A record in which backslashes escape and nothing quotes, as MySQL and PostgreSQL dump rows, in the standard writing. */
export function fromBackslashes(record: string, delimiter: string, literalNulls: boolean): string {
  // The end of what PostgreSQL's COPY writes.
  if (record === '' || record === '\\.') return '';
  const cells = rawCells(record, delimiter).map(
    (cell): SpelledCell => (cell === nothing ? (literalNulls ? nothing : null) : unescaped(cell)),
  );
  return standardRecord(cells, delimiter);
}

const unescaped = (cell: string): string =>
  cell.replace(/\\([\s\S])/g, (_, sign: string) => escaped[sign] ?? sign);
