import { join, type Sql, sql } from '../../../../shared/sql.ts';

/** One way in which days, or days with a time, are written besides ISO 8601. */
interface Shape {
  /** What it looks like, as DuckDB's regular expressions have it. */
  readonly pattern: string;
  /** How it is read with the day first; `%d/%m/%Y`. */
  readonly formats: readonly string[];
  /** True where the month may come first instead. */
  readonly swaps: boolean;
  readonly timed: boolean;
}

const month = '[A-Za-z]{3,9}';
const days: readonly Omit<Shape, 'timed'>[] = [
  { pattern: '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}', formats: ['%d/%m/%Y'], swaps: true },
  { pattern: '[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}', formats: ['%d-%m-%Y'], swaps: true },
  { pattern: '[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}', formats: ['%d/%m/%y'], swaps: true },
  { pattern: '[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{4}', formats: ['%d.%m.%Y'], swaps: false },
  { pattern: '[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{2}', formats: ['%d.%m.%y'], swaps: false },
  { pattern: '[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}', formats: ['%Y/%m/%d'], swaps: false },
  { pattern: '[0-9]{4}\\.[0-9]{1,2}\\.[0-9]{1,2}', formats: ['%Y.%m.%d'], swaps: false },
  { pattern: `[0-9]{1,2} ${month} [0-9]{4}`, formats: ['%d %b %Y', '%d %B %Y'], swaps: false },
  { pattern: `[0-9]{1,2}-${month}-[0-9]{4}`, formats: ['%d-%b-%Y', '%d-%B-%Y'], swaps: false },
  { pattern: `[0-9]{1,2}-${month}-[0-9]{2}`, formats: ['%d-%b-%y'], swaps: false },
  { pattern: `${month} [0-9]{1,2}, [0-9]{4}`, formats: ['%b %d, %Y', '%B %d, %Y'], swaps: false },
  { pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}', formats: ['%Y-%m-%d'], swaps: false },
];

const clock = ' [0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?( ?[AaPp][Mm])?';
const clocks = ['%H:%M:%S', '%H:%M', '%H:%M:%S.%f', '%I:%M:%S %p', '%I:%M %p', '%I:%M:%S%p', '%I:%M%p'];

const shapes: readonly Shape[] = [
  ...days.map((shape) => ({ ...shape, timed: false })),
  ...days.map(({ pattern, formats, swaps }) => ({
    pattern: pattern + clock,
    formats: formats.flatMap((format) => clocks.map((time) => `${format} ${time}`)),
    swaps,
    timed: true,
  })),
];

const first = 200;

/** The class of moments written in a way that is one of these formats; a time may follow the day. Undefined: none is. */
export function momentKind(format: string, timed: boolean): number | undefined {
  const shape = days.findIndex(({ formats }) => formats.includes(format));
  return shape < 0 ? undefined : first + (shape + (timed ? days.length : 0)) * 10;
}

/** How a time may be written behind a day, as strptime spells it. */
export const clockFormats: readonly string[] = clocks;

/** True for the class of a cell that is such a day or time. */
export const isMoment = (kind: number): boolean => kind >= first && kind < first + shapes.length * 10;

/** Day and month in each other's places. */
export const swapped = (format: string): string => format.replace(/%d(.)%m/, '%m$1%d');
const listOf = (formats: readonly string[]) => sql`[${join([...formats])}]`;

/**
 * A cell's moment, in one of several formats joined by `|`; null where it is in none, or before the year 1000. Whatever the
 * format, DuckDB reads the words infinity and epoch as the first of January 1900.
 */
export function parsed(cell: Sql, format: string): Sql {
  const read = sql`try_strptime(${cell}, ${listOf(format.split('|'))})`;
  const isWord = sql`${read} = timestamp '1900-01-01' and not regexp_matches(${cell}, '[0-9]')`;
  return sql`(case when year(${read}) between 1000 and 9999 and not (${isWord}) then ${read} end)`;
}

/** True for a day that can be read in one of these formats. */
const isDayIn = (cell: Sql, formats: readonly string[]) =>
  sql`coalesce(year(try_strptime(${cell}, ${listOf(formats)})) between 1000 and 9999, false)`;

/** The class of a day: its shape and which order of day and month fits; null where it is none. */
function dayClass(cell: Sql): Sql {
  const whens = days.map(({ pattern, formats, swaps }, at) => {
    const kind = first + at * 10;
    const day = isDayIn(cell, formats);
    const either = isDayIn(cell, formats.map(swapped));
    const order = swaps
      ? sql`[null, ${kind + 1}, ${kind}, ${kind + 2}][1 + 2 * ${day}::integer + ${either}::integer]`
      : sql`case when ${day} then ${kind} end`;
    return sql`when regexp_full_match(${cell}, ${pattern}) then ${order}`;
  });
  return sql`(case ${join(whens, sql` `)} end)`;
}

const clockEnd =
  ' ((0?[1-9]|1[0-2]):[0-5][0-9](:[0-5][0-9])? ?[AaPp][Mm]|([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?)$';

/** The class of a cell that is neither a number nor ISO 8601, if it is a day or a day with a time; else null. */
export const momentClass = (
  cell: Sql,
): Sql => sql`case when regexp_full_match(${cell}, '[0-9A-Za-z]{1,9}[-/. ][0-9A-Za-z]{1,9}(,|[-/. ]).*')
  then list_transform([regexp_replace(${cell}, ${clockEnd}, '')], lambda d: ${dayClass(sql`d`)}
    + case when length(d) < length(${cell}) then ${days.length * 10} else 0 end)[1] end`;

/** A cheap test that holds only for cells of this class; none for shapes in which day and month can change places. */
export function isExactlyMoment(kind: number, cell: Sql): Sql | undefined {
  const shape = shapes[Math.floor((kind - first) / 10)];
  if (!shape || shape.swaps) return undefined;
  return sql`(regexp_full_match(${cell}, ${shape.pattern}) and ${parsed(cell, shape.formats.join('|'))} is not null)`;
}

/** Classes of moments that one order of day and month explains. */
export interface MomentReading {
  readonly classes: readonly number[];
  readonly formats: readonly string[];
  readonly timed: boolean;
  readonly monthFirst: boolean;
  /** True where no cell tells the order. */
  readonly unsure: boolean;
}

/** How the moments among these classes may be read, the day first or the month first. */
export function momentReadings(kinds: readonly number[]): MomentReading[] {
  const moments = kinds.filter(isMoment);
  if (moments.length === 0) return [];
  return [false, true].map((monthFirst) => {
    const classes = moments.filter(
      (kind) => kind % 10 === 2 || !swaps(kind) || (kind % 10 === 1) === monthFirst,
    );
    const told = classes.some((kind) => swaps(kind) && kind % 10 !== 2);
    const known = [...new Set(classes.map((kind) => Math.floor((kind - first) / 10)))].map(
      (at) => shapes[at] as Shape,
    );
    // DuckDB would read the short year of 31/12/24 as the year 24, were it asked for a long one first.
    const formats = known
      .flatMap((shape) =>
        shape.formats.map((format) => (monthFirst && shape.swaps ? swapped(format) : format)),
      )
      .sort((a, b) => Number(b.includes('%y')) - Number(a.includes('%y')));
    const timed = known.some((shape) => shape.timed);
    return { classes, formats, timed, monthFirst, unsure: known.some((shape) => shape.swaps) && !told };
  });
}

const swaps = (kind: number) => shapes[Math.floor((kind - first) / 10)]?.swaps === true;
