import { accountingReading, accountingSign } from '../cells/accounting.ts';
import { dayNumberFormat } from '../cells/day-numbers.ts';
import { clockFormats, type MomentReading, momentReadings } from '../cells/moment-shapes.ts';
import { type SignReading, signedFormat, signReadings } from '../cells/signs.ts';
import { truthReadings } from '../cells/truth-words.ts';
import type { ClassCounts } from '../cells/value-classes.ts';
import { valueClass } from '../cells/value-classes.ts';
import { type Decimal, numberReading, written } from '../cells/written-numbers.ts';
import { isPlainDecimal, type NumberMarks } from './number-marks.ts';

/** A type that a column may have, and the classes of cells that are values of it. */
export interface Candidate {
  readonly type: string;
  readonly format?: string;
  readonly noun: string;
  readonly classes: readonly number[];
  readonly decimals?: boolean;
  /** A number: digits that are a name rule it out. */
  readonly counts?: boolean;
  /** The one number of decimals of all values, where the classes do not say. */
  readonly scale?: number | undefined;
  /** What speaks against it although all values fit. */
  readonly doubt?: string | undefined;
}

const c = valueClass;
const small = [c.integer, c.dayNumber];

/** Classes of numbers without decimals, or with more of them than are told apart. */
export const wholes: readonly number[] = [...small, c.bigint, c.hugeInteger, c.longDecimal, c.wideDecimal];
const exponents = [c.exponent, c.exponentCode, c.wideExponent];

/** Narrowest first: of two types that fit as many values, the first is chosen. */
const usual: readonly Candidate[] = [
  { type: 'boolean', noun: 'true or false', classes: [c.boolean] },
  { type: 'integer', noun: 'whole numbers', classes: small, counts: true },
  { type: 'bigint', noun: 'whole numbers of up to 19 digits', classes: [...small, c.bigint], counts: true },
  {
    type: 'numeric',
    noun: 'exact decimal numbers',
    classes: [...wholes, c.pointed],
    decimals: true,
    counts: true,
  },
  {
    type: 'double precision',
    noun: 'numbers, some with exponents',
    classes: [...small, c.longDecimal, c.pointed, c.exponent, c.exponentCode],
    decimals: true,
    counts: true,
  },
  {
    type: 'numeric',
    noun: 'exact numbers, some with exponents; some may have more digits than floating point keeps',
    classes: [...wholes, c.pointed, ...exponents],
    decimals: true,
    counts: true,
  },
  { type: 'date', noun: 'dates', classes: [c.date] },
  { type: 'timestamp without time zone', noun: 'dates with a time', classes: [c.timestamp, c.date] },
  { type: 'timestamp with time zone', noun: 'dates with a time and its zone', classes: [c.timestamptz] },
  { type: 'time without time zone', noun: 'times of a day', classes: [c.time] },
  { type: 'uuid', noun: 'UUIDs', classes: [c.uuid] },
  { type: 'inet', noun: 'network addresses', classes: [c.inet] },
  { type: 'jsonb', noun: 'JSON objects or lists', classes: [c.json] },
];

/** Eight digits that are days, each of them. */
export const dayNumbers: Candidate = {
  type: 'date',
  format: dayNumberFormat,
  noun: 'days written as eight digits, such as 20240131',
  classes: [c.dayNumber],
};

/** The usual types, and those for which a column's values give reason. */
export function candidatesFor(counts: ClassCounts, marks: NumberMarks = {}): readonly Candidate[] {
  const { decimal, pointUnsure } = marks;
  // In one order, whatever was counted first: what is kept in a recipe does not change by itself.
  const kinds = [...counts.keys()].sort((a, b) => a - b);
  // Where each value is written as thousands may be, it is not decided that they are decimals.
  const pointed = kinds.includes(c.pointed) && !kinds.some(isPlainDecimal);
  const open = pointed && (decimal === ',' || (decimal === undefined && pointUnsure === true));
  const truths = truthReadings(kinds).map(
    ({ classes, format }): Candidate => ({
      type: 'boolean',
      format,
      noun: `${format.replace('|', ' or ')}`,
      classes,
    }),
  );
  const moments = momentReadings(kinds).flatMap((reading) => momentCandidates(reading, counts));
  const signed = signReadings(kinds).filter(
    (reading) => decimal === undefined || reading.decimal === decimal,
  );
  return [
    ...(open ? usual.filter(({ decimals }) => !decimals) : usual),
    ...truths,
    ...(counts.has(c.date) && counts.has(c.dayNumber) ? [isoOrDigits] : []),
    ...(counts.has(c.halfTime) ? [halfTimes] : []),
    ...moments,
    ...numberCandidates(kinds, decimal, open),
    ...accountingCandidates(kinds, decimal),
    ...signed.map((reading) => signedCandidate(reading, decimal)),
  ];
}

