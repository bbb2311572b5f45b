import { typeFamily } from '../../../../shared/column.ts';
import type { ColumnProfile } from '../../../../shared/contract/tables.ts';
import { join, nothing, type Sql, sql } from '../../../../shared/sql.ts';
import { type ValuedSteps, valuedSteps } from './counted-steps.ts';
import { deviationOf } from './deviation.ts';
import { exactMean } from './exact-mean.ts';
import { pickedRows } from './picked-rows.ts';
import type { Reading } from './readings.ts';

const steps = 20;
const mostTop = 10;
const longest = 500;
const shares = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Where a profile is asked: one of the two engines, over rows that fulfil a condition. */
export interface Asked {
  readonly rows: (statement: Sql) => Promise<readonly (readonly (string | null)[])[]>;
  /** The rows, to stand after FROM. */
  readonly from: Sql;
  /** `where …`, or nothing. */
  readonly where: Sql;
  readonly total: number;
}

interface Summary {
  readonly rows: number;
  readonly valued: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly empty: number;
  readonly lengths: ColumnProfile['lengths'];
  readonly numbers: Numbers | null;
  readonly low: number | null;
  readonly high: number | null;
}

type Numbers = Pick<ColumnProfile, 'sum' | 'mean' | 'sd' | 'zeroes' | 'negatives' | 'quantiles'>;

/** Everything about one column, by the same statements in both engines. */
export const profileColumn = async (asked: Asked, reading: Reading): Promise<ColumnProfile> =>
  profileOf(asked, reading, await summarise(asked, reading));

/** The same of a sample, and how many rows are in it. */
export async function profileSample(asked: Asked, reading: Reading) {
  const summary = await summarise(asked, reading);
  return { profile: await profileOf(asked, reading, summary), rows: summary.rows };
}

async function profileOf(asked: Asked, reading: Reading, summary: Summary): Promise<ColumnProfile> {
  const { column } = reading;
  const { distinct, top } = await topValues(asked, reading);
  const nulls = summary.rows - summary.valued;
  const numbers = summary.numbers;
  const { counts, starts, end } = await histogramOf(asked, reading, summary);
  return {
    name: column.name,
    type: column.type,
    nulls,
    distinct,
    isKey: nulls === 0 && distinct === summary.rows && distinct > 1,
    min: summary.min,
    max: summary.max,
    mean: numbers?.mean ?? null,
    median: numbers?.quantiles?.[2] ?? null,
    sd: numbers?.sd ?? null,
    sum: numbers?.sum ?? null,
    quantiles: numbers?.quantiles ?? null,
    zeroes: numbers?.zeroes ?? null,
    negatives: numbers?.negatives ?? null,
    empty: summary.empty,
    lengths: summary.lengths,
    top,
    histogram: counts,
    starts,
    end,
    low: summary.low,
    high: summary.high,
    patterns: reading.isText ? await patternsOf(asked, reading) : null,
    gaps: reading.day ? await gapsOf(asked, reading.day, reading.shownDay) : null,
  };
}

/** A value as a profile tells it: a long one is cut. */
export const shortened = (text: Sql) =>
  sql`case when length(${text}) > ${longest}::int then left(${text}, ${longest}::int) || '…' else ${text} end`;

const counted = (text: string | null | undefined) => Number(text ?? 0);
const numberOf = (text: string | null | undefined) =>
  text === null || text === undefined ? null : Number(text);

async function summarise(asked: Asked, reading: Reading): Promise<Summary> {
  const { value, written, ordered, place, finite, spread, isNumber, isText, quantiles, shown } = reading;
  const family = typeFamily(reading.column.type);
  const isFloat = family === 'float';
  const none = sql`cast(null as varchar)`;
  const ends = ordered ? [shortened(written(sql`min(v)`)), shortened(written(sql`max(v)`))] : [none, none];
  const texts = isText
    ? [sql`count(*) filter (where v = '')`, sql`min(length(v))`, sql`max(length(v))`, sql`avg(length(v))`]
    : [sql`0`, none, none, none];
  const line = place ? [sql`min(p)`, sql`max(p)`] : [none, none];
  const numbers = isNumber
    ? [
        sql`sum(${isFloat ? sql`p` : sql`v`})`,
        family === 'integer' ? none : sql`sum(p) / nullif(count(p), 0)`,
        finite ? sql`count(*) filter (where p is null and ${finite(sql`v`)})` : sql`0`,
        deviationOf(spread ?? sql`p`),
        sql`count(*) filter (where v = 0)`,
        sql`count(*) filter (where v < 0)`,
        quantiles(sql`p`, shares),
      ]
    : [];
  const all = [sql`count(*)`, sql`count(v)`, ...ends, ...texts, ...line, ...numbers];
  const values = sql`select ${value} as v from ${asked.from}${asked.where}`;
  const first = sql`(select v from (${values}) as n where v is not null limit 1)`;
  const [row = []] = await asked.rows(sql`select ${join(all.map((one) => sql`cast(${one} as varchar)`))}
    from (select ${value} as v${place ? sql`, ${place} as p` : nothing}${spread ? sql`, ${first} as f` : nothing}
      from ${asked.from}${asked.where}) as c`);
  const [rows, valued, min, max, empty, shortest, most, meanLength, low, high, ...rest] = row;
  const say = (text: string | null | undefined) => (text === null || text === undefined ? null : shown(text));
  return {
    rows: counted(rows),
    valued: counted(valued),
    min: say(min),
    max: say(max),
    empty: counted(empty),
    lengths:
      isText && shortest !== null
        ? { min: counted(shortest), max: counted(most), mean: counted(meanLength) }
        : null,
    low: numberOf(low),
    high: numberOf(high),
    numbers: isNumber ? numbersOf(rest, { say, isFloat, valued: counted(valued) }) : null,
  };
}

