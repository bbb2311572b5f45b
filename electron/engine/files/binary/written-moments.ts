import { dayNumberFormat, isDay } from '../cells/day-numbers.ts';
import { clockFormats, momentKind, swapped } from '../cells/moment-shapes.ts';
import { valueClass } from '../cells/value-classes.ts';
import { date, daySeconds, daysOf, timestamp } from './binary-moments.ts';
import type { WriteCell } from './binary-numbers.ts';
import { dayFormat, digits, read, readClock } from './read-moment.ts';

const space = 32;

/** Classes of a way to write days in a column's format: alone, and with each way to write a time behind. */
interface Way {
  readonly alone: number;
  readonly timed: number;
  /** By the place of a time's format: whether the column's format has it. */
  readonly clocks: readonly boolean[];
  readonly swaps: boolean;
  readonly monthFirst: boolean;
}

/** The ways of a column's format, by the format of the day. */
function waysOf(formats: ReadonlySet<string>): ReadonlyMap<string, Way> {
  const ways = new Map<string, Way>();
  const usual = [
    '%d/%m/%Y',
    '%d-%m-%Y',
    '%d/%m/%y',
    '%d.%m.%Y',
    '%d.%m.%y',
    '%Y/%m/%d',
    '%Y.%m.%d',
    '%Y-%m-%d',
  ];
  const named = ['%d %b %Y', '%d-%b-%Y', '%d-%b-%y', '%b %d, %Y'];
  for (const day of [...usual, ...named]) {
    const swaps = /^%d[/-]%m/.test(day);
    for (const written of swaps ? [day, swapped(day)] : [day]) {
      const clocks = clockFormats.map((clock) => formats.has(`${written} ${clock}`));
      // Days in ISO 8601 alone have a class of their own, and are read before.
      const alone = formats.has(written) && day !== '%Y-%m-%d' ? (momentKind(day, false) ?? -1) : -1;
      const timed = clocks.includes(true) ? (momentKind(day, true) ?? -1) : -1;
      if (alone >= 0 || timed >= 0)
        ways.set(day, { alone, timed, clocks, swaps, monthFirst: written !== day });
    }
  }
  return ways;
}

/** The class of a day that was read, by the orders of day and month it has in the calendar. */
function classIn(base: number, { swaps }: Way): number {
  if (!swaps) return base;
  const dayFirst = read.month <= 12;
  const monthFirst = read.day <= 12;
  return base + (dayFirst && monthFirst ? 2 : dayFirst ? 0 : 1);
}

/** Days, with a time or without, in the ways of a column's format. */
export function momentWriter(format: string, timed: boolean): WriteCell {
  const formats = new Set(format.split('|'));
  const ways = waysOf(formats);
  const iso = formats.has('%Y-%m-%d') ? (timed ? timestamp : date) : undefined;
  const asDigits = !timed && formats.has(dayNumberFormat);
  return (from, start, end, to) => {
    const known = iso ? iso(from, start, end, to) : -1;
    if (known >= 0) return known;
    if (asDigits && end - start === 8) return dayDigits(from, start, end, to);
    read.at = start;
    const way = ways.get(dayFormat(from, end) ?? '');
    if (!way) return -1;
    const alone = read.at === end;
    if (!alone && !(timed && from[read.at] === space && readClock(from, end) && way.clocks[read.clock]))
      return -1;
    const base = alone ? way.alone : way.timed;
    const days = way.monthFirst
      ? daysOf(read.year, read.day, read.month)
      : daysOf(read.year, read.month, read.day);
    if (base < 0 || Number.isNaN(days) || read.year < 1000) return -1;
    write(to, days, timed, alone);
    return classIn(base, way);
  };
}

function write(to: Parameters<WriteCell>[3], days: number, timed: boolean, alone: boolean): void {
  to.int32(timed ? 8 : 4);
  if (timed) to.micros(days * daySeconds + (alone ? 0 : read.seconds), alone ? 0 : read.micros);
  else to.int32(days);
}

const dayDigits: WriteCell = (from, start, end, to) => {
  read.at = start;
  const value = digits(from, end, 8);
  if (read.at !== end || !isDay(value)) return -1;
  to.int32(4);
  to.int32(daysOf(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100));
  return valueClass.dayNumber;
};
