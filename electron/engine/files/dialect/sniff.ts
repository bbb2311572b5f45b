import type {
  DialectOverride,
  Guess,
  SniffedDialect,
  TablePlace,
} from '../../../../shared/contract/files.ts';
import { chosen } from '../encoding/chosen.ts';
import type { Text } from '../encoding/text.ts';
import type { Marks } from '../records/split-record.ts';
import type { FoundSpelling } from '../spelling/find-spelling.ts';
import { ownMarks, standardMarks } from '../spelling/spelling.ts';
import { type BestFit, bestFit } from './best-fit.ts';
import { cutsNumbers } from './cut-numbers.ts';
import { findComment, namesInRemark } from './find-comment.ts';
import { findTable, type TableStart } from './find-table.ts';
import { type Fit, headCells } from './measure-marks.ts';
import { sampleFile } from './sample-file.ts';
import { tableBelow } from './tables-above.ts';
import { confidenceOf, guessesOf, shapeOf } from './tell-guesses.ts';

/** A dialect with what follows from it for reading. */
export interface Sniffed {
  readonly dialect: SniffedDialect;
  readonly marks: Marks;
  readonly comment: string;
  readonly headerLines: number;
  readonly width: number;
  readonly tablesAbove: readonly TablePlace[];
  /** Of the same width, behind the rows: their records are loaded as rows. */
  readonly tablesBelow: readonly TablePlace[];
  /** Where a remark names the columns. */
  readonly names?: readonly string[];
  readonly unlikeFirst?: ((text: string) => boolean) | undefined;
}

interface SniffOptions {
  readonly signal?: AbortSignal | undefined;
  /** How the file was written, of which the text is a copy in the standard writing. */
  readonly spelling?: FoundSpelling | undefined;
}

/**
 * How a file is written. Every delimiter that stands on many lines is tried with every way to quote that the text gives
 * reason for; the one holds whose rows are most alike and whose cells read most like values.
 */
export async function sniffDialect(
  text: Text,
  asked: DialectOverride,
  { spelling, signal }: SniffOptions = {},
): Promise<Sniffed> {
  const override = spelling ? { ...asked, ...standardMarks(spelling) } : asked;
  const sample = await sampleFile(text);
  const comment = override.comment ?? findComment(sample.head);
  const said = override.skipLines === undefined ? separatorIn(sample.head) : undefined;
  const best = await bestFit(sample, text.path, override, comment, signal, said);
  const { fit } = best;
  const read = (record: Fit['head'][number]) =>
    headCells(sample.head, record, fit.marks).map(({ text }) => text);
  const headerLines = override.headerLines ?? (override.header === false ? 0 : undefined);
  const { skipLines } = override;
  const found = findTable(said ? fit.head.filter(({ line }) => line > 1) : fit.head, fit.width, read, {
    skipLines,
    headerLines,
    above: fit.above,
    separator: said,
  });
  const table = override.header === true && found.headerLines === 0 ? { ...found, headerLines: 1 } : found;
  const names = table.headerLines === 0 ? namesInRemark(sample.head, comment, table.width) : undefined;
  const below = sample.whole ? tableBelow(sample.head, fit, table, read) : [];
  const cut = fit.width > 1 && cutsNumbers(sample.head, fit.head, fit.marks.delimiter);
  const sniffed = sniffedOf(text, best, { ...table, cutsNumbers: cut }, { comment, override });
  const dialect = spelling ? inItsSpelling(sniffed.dialect, spelling, asked) : sniffed.dialect;
  return { ...sniffed, dialect, marks: fit.marks, comment, tablesBelow: below, ...(names ? { names } : {}) };
}

/** A dialect as the file itself has it, not its copy. */
function inItsSpelling(
  dialect: SniffedDialect,
  spelling: FoundSpelling,
  asked: DialectOverride,
): SniffedDialect {
  const { kind, guess, starts } = spelling;
  const follows: Guess = { confidence: 0.9, evidence: 'follows from how cells are told apart' };
  const byIt = (part: 'delimiter' | 'quote' | 'escape') => (asked[part] === undefined ? follows : chosen);
  return {
    ...dialect,
    ...ownMarks(spelling),
    spelling: kind,
    ...(starts ? { starts: [...starts] } : {}),
    confidence: Math.min(dialect.confidence, guess.confidence),
    evidence: guess.evidence,
    guesses: {
      ...dialect.guesses,
      spelling: guess,
      delimiter: byIt('delimiter'),
      quote: byIt('quote'),
      escape: byIt('escape'),
    },
  };
}

/** The delimiter of which the first line says so, as Excel reads it: `sep=;`. */
const separatorIn = (head: Buffer): string | undefined =>
  /^"?sep=([^"\r\n]{1,4})"?[ ,;]*\r?\n/i.exec(head.toString('utf8', 0, 64))?.[1];

interface Told {
  readonly comment: string;
  readonly override: DialectOverride;
}

function sniffedOf(
  text: Text,
  best: BestFit,
  table: TableStart & { readonly cutsNumbers: boolean },
  told: Told,
) {
  const { fit } = best;
  const { comment, override } = told;
  const { skipLines, headerLines, width, tablesAbove, unlikeFirst } = table;
  const guesses = guessesOf(best, table, override, comment);
  const encoding: Guess = text.found;
  return {
    dialect: {
      encoding: text.encoding,
      ...fit.marks,
      header: headerLines > 0,
      skipLines,
      headerLines,
      comment,
      ...(override.footerLines === undefined ? {} : { footerLines: override.footerLines }),
      ...(override.keepRepeats ? { keepRepeats: true } : {}),
      ...(override.decimal === undefined ? {} : { decimal: override.decimal }),
      confidence: confidenceOf(best, table, override),
      evidence: shapeOf(best, override),
      guesses: { encoding, ...guesses },
    },
    headerLines,
    width,
    tablesAbove,
    unlikeFirst,
  };
}