interface Measured {
  readonly say: (text: string | null | undefined) => string | null;
  readonly isFloat: boolean;
  readonly valued: number;
}

/** What leaves out numbers that are too large to compute with is not told at all. */
function numbersOf(
  [added, mean, far, sd, zeroes, negatives, placed]: readonly (string | null)[],
  { say, isFloat, valued }: Measured,
): Numbers {
  const isWhole = counted(far) === 0;
  const sum = say(added);
  const quantiles = isWhole ? placed : null;
  const exact = isFloat ? null : exactMean(sum, valued);
  return {
    sum: isFloat && !isWhole ? null : sum,
    mean: exact ?? (isWhole ? numberOf(mean) : null),
    sd: isWhole ? numberOf(sd) : null,
    zeroes: counted(zeroes),
    negatives: counted(negatives),
    quantiles: quantiles ? quantiles.slice(1, -1).split(',').map(Number) : null,
  };
}

async function topValues(asked: Asked, { value, written, shown }: Reading) {
  const rows = await asked.rows(sql`
    with g as materialized (select v, count(*) as n from (select ${value} as v from ${asked.from}${asked.where}) as c
      where v is not null group by v)
    select cast(${shortened(written(sql`v`))} as varchar), cast(n as varchar), cast((select count(*) from g) as varchar)
    from (select v, n from g order by g.n desc, g.v limit ${mostTop}) as most order by most.n desc, most.v`);
  const top = rows.map(([text, n]) => ({ value: shown(text ?? ''), count: counted(n) }));
  return { distinct: counted(rows[0]?.[2]), top };
}

async function histogramOf(asked: Asked, reading: Reading, { low, high }: Summary): Promise<ValuedSteps> {
  const { column, place } = reading;
  if (!place || low === null || high === null) return { counts: [], starts: [], end: null };
  const family = typeFamily(column.type);
  const whole = family === 'integer' || family === 'date';
  const unit = family === 'date' ? 86_400 : 1;
  const count = low === high ? 1 : whole ? Math.min(steps, (high - low) / unit + 1) : steps;
  return valuedSteps(asked, reading, { low, high, count: Math.ceil(count) });
}

const patternRows = 100_000;
const patternLength = 40;
const mostPatterns = 6;

const signs = [
  ['[A-Z]', 'A'],
  ['[a-z]', 'a'],
  ['[0-9]', '9'],
] as const;

/** A text with each capital as A, each small letter as a, each figure as 9. */
const shapeOf = (text: Sql) =>
  signs.reduce((shape, [any, one]) => sql`regexp_replace(${shape}, ${any}, ${one}, 'g')`, text);

/** Which shapes text has, `AA-9999`, by rows picked evenly from the table. */
async function patternsOf(asked: Asked, { value }: Reading): Promise<ColumnProfile['patterns']> {
  const share = patternRows / Math.max(asked.total, 1);
  const picked = share >= 1 ? sql`v is not null` : sql`v is not null and ${pickedRows(share)}`;
  const rows = await asked.rows(sql`
    select shape, cast(count(*) as varchar), cast(sum(count(*)) over () as varchar)
    from (select ${shapeOf(sql`left(v, ${patternLength}::int)`)} as shape
      from (select ${value} as v, _row from ${asked.from}${asked.where}) as c where ${picked}) as s
    group by shape order by count(*) desc, shape limit ${mostPatterns}`);
  const top = rows.map(([shape, n]) => ({ pattern: shape ?? '', count: counted(n) }));
  return { rows: counted(rows[0]?.[2]), top };
}

/** Days without any row between the first and the last, and the longest run of them. */
async function gapsOf(asked: Asked, day: Sql, say: Reading['shownDay']): Promise<ColumnProfile['gaps']> {
  const [row = []] = await asked.rows(sql`
    with d as materialized (select distinct ${day} as d from ${asked.from}${asked.where}),
      gaps as (select d, lag(d) over (order by d) as before from d where d is not null)
    select cast((select max(d) - min(d) + 1 - count(d) from d) as varchar),
      cast(before as varchar), cast(d as varchar), cast(d - before - 1 as varchar)
    from gaps where before is not null order by d - before desc, d limit 1`);
  const [missing, after, before, days] = row;
  if (missing === undefined || missing === null) return null;
  return {
    missingDays: counted(missing),
    longest:
      counted(days) > 0 ? { after: say(after ?? ''), before: say(before ?? ''), days: counted(days) } : null,
  };
}