const isoOrDigits: Candidate = {
  type: 'date',
  format: `%Y-%m-%d|${dayNumberFormat}`,
  noun: 'dates, written in several ways',
  classes: [c.date, c.dayNumber],
};

const halfTimes: Candidate = {
  type: 'time without time zone',
  format: clockFormats.join('|'),
  noun: 'times of a day, with AM or PM',
  classes: [c.time, c.halfTime],
};

const isoStamps = [' ', 'T'].flatMap((between) =>
  ['%H:%M:%S', '%H:%M', '%H:%M:%S.%f'].map((clock) => `%Y-%m-%d${between}${clock}`),
);

function momentCandidates(
  { classes, formats, timed, monthFirst, unsure }: MomentReading,
  counts: ClassCounts,
): Candidate[] {
  const iso = counts.has(c.date) ? ['%Y-%m-%d'] : [];
  const digits = counts.has(c.dayNumber) && !timed ? [dayNumberFormat] : [];
  const isoTimes = timed && counts.has(c.timestamp) ? isoStamps : [];
  const order = formats.some((format) => /%[dm][-/]%[dm]/.test(format))
    ? `, ${monthFirst ? 'month' : 'day'} first`
    : '';
  const ways = new Set(classes.map((kind) => Math.floor(kind / 10))).size + iso.length + digits.length;
  const doubt = unsure
    ? 'dates in which day and month cannot be told apart: say whether the day or the month is first'
    : undefined;
  return [
    {
      type: timed ? 'timestamp without time zone' : 'date',
      format: [...iso, ...digits, ...isoTimes, ...formats].join('|'),
      noun: `${timed ? 'dates with a time' : 'dates'}${order}${ways > 1 ? ', written in several ways' : ''}`,
      classes: [...classes, c.date, ...(timed ? [c.timestamp] : [c.dayNumber])],
      doubt,
    },
  ];
}

const unsureMark = 'numbers whose comma may stand before decimals or between thousands: say which';

function numberCandidates(
  kinds: readonly number[],
  decimal: Decimal | undefined,
  pointed: boolean,
): Candidate[] {
  const comma = numberReading(kinds, ',');
  const point = numberReading(kinds, '.');
  const doubt = pointed ? unsureMark.replace('comma', 'point') : unsureMark;
  const both: Candidate[] = [
    {
      type: 'numeric',
      format: ',',
      noun: pointed && !comma.told ? 'numbers with points between thousands' : 'numbers with a decimal comma',
      // Three digits behind a point are thousands where another value has a decimal comma.
      classes: [...comma.classes, ...small, c.bigint, ...(comma.told || pointed ? [c.pointed] : [])],
      counts: true,
      doubt: comma.told || decimal ? undefined : doubt,
    },
    {
      type: 'numeric',
      format: '.',
      noun: pointed ? 'numbers with a decimal point' : 'numbers with marks between thousands',
      classes: [...point.classes, ...wholes, c.pointed],
      decimals: true,
      counts: true,
      doubt: point.told || decimal ? undefined : doubt,
    },
  ];
  return both.filter(({ format }) => decimal === undefined || format === decimal);
}

/** Numbers of which those below zero stand in brackets or before their minus. */
function accountingCandidates(kinds: readonly number[], decimal: Decimal | undefined): Candidate[] {
  return (['.', ','] as const).flatMap((mark): Candidate[] => {
    const account = accountingReading(kinds, mark);
    if (!account.found || (decimal !== undefined && decimal !== mark)) return [];
    const others = numberReading(kinds, mark);
    const plain = mark === '.' ? [...wholes, c.pointed] : [...small, c.bigint, c.pointed];
    const told = account.told || others.told || (mark === '.' && kinds.some(isPlainDecimal));
    const open = account.open || kinds.some((kind) => kind === written.unsure || kind === c.pointed);
    return [
      {
        type: 'numeric',
        format: signedFormat(mark, accountingSign),
        noun: `numbers, those below zero in brackets, before their minus or behind a typographic one${mark === ',' ? ', with a decimal comma' : ''}`,
        classes: [...account.classes, ...others.classes, ...plain],
        decimals: mark === '.',
        counts: true,
        doubt: told || !open || decimal ? undefined : unsureMark.replace('comma', 'comma or point'),
      },
    ];
  });
}

function signedCandidate(reading: SignReading, chosen: Decimal | undefined): Candidate {
  const { sign, decimal, classes, scale, unsure } = reading;
  const what =
    sign === '%' || sign === '‰'
      ? `numbers with ${sign}, loaded without it: 12 ${sign} is 12`
      : `amounts in ${sign}, loaded as exact numbers without it`;
  return {
    type: 'numeric',
    format: signedFormat(decimal, sign),
    noun: `${what}${decimal === ',' ? ', with a decimal comma' : ''}`,
    classes,
    scale,
    doubt: unsure && !chosen ? unsureMark.replace('comma', 'comma or point') : undefined,
  };
}
