import type { DialectOverride, SniffedDialect } from '../../../shared/contract/files.ts';
import { sql } from '../../../shared/sql.ts';
import { withDuck } from './duck.ts';
import { readHead } from './encoding.ts';
import { type Fit, looksLikeValue, type MeasureOptions, measureMarks } from './measure-marks.ts';
import type { Marks } from './split-record.ts';
import type { Text } from './text.ts';
import { endsInCarriageReturn } from './writing.ts';

/** A dialect with what follows from it for reading. */
export interface Sniffed {
  readonly dialect: SniffedDialect;
  readonly marks: Marks;
  readonly carriageReturn: boolean;
  readonly width: number;
}

const headBytes = 512 << 10;
const standard = [',', ';', '\t', '|'].map((delimiter): Marks => ({ delimiter, quote: '"', escape: '"' }));

/** How a file is written: DuckDB's guess and the usual ways, each tried on the first records; the best one holds. */
export async function sniffDialect(
  text: Text,
  override: DialectOverride,
  signal?: AbortSignal,
): Promise<Sniffed> {
  const head = (await readHead(text.path, headBytes)).subarray(text.mark);
  const whole = text.bytes <= headBytes;
  const carriageReturn = endsInCarriageReturn(head);
  const options = { carriageReturn, whole, skipLines: override.skipLines };
  const guessed = await duckGuess(text.path, signal);
  const fit = bestFit(head, guessed, override, options);
  const header = override.header ?? readsLikeHeader(fit.first);
  const width = widthOf(fit, header);
  return {
    dialect: {
      encoding: text.encoding,
      ...fit.marks,
      header,
      skipLines: fit.skipLines,
      confidence: confidenceOf(fit, header),
      evidence: evidenceOf(fit, guessed, override),
    },
    marks: fit.marks,
    carriageReturn,
    width,
  };
}

function bestFit(
  head: Buffer,
  guessed: Marks | undefined,
  override: DialectOverride,
  options: MeasureOptions,
): Fit {
  const candidates = (guessed ? [standard[0] as Marks, guessed, ...standard.slice(1)] : standard).map(
    (marks) => overridden(marks, override),
  );
  const fits = candidates.map((marks) => measureMarks(head, marks, options));
  return fits.reduce((best, fit) => (fit.score > best.score + 0.001 ? fit : best));
}

function overridden(marks: Marks, override: DialectOverride): Marks {
  const chosen = override.quote ?? marks.quote;
  return {
    delimiter: override.delimiter ?? marks.delimiter,
    quote: chosen,
    escape: override.escape ?? (override.quote === undefined ? marks.escape : chosen),
  };
}

/** DuckDB's opinion; none where it cannot make sense of the file. */
async function duckGuess(path: string, signal: AbortSignal | undefined): Promise<Marks | undefined> {
  const statement = sql`select "Delimiter", "Quote", "Escape" from sniff_csv(${path}, ignore_errors = true)`;
  const rows = await withDuck(signal, (duck) => duck.rows(statement)).catch(() => []);
  if (signal?.aborted || !rows[0]) return undefined;
  const [delimiter = '', quote = '', escaping = ''] = rows[0].map((cell) => charOf(String(cell)));
  if (delimiter === '' || /[\r\n]/.test(delimiter)) return undefined;
  return { delimiter, quote: quote || '"', escape: escaping || quote || '"' };
}

const charOf = (word: string) =>
  ['(empty)', '\\0', '\0'].includes(word) ? '' : word === '\\t' ? '\t' : word;

/** Column names are words: no cell of the first record reads like data, or only years beside a word do. */
export function readsLikeHeader(first: readonly (readonly string[])[]): boolean {
  const [names, ...rows] = first;
  if (!names || names.every((name) => name.trim() === '')) return false;
  const values = names.filter(looksLikeValue);
  if (values.length === 0) return true;
  const years =
    values.every((value) => /^(19|20)\d\d$/.test(value)) && new Set(values).size === values.length;
  return years && values.length > 1 && values.length < names.length && rows.length > 0;
}

/** Rows wider than the header win when most rows are; a header wider than its rows is the truth. */
function widthOf({ first, width }: Fit, header: boolean): number {
  const [names] = first;
  if (!header || !names || names.length <= width) return width;
  return names.slice(width).every((name) => name.trim() === '') ? width : names.length;
}

function confidenceOf({ records, agreeing, width, skipLines }: Fit, header: boolean): number {
  if (records === 0) return 0;
  const doubt = [width === 1 ? 0.85 : 1, header ? 1 : 0.9, skipLines > 0 ? 0.9 : 1, records < 3 ? 0.8 : 1];
  return Math.round(doubt.reduce((product, factor) => product * factor, agreeing / records) * 100) / 100;
}

function evidenceOf(
  { records, agreeing, width, marks }: Fit,
  guessed: Marks | undefined,
  override: DialectOverride,
) {
  const cells = `${width.toLocaleString('en-US')} cell${width === 1 ? '' : 's'}`;
  const count = (value: number) => value.toLocaleString('en-US');
  const shape = `${count(agreeing)} of the first ${count(records)} records have ${cells}`;
  if (override.delimiter !== undefined) return `${shape} with the delimiter you chose`;
  const same = guessed?.delimiter === marks.delimiter && guessed.quote === marks.quote;
  return same ? `${shape}; DuckDB's sniffer finds the same` : `${shape}; DuckDB's sniffer does not agree`;
}
