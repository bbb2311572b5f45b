import { problem } from './problem.ts';

/** Cells between tabs, semicolons or commas; nothing is null, two quotes are empty text. */
export function readPasted(text: string): {
  readonly header: readonly string[];
  readonly records: readonly (readonly (string | null)[])[];
} {
  const delimiter = ['\t', ';', ','].find((sign) => text.split('\n', 1)[0]?.includes(sign)) ?? ',';
  const [first, ...records] = recordsOf(text.replaceAll('\r\n', '\n'), delimiter);
  if (!first) throw problem('bad_input', 'There is no line with names yet.', { at: { param: 'rows' } });
  const header = first.map((name, at) => name || `column${at + 1}`);
  const odd = records.findIndex((record) => record.length > header.length);
  if (odd < 0) return { header, records };
  throw problem('bad_input', `Row ${odd + 1} has more cells than there are names.`, {
    at: { param: 'rows' },
  });
}

function recordsOf(text: string, delimiter: string): (string | null)[][] {
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"\\n${delimiter}][^\\n${delimiter}]*)?)(${delimiter}|\\n|$)`,
    'y',
  );
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [, quoted, plain, end] = cell.exec(text) ?? [];
    if (end === undefined) {
      throw problem('bad_input', `A quote is not closed or stands in the middle of a cell, at ${at + 1}.`, {
        at: { param: 'rows' },
      });
    }
    record.push(quoted?.replaceAll('""', '"') ?? plain ?? null);
    if (end === delimiter && cell.lastIndex < text.length) continue;
    if (end === delimiter) record.push(null);
    if (record.length > 1 || record[0] !== null) records.push(record);
    record = [];
  }
  return records;
}

const guesses: readonly (readonly [RegExp, string])[] = [
  [/^-?(0|[1-9]\d{0,8})$/, 'integer'],
  [/^-?(0|[1-9]\d{0,17})$/, 'bigint'],
  [/^-?(0|[1-9]\d*)(\.\d+)?$/, 'numeric'],
  [/^(true|false)$/i, 'boolean'],
];

/** The narrowest type that every cell has; numbers with zeros in front stay text. */
export function guessType(cells: readonly (string | null)[]): string {
  const filled = cells.filter((cell) => cell !== null);
  if (filled.length === 0) return 'text';
  if (filled.every(isDate)) return 'date';
  return guesses.find(([pattern]) => filled.every((cell) => pattern.test(cell)))?.[1] ?? 'text';
}

function isDate(cell: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(cell) ? new Date(`${cell}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(cell);
}
