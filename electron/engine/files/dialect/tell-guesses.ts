import type { DialectOverride, Guess, SniffedDialect } from '../../../../shared/contract/files.ts';
import { count, counted } from '../../../../shared/number-words.ts';
import { unsure } from '../../../../shared/told-guesses.ts';
import { chosen } from '../encoding/chosen.ts';
import { usualDelimiters } from '../records/split-record.ts';
import type { BestFit } from './best-fit.ts';
import { isEveryday } from './candidate-marks.ts';
import type { TableStart } from './find-table.ts';
import type { Fit } from './measure-marks.ts';

const percent = (share: number) => `${Math.round(share * 100)} %`;
const rounded = (share: number) => Math.round(share * 100) / 100;

/** How sure the whole reading is. */
export function confidenceOf(
  best: BestFit,
  { header, headerLines, preamble, unnamed }: TableStart,
  override: DialectOverride,
): number {
  const { records, width } = best.fit;
  if (records === 0) return 0;
  const doubt = [
    override.delimiter === undefined && (isUnsure(best) || isDoubled(best, headerLines === 0)) ? 0.6 : 1,
    width === 1 ? 0.85 : 1,
    unnamed > 0 ? 0.6 : Math.max(0.8, header.confidence),
    preamble.confidence,
    records < 3 ? 0.8 : 1,
  ];
  return rounded(doubt.reduce((product, factor) => product * factor, sureness(best)));
}

const fewRecords = 10;
const clearLead = 0.85;

/**
 * How sure the marks are: by the records they make alike, and by how much the cells read like values. Long texts read
 * little like values, but where all of many records agree and nothing else comes near, they need not.
 */
function sureness({ fit, rival }: BestFit): number {
  const { records, agreeing, worth, score } = fit;
  const share = records === 0 ? 0 : agreeing / records;
  // Of several records, no two alike.
  if (agreeing <= 1 && fit.head.length > 2) return 0.5 * share * Math.min(1, 0.4 + worth);
  const alone = share === 1 && records >= fewRecords && (rival?.score ?? 0) < score * clearLead;
  return alone ? 1 : share * Math.min(1, 0.4 + worth);
}

/** What speaks for a reading, in words. */
export function shapeOf({ fit, rival, guessed }: BestFit, override: DialectOverride): string {
  const { records, agreeing, width, worth, places, marks, score } = fit;
  const cells = counted(width, 'cell');
  const where =
    places === 1 ? `the first ${count(records)} records` : `${count(records)} records from ${places} places`;
  const shape = `${count(agreeing)} of ${where} have ${cells}`;
  if (override.delimiter !== undefined) return `${shape} with the delimiter you chose`;
  const words = `${shape}, which read ${percent(worth)} like values`;
  if (guessed) {
    const same = guessed.delimiter === marks.delimiter && guessed.quote === marks.quote;
    return `${words}; DuckDB's sniffer ${same ? 'finds the same' : 'does not agree'}`;
  }
  if (rival && rival.score > score)
    return `${words}; ${named(rival.marks.delimiter)} would read better still, but seems to stand inside the cells`;
  return rival
    ? `${words}; next best is ${named(rival.marks.delimiter)}, with ${percent(rival.score / score)} of its score`
    : words;
}

const names: Readonly<Record<string, string>> = {
  ',': 'a comma',
  ';': 'a semicolon',
  '\t': 'a tab',
  ' ': 'a space',
};
const named = (delimiter: string) => names[delimiter] ?? `“${delimiter}”`;

/** A space between words of which some column is made. */
const isSpaceInWords = ({ fit }: BestFit): boolean =>
  fit.marks.delimiter === ' ' && fit.width > 1 && fit.wordy;

const isUnsure = (best: BestFit): boolean =>
  isEveryday(best.fit.marks.delimiter) || isTie(best) || isSpaceInWords(best);

/** Two usual delimiters that both cut every record alike: one of them stands inside the cells. */
const isTie = ({ fit, rival }: BestFit): boolean =>
  fit.flawless &&
  rival?.flawless === true &&
  [fit, rival].every(({ marks }) => usualDelimiters.includes(marks.delimiter));

/** Each part of a dialect with its evidence. */
export function guessesOf(
  best: BestFit,
  table: TableStart & { readonly cutsNumbers: boolean },
  override: DialectOverride,
  comment: string,
): NonNullable<SniffedDialect['guesses']> {
  const { header, preamble } = table;
  const { fit } = best;
  const share = fit.records === 0 ? 0 : fit.agreeing / fit.records;
  const doubt = doubtOf(best, table.cutsNumbers, table.headerLines === 0);
  const delimiter = {
    confidence: rounded(sureness(best) * (doubt ? 0.6 : 1)),
    evidence: `${shapeOf(best, override)}${doubt}`,
  };
  const { quote, escape: escaping, padded } = fit.marks;
  return {
    delimiter: override.delimiter === undefined ? delimiter : chosen,
    quote: override.quote === undefined ? quoteGuess(fit, share, padded === true) : chosen,
    escape: override.escape === undefined ? escapeGuess(quote, escaping, share) : chosen,
    header: override.header === undefined ? header : chosen,
    headerLines: override.headerLines === undefined ? header : chosen,
    skipLines: preamble,
    comment: override.comment === undefined ? commentGuess(comment) : chosen,
  };
}

/** A mark that stands twice, where no names tell that no column stands between. */
const isDoubled = ({ fit }: BestFit, unnamed: boolean): boolean =>
  unnamed && usualDelimiters.some((one) => fit.marks.delimiter === one + one);

/** What speaks against a delimiter, if anything does. */
function doubtOf(best: BestFit, cutsNumbers: boolean, unnamed: boolean): string {
  const { delimiter } = best.fit.marks;
  if (isDoubled(best, unnamed))
    return '; but it may be two of them, between which a column is empty in every row';
  if (isEveryday(delimiter)) return '; but such a sign stands in times, numbers and names as well';
  if (cutsNumbers) return '; but each line may be one number as well';
  if (isSpaceInWords(best)) return '; but a space stands in names and other texts as well';
  return isTie(best) ? `; but ${named(best.rival?.marks.delimiter ?? '')} cuts all of them alike, too` : '';
}

function quoteGuess({ marks: { quote }, width }: Fit, share: number, padded: boolean): Guess {
  if (quote === '') {
    const evidence = 'quotes are characters like others: so the rows are alike';
    // Rows of one cell are alike however they are cut.
    return { confidence: rounded(width === 1 ? Math.min(share, unsure) : share), evidence };
  }
  const spaces = padded ? ', also behind spaces' : '';
  return { confidence: rounded(share), evidence: `with ${quote} around cells${spaces} the rows are alike` };
}

function escapeGuess(quote: string, escaping: string, share: number): Guess {
  if (quote === '') return { confidence: rounded(share), evidence: 'without quotes nothing is escaped' };
  if (escaping === '')
    return { confidence: rounded(share), evidence: 'quotes inside quotes stand as they are' };
  const words =
    escaping === quote
      ? 'a quote inside quotes is doubled, as is usual'
      : `${escaping} stands before quotes inside quotes${escaping === '\\' ? '; doubled ones are read as one, too' : ''}`;
  return { confidence: rounded(share), evidence: words };
}

const commentGuess = (comment: string): Guess =>
  comment === ''
    ? { confidence: 0.95, evidence: 'no line begins like a remark' }
    : { confidence: 0.9, evidence: `lines that begin with ${comment} do not read like rows` };
