import type { Reading, TypeOffer } from '../../../../shared/contract/files.ts';
import { count, counted } from '../../../../shared/number-words.ts';
import { unsure } from '../../../../shared/told-guesses.ts';
import { readsLikeDays } from '../cells/day-numbers.ts';
import type { ClassCounts } from '../cells/value-classes.ts';
import { isDecimal, valueClass } from '../cells/value-classes.ts';
import { written } from '../cells/written-numbers.ts';
import { isPlainDecimal, type NumberMarks } from './number-marks.ts';
import { type Candidate, candidatesFor, dayNumbers, wholes } from './type-candidates.ts';

/** A type for a column, and why. */
export interface ChosenType {
  readonly type: string;
  readonly format?: string;
  readonly reason: string;
  /** Share of the values that fit. */
  readonly confidence: number;
  readonly disagreeing: number;
  readonly readings?: readonly Reading[];
  readonly offers?: readonly TypeOffer[];
}

/** What is known of a column besides what its cells read like. */
export interface ColumnMarks extends NumberMarks {
  /** True where words such as NA are values like others, because a person said so. */
  readonly onlyNamed?: boolean;
  /** True where the file itself has numbers, as JSON does: `1E5` is one. */
  readonly numbers?: boolean;
}

interface Tried {
  readonly candidate: Candidate;
  readonly fits: number;
}

const c = valueClass;
const enough = 0.99;
/** The type that the values of a column call for. */
export function chooseType(counts: ClassCounts, name: string, marks: ColumnMarks = {}): ChosenType {
  const of = (kind: number) => counts.get(kind) ?? 0;
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const markers = marks.onlyNamed ? 0 : of(c.marker);
  const values = total - of(c.missing) - of(c.empty) - markers;
  if (values === 0) return asText(markers > 0 ? 'no cell holds a value' : 'all cells are empty', 1);
  const days = of(c.dayNumber) === values && readsLikeDays(name, values) ? [dayNumbers] : [];
  const tried = [...days, ...candidatesFor(counts, marks)].map((candidate) => ({
    candidate,
    fits: fitting(candidate, counts),
  }));
  const best = tried.reduce((top, next) => (next.fits > top.fits ? next : top));
  const share = best.fits / values;
  const against = refusal(best.candidate, counts, name, marks.numbers);
  if (against && (best.fits + of(c.code)) / values >= enough) {
    const readings = against === best.candidate.doubt ? readingsAmong(tried, best.fits) : [];
    const offers = against === exponentCodes ? [{ type: best.candidate.type, evidence: against }] : [];
    return {
      ...asText(against, 0.9),
      ...(readings.length > 1 ? { readings } : {}),
      ...(offers.length > 0 ? { offers } : {}),
    };
  }
  if (share < enough) return asText(mixed(best, values, of(c.unsorted)), Math.max(0.5, 1 - share));
  const { type, format } = withScale(best.candidate, counts);
  const found = {
    type,
    ...(format ? { format } : {}),
    reason: reasonFor(best, values, markers),
    disagreeing: values - best.fits,
  };
  const mayName = values > 1 && best.candidate.counts && of(written.gaps) === values;
  return mayName
    ? { ...found, confidence: unsure, offers: [{ type: 'text', evidence: inGroups }] }
    : { ...found, confidence: share };
}

/** The ways to read a column between which a person has to choose. */
const readingsAmong = (tried: readonly Tried[], fits: number): Reading[] =>
  tried
    .filter((other) => other.fits === fits && other.candidate.doubt !== undefined)
    .map(({ candidate: { type, format = '', noun: says } }) => ({ type, format, says }));

/** How the values of a column are written whose type is given. */
export interface ChosenFormat {
  /** Where not as PostgreSQL reads them. */
  readonly format?: string | undefined;
  /** The ways between which nothing in the file decides. */
  readonly readings?: readonly Reading[];
}

