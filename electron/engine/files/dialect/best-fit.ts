import type { DialectOverride } from '../../../../shared/contract/files.ts';
import { sql } from '../../../../shared/sql.ts';
import { withDuck } from '../duck/duck.ts';
import { isValue } from '../header/cell-kind.ts';
import type { Marks } from '../records/split-record.ts';
import { usualDelimiters } from '../records/split-record.ts';
import { type Candidate, candidateDelimiters, candidateQuotes, quotesIn } from './candidate-marks.ts';
import { cutsNumbers, cutsUnevenly } from './cut-numbers.ts';
import { type Fit, headCells, measureMarks } from './measure-marks.ts';
import type { Sample } from './sample-file.ts';

/** The way to read a file that explains it best. */
export interface BestFit {
  readonly fit: Fit;
  /** The best one with another delimiter. */
  readonly rival: Fit | undefined;
  /** What DuckDB's sniffer takes it for; it is asked where we are not sure. */
  readonly guessed?: Marks | undefined;
}

const finalists = 4;
const quickBytes = 48 << 10;
/** Better than that, and well before all others, needs no second opinion. */
const sure = { score: 0.6, lead: 0.15 };

/**
 * Tries every delimiter that stands on many lines with every way to quote that the text gives reason for; only the one that
 * the file itself or a person names, if there is one.
 */
export async function bestFit(
  sample: Sample,
  path: string,
  override: DialectOverride,
  comment: string,
  signal?: AbortSignal,
  said?: string,
): Promise<BestFit> {
  const head = sample.head.toString('utf8', 0, quickBytes);
  const trial = new Trial(sample, head, override, comment);
  const delimiter = override.delimiter ?? said;
  if (delimiter !== undefined) return trial.best([{ delimiter, prior: 1 }]);
  const fits = trial.fits(trial.shortList(candidateDelimiters(head)));
  const best = bestOf(fits);
  const { fit, rival } = best;
  const twice = fits.find((other) => isHalfOf(fit, other) && isTwice(other));
  if (twice) return { fit: twice, rival: fit };
  const single = fits.find((other) => isHalfOf(other, fit));
  if (single && !isTwice(fit)) return { fit: single, rival: fit };
  const named = fits.find((other) => namesWhat(other, fit, sample.head));
  if (named) return { fit: named, rival: fit };
  if (cutsUnevenly(sample.head, fit.head, fit.marks.delimiter))
    return { ...trial.best([{ delimiter: ';', prior: 1 }]), rival: fit };
  const uneven = fit.width === 1 ? unevenlyCut(head) : undefined;
  if (uneven !== undefined && cutsNumbers(sample.head, fit.head, uneven)) return best;
  if (uneven !== undefined) return { ...trial.best([{ delimiter: uneven, prior: 1 }]), rival: fit };
  if (fit.score > sure.score && fit.score - (rival?.score ?? 0) > sure.lead) return best;
  const guessed = await duckGuess(path, signal);
  if (!guessed) return best;
  const tried = trial.best([{ delimiter: guessed.delimiter, prior: 0.9 }]);
  const better = tried.fit.score > fit.score + 0.001 && tried.fit.marks.delimiter !== fit.marks.delimiter;
  return { ...(better ? { ...tried, rival: fit } : best), guessed };
}

const fewLines = 20;

/** A usual delimiter that stands on nearly every one of a few lines, though not as often on each; not in sentences. */
function unevenlyCut(head: string): string | undefined {
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  if (lines.length < 2 || lines.length > fewLines) return undefined;
  return usualDelimiters.find((delimiter) => {
    const cut = lines.filter((line) => line.includes(delimiter));
    return cut.length * 3 >= lines.length * 2 && !cut.some((line) => line.includes(`${delimiter} `));
  });
}

class Trial {
  readonly #sample: Sample;
  readonly #quick: Sample;
  readonly #head: string;
  readonly #override: DialectOverride;
  readonly #comment: string;

  constructor(sample: Sample, head: string, override: DialectOverride, comment: string) {
    this.#sample = sample;
    this.#quick = quickSample(sample);
    this.#head = head;
    this.#override = override;
    this.#comment = comment;
  }

  #measure(sample: Sample, marks: Marks, prior: number): Fit {
    const { skipLines } = this.#override;
    return measureMarks(sample, marks, { prior, comment: this.#comment, skipLines });
  }

  /** The delimiters that do best on the first lines. */
  shortList(candidates: readonly Candidate[]): Candidate[] {
    const scored = candidates.map((candidate) => {
      const { delimiter, prior } = candidate;
      const fits = quotesIn(this.#head, delimiter).map((quote) =>
        this.#measure(this.#quick, overridden({ delimiter, quote, escape: quote }, this.#override), prior),
      );
      return { candidate, score: Math.max(...fits.map(({ score }) => score)) };
    });
    const best = scored.sort((a, b) => b.score - a.score).slice(0, finalists);
    return best.map(({ candidate }) => candidate);
  }

  best(candidates: readonly Candidate[]): BestFit {
    return bestOf(this.fits(candidates));
  }

  /** The best fit with each delimiter. */
  fits(candidates: readonly Candidate[]): readonly Fit[] {
    return candidates.map(({ delimiter, prior }) => {
      const ways = candidateQuotes(this.#head, delimiter).map((marks) => overridden(marks, this.#override));
      const distinct = [...new Map(ways.map((marks) => [JSON.stringify(marks), marks])).values()];
      return withQuotes(distinct.map((marks) => this.#measure(this.#sample, marks, prior))).reduce(better);
    });
  }
}

function bestOf(fits: readonly Fit[]): BestFit {
  const [first, ...others] = fits as [Fit, ...Fit[]];
  const fit = others.reduce(better, first);
  const rest = fits.filter((other) => other !== fit);
  return { fit, rival: rest.length > 0 ? rest.reduce(better) : undefined };
}

/** True for the mark of which the other is two, where it explains as much: a column between them is empty in most rows. */
const isHalfOf = (other: Fit, { marks, agreeing }: Fit): boolean =>
  marks.delimiter === other.marks.delimiter.repeat(2) && other.agreeing >= agreeing;

/** One mark that stands between all cells of every row; of a comma, a semicolon or a tab one gap in each row may be an empty column. */
const isTwice = ({ flawless, width, marks }: Fit): boolean =>
  flawless && (width > 2 || !/^[,;\t]/.test(marks.delimiter));

/**
 * True for a usual delimiter that cuts every record alike, names in the first one too, where what reads better leaves that one
 * whole: of `name,place` over `a,48.1;11.5` the semicolons stand inside the cells.
 */
function namesWhat(other: Fit, best: Fit, head: Buffer): boolean {
  const [first] = other.head;
  if (!other.flawless || !first || !usualDelimiters.includes(other.marks.delimiter)) return false;
  if (best.width === 1 || best.flawless || best.head[0]?.cells !== 1) return false;
  const names = headCells(head, first, other.marks).map(({ text }) => text);
  const whole = names.every((name) => name.trim() !== '' && !/^\s/.test(name) && !isValue(name));
  return whole && new Set(names).size === names.length;
}

/** Where quotes explain every record, they are quotes: `"[1,0,2]"` is one cell, however well its numbers would read as cells. */
function withQuotes(all: readonly Fit[]): readonly Fit[] {
  // In one column nothing shows that other marks are quotes: they are characters of its cells.
  const sound = all.filter(({ width, marks }) => width > 1 || ['"', ''].includes(marks.quote));
  const fits = sound.length > 0 ? sound : all;
  const quoted = fits.filter(({ marks }) => marks.quote !== '');
  return quoted.some(({ flawless }) => flawless) ? withoutTorn(quoted) : fits;
}

/** Where doubled quotes explain every record, they are no ends of cells: a long cell would be cut at each of its lines. */
function withoutTorn(fits: readonly Fit[]): readonly Fit[] {
  const whole = fits.filter(({ flawless, marks }) => flawless && marks.escape === marks.quote);
  const torn = ({ flawless, marks }: Fit) =>
    !flawless && marks.escape === '' && whole.some((fit) => fit.marks.quote === marks.quote);
  return fits.filter((fit) => !torn(fit));
}

const better = (top: Fit, fit: Fit): Fit => (fit.score > top.score + 0.001 ? fit : top);

/** A first look costs less on fewer lines. */
function quickSample({ head, whole }: Sample): Sample {
  const end = head.length <= quickBytes ? -1 : head.indexOf(10, quickBytes);
  return end < 0
    ? { head, pieces: [], whole }
    : { head: head.subarray(0, end + 1), pieces: [], whole: false };
}

function overridden(marks: Marks, override: DialectOverride): Marks {
  const chosen = override.quote ?? marks.quote;
  const padded = override.padded ?? marks.padded;
  return {
    delimiter: override.delimiter ?? marks.delimiter,
    quote: chosen,
    escape: override.escape ?? (override.quote === undefined ? marks.escape : chosen),
    ...(padded && chosen !== '' ? { padded } : {}),
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