/** How the values of a column are written whose type a person chose; between equals `before` decides, as they were read before. */
export function formatFor(type: string, counts: ClassCounts, before?: string): ChosenFormat {
  const plain = type.replace(/\(.*/, '');
  const able = [...candidatesFor(counts), dayNumbers].filter((candidate) => candidate.type === plain);
  const tried = able.map((candidate) => ({ candidate, fits: fitting(candidate, counts) }));
  const best = tried.reduce((top, next) => (next.fits > top.fits ? next : top));
  const readings = best.candidate.doubt ? readingsAmong(tried, best.fits) : [];
  if (readings.length < 2) return { format: best.candidate.format };
  const usualWay = before === undefined ? undefined : difference(before);
  const known = readings.find(({ format }) => usualWay !== undefined && difference(format) === usualWay);
  return known ? { format: known.format } : { format: best.candidate.format, readings };
}

/** What two ways to read a column differ in: whether the day or the month is first, or what stands before decimals. */
const difference = (format: string): string | undefined =>
  format.startsWith('%')
    ? format.split('|').flatMap((way) => /^%([dm])[-/]/.exec(way)?.[1] ?? [])[0]
    : format[0];

const asText = (reason: string, confidence: number): ChosenType => ({
  type: 'text',
  reason,
  confidence,
  disagreeing: 0,
});

function fitting({ classes, decimals }: Candidate, counts: ClassCounts): number {
  let fits = 0;
  for (const [kind, count] of counts) {
    if (classes.includes(kind) || (decimals && isDecimal(kind))) fits += count;
  }
  return fits;
}

/** What speaks for text although nearly all values fit: digits that name something, days that may be months. */
function refusal(best: Candidate, counts: ClassCounts, name: string, numbers = false): string | undefined {
  const of = (kind: number) => counts.get(kind) ?? 0;
  if (best.counts && of(c.code) > 0) {
    return `${count(of(c.code))} values start with a zero or a plus: digits that name something are kept as written`;
  }
  if (best.counts && naming.test(name) && best.type !== 'numeric') {
    return 'digits that name something, by the name of the column, are kept as written';
  }
  if (best.counts && of(written.gaps) > 0 && (naming.test(name) || numbering.test(name))) {
    return 'digits in groups that name something, by the name of the column, are kept as written';
  }
  const exact = [...counts.keys()].some((kind) => isPlainDecimal(kind) || kind === c.pointed);
  if (!numbers && of(c.exponentCode) > 0 && best.classes.includes(c.exponentCode) && !exact)
    return exponentCodes;
  return best.doubt;
}

const inGroups = 'each is written in groups of digits: if they name something, text keeps them as written';
const exponentCodes = 'digits around an e may be names as well as numbers: they are kept as written';

const naming = /phone|(^|[^a-z])(tel|fax|mobile|zip|plz|iban|vat)([^a-z]|$)|zip_?code|post(al)?_?code/i;

/** Numbers that are given to people and firms, and written in groups. */
const numbering =
  /(^|[^a-z])(id|ids|siren|siret|nif|nir|abn|acn|tfn|ein|ssn|sin|nhs|kvk|cvr|org(anisation)?_?n(r|o|umber)|account|konto|compte|isbn|ean|ref|reference|code)([^a-z]|$)|_?number$/i;

/** Money and other decimals of one scale keep it: numeric(18,2). */
function withScale(
  { type, format, scale }: Candidate,
  counts: ClassCounts,
): { type: string; format?: string | undefined } {
  if (scale !== undefined && scale < 18) return { type: `numeric(18,${scale})`, format };
  if (type !== 'numeric' || format) return { type, format };
  const scales = new Set([...counts].flatMap(([kind, count]) => (count > 0 ? scaleOf(kind) : [])));
  const [only = 0] = scales;
  return scales.size === 1 && only > 0 ? { type: `numeric(18,${only})` } : { type };
}

/** The decimals of numbers of a class; 0 where they have none, or several. */
function scaleOf(kind: number): readonly number[] {
  if (kind === c.pointed) return [3];
  if (isDecimal(kind)) return [kind - c.decimal];
  return wholes.includes(kind) ? [0] : [];
}

function reasonFor(
  { candidate, fits }: { candidate: Candidate; fits: number },
  values: number,
  markers: number,
): string {
  const share = fits === values ? `all ${count(values)} values` : `${count(fits)} of ${count(values)} values`;
  const others = values - fits;
  const rejected =
    others > 0 ? `; ${count(others)} ${others === 1 ? 'is' : 'are'} not and will be rejected` : '';
  const nothing =
    markers > 0
      ? `; ${counted(markers, 'cell')} such as NA ${markers === 1 ? 'is' : 'are'} read as no value`
      : '';
  return `${values === 1 ? 'the only value reads as' : `${share} are`} ${candidate.noun}${rejected}${nothing}`;
}

function mixed(
  { candidate, fits }: { candidate: Candidate; fits: number },
  values: number,
  unsorted: number,
): string {
  if (unsorted > 0) return `at least ${count(values - unsorted)} of ${count(values)} values are words`;
  if (fits === 0) return values === 1 ? 'the only value is words' : `${count(values)} values are words`;
  return `only ${count(fits)} of ${count(values)} values are ${candidate.noun}`;
}
