import { type Column, isNumeric, typeFamily } from './column.ts';
import {
  type Channel,
  type ChannelName,
  type Chart,
  channelNames,
  type ShownChannel,
} from './contract/charts.ts';
import { ident, join, nothing, type Sql, sql } from './sql.ts';
import { shownAs } from './suggest-chart.ts';

/** More marks than these go to no window. */
export const mostMarks = 5000;

/** Names beyond the most frequent become one. */
export const mostNames: Readonly<Partial<Record<ChannelName, number>>> = {
  x: 50,
  y: 50,
  color: 12,
  facet: 9,
  size: 50,
};

/** What the rest of the names is called, with a number where one of the names is this very word. */
const otherNames = '(other';

/** The lowest and highest value of a column that is cut: numbers, or seconds since 1970. */
export interface Extent {
  readonly low: number | null;
  readonly high: number | null;
}

/** One channel, settled. */
export interface PlannedChannel {
  readonly shown: ShownChannel;
  readonly expression: Sql;
  readonly measure: boolean;
  readonly field: string | undefined;
}

type Used = readonly (readonly [ChannelName, Channel])[];

/** The channels that are set, in a fixed order. */
export const usedChannels = ({ channels }: Chart): Used =>
  channelNames.flatMap((name) => {
    const channel = channels[name];
    return channel && (channel.field !== undefined || channel.aggregate === 'count')
      ? [[name, channel] as const]
      : [];
  });

/** Columns whose lowest and highest value are needed before the marks can be asked for. */
export const cutColumns = (chart: Chart, columns: readonly Column[]): readonly Column[] => {
  const fields = usedChannels(chart).flatMap(([, { field, bins, unit, aggregate }]) =>
    field && !aggregate && (bins !== undefined || unit !== undefined) ? [field] : [],
  );
  return columns.filter(({ name }) => fields.includes(name));
};

/** Asks for the extents of columns, as `low0`, `high0`, `low1` … */
export const extentsSql = (from: Sql, columns: readonly Column[]): Sql =>
  sql`select ${join(
    columns.flatMap(({ name, type }, at) => {
      const value = isNumeric(type)
        ? sql`${ident(name)}::float8`
        : sql`extract(epoch from ${ident(name)})::float8`;
      const whole = sql`filter (where ${value} not in ('NaN', 'Infinity', '-Infinity'))`;
      return [
        sql`min(${value}) ${whole} as ${ident(`low${at}`)}`,
        sql`max(${value}) ${whole} as ${ident(`high${at}`)}`,
      ];
    }),
  )} from ${from} as source`;

/** Settles every channel: how its column is cut, what is measured, and as what it is shown. */
export function planChannels(
  chart: Chart,
  columns: readonly Column[],
  extents: ReadonlyMap<string, Extent>,
): readonly PlannedChannel[] {
  return usedChannels(chart).map(([name, channel]) => {
    const column = columns.find((one) => one.name === channel.field);
    return scaled(planned(name, channel, column, extents.get(channel.field ?? '')), channel);
  });
}

/** Bins have a scale of their own. */
const scaled = (plan: PlannedChannel, { scale }: Channel): PlannedChannel =>
  scale === 'log' && plan.shown.type === 'quantitative' && plan.shown.step === undefined
    ? { ...plan, shown: { ...plan.shown, log: true } }
    : plan;

const measures: Readonly<Record<string, (value: Sql) => Sql>> = {
  sum: (value) => sql`sum(${value})::float8`,
  mean: (value) => sql`avg(${value})::float8`,
  median: (value) => sql`percentile_cont(0.5) within group (order by ${value})::float8`,
  min: (value) => sql`min(${value})::float8`,
  max: (value) => sql`max(${value})::float8`,
  distinct: (value) => sql`count(distinct ${value})`,
};

function planned(
  channel: ChannelName,
  { field, aggregate, bins, unit }: Channel,
  column: Column | undefined,
  extent: Extent | undefined,
): PlannedChannel {
  if (aggregate === 'count' || !field || !column) {
    const shown = { channel, title: 'rows', type: 'quantitative', counts: true } as const;
    return { shown, expression: sql`count(*)`, measure: true, field: undefined };
  }
  const value = ident(field);
  const number = isNumeric(column.type);
  if (aggregate) {
    const measured =
      number || aggregate === 'distinct'
        ? (measures[aggregate] ?? measures['distinct'])
        : measures['distinct'];
    const word = number || aggregate === 'distinct' ? aggregate : 'distinct';
    const shown = { channel, title: `${word} of ${field}`, type: 'quantitative' } as const;
    return { shown, expression: measured ? measured(value) : sql`count(*)`, measure: true, field };
  }
  const type = shownAs(column.type);
  if (type === 'temporal') return overTime(channel, field, column, unit, extent);
  if (type === 'quantitative' && bins !== undefined) {
    const step = niceStep(extent, bins);
    const shown = { channel, title: field, type, step } as const;
    return { shown, expression: binStart(value, column.type, step), measure: false, field };
  }
  const expression = type === 'quantitative' ? sql`${value}::float8` : sql`${value}::text`;
  return { shown: { channel, title: field, type }, expression, measure: false, field };
}

const second = 1;
const day = 86_400;
const units = [
  ['minute', 60 * second],
  ['hour', 3600],
  ['day', day],
  ['week', 7 * day],
  ['month', 30.4 * day],
  ['quarter', 91.3 * day],
  ['year', 365.25 * day],
] as const;

function overTime(
  channel: ChannelName,
  field: string,
  column: Column,
  asked: Channel['unit'],
  extent: Extent | undefined,
): PlannedChannel {
  if (asked === undefined)
    return {
      shown: { channel, title: field, type: 'temporal' },
      expression: sql`${ident(field)}::timestamp`,
      measure: false,
      field,
    };
  const span = (extent?.high ?? 0) - (extent?.low ?? 0);
  const least = typeFamily(column.type) === 'date' ? day : 60;
  const fitting = units.find(([, seconds]) => seconds >= least && span / seconds <= 120)?.[0] ?? 'year';
  const unit = asked === 'auto' ? fitting : asked;
  return {
    shown: { channel, title: `${field} by ${unit}`, type: 'temporal', unit },
    expression: sql`date_trunc(${unit}, ${ident(field)}::timestamp)`,
    measure: false,
    field,
  };
}

/** A width of 1, 2 or 5 times a power of ten that gives about so many bins. */
export function niceStep(extent: Extent | undefined, bins: number): number {
  const span = (extent?.high ?? 1) - (extent?.low ?? 0);
  if (!(span > 0)) return 1;
  const rough = span / bins;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10;
  return Number((factor * power).toPrecision(12));
}

/** Where the bin of a value begins, as the decimal that it is written as: no value on an edge falls below it. */
function binStart(value: Sql, type: string, step: number): Sql {
  const [factor = 1, exponent = 0] = step.toExponential().split('e').map(Number);
  if (type !== 'double precision') {
    const exact = type === 'real' ? sql`${value}::text::numeric` : sql`${value}::numeric`;
    return sql`(floor(${exact} * ${Number(`${10 / factor}e${-exponent - 1}`)}) * ${step})::float8`;
  }
  // A whole number through a power of ten is rounded once, as the decimal is; one times a fraction is not.
  const edge = (at: Sql) =>
    exponent < 0 ? sql`${at} * ${factor} / ${10 ** -exponent}::float8` : sql`${at} * ${step}::float8`;
  const nearest = sql`round(${value} / ${step}::float8)`;
  return sql`case when ${value} >= ${edge(nearest)} then ${edge(nearest)} else ${edge(sql`(${nearest} - 1)`)} end`;
}

/** The marks: grouped where something is measured, else the rows themselves, evenly thinned out where there are too many. */
export function marksSql(from: Sql, channels: readonly PlannedChannel[], every: number): Sql {
  const outer = channels.map(({ shown }) => ident(shown.channel));
  const groups = channels.filter(({ measure }) => !measure);
  const isGrouped = channels.some(({ measure }) => measure);
  const limited = channels.filter(({ shown, measure }) => !measure && shown.type === 'nominal');
  const tops = limited.map(({ shown, field }) => topNames(shown.channel, field ?? ''));
  const wanted = channels.map((one) => sql`${nameOf(one, limited)} as ${ident(one.shown.channel)}`);
  const thinned =
    every > 1 && !isGrouped
      ? sql`(select * from (select *, row_number() over () as _mark from source) as numbered where _mark % ${every} = 0)`
      : sql`source`;
  const places = groups.map((one) => placesSql[channels.indexOf(one)] ?? nothing);
  const inGroups = isGrouped && groups.length > 0;
  const grouped = inGroups
    ? sql`
group by ${join(places)}`
    : nothing;
  // So that a name has its place and its colour each time.
  const ordered = inGroups
    ? sql`
order by ${join(places)}`
    : nothing;
  return sql`with source as (select * from ${from} as rows)${
    tops.length > 0
      ? sql`,
${join(
  tops,
  sql`,
`,
)}`
      : nothing
  }
select ${join(outer)} from (
select ${join(wanted)}
from ${thinned} as thinned${grouped}) as marks${ordered}
limit ${mostMarks + 1}`;
}

/** Places in the list of columns, as GROUP BY takes them. */
const placesSql = [sql`1`, sql`2`, sql`3`, sql`4`, sql`5`];

const topNames = (channel: ChannelName, field: string): Sql => sql`${ident(`top_${channel}`)} as (
  select ${ident(field)}::text as name from source group by 1 order by count(*) desc, 1 limit ${mostNames[channel] ?? 50})`;

/** A name for the rest that none of the names shown has. */
const restName = (channel: ChannelName): Sql => sql`(select word from (
    select n, ${otherNames} || case when n > 1 then ' ' || n else '' end || ')' as word
    from generate_series(1, ${(mostNames[channel] ?? 50) + 1}) as n) as words
  where word not in (select name from ${ident(`top_${channel}`)} where name is not null) order by n limit 1)`;

function nameOf({ shown, expression, field }: PlannedChannel, limited: readonly PlannedChannel[]): Sql {
  if (!limited.some((one) => one.shown.channel === shown.channel) || field === undefined) return expression;
  return sql`case when ${expression} is null then null when ${expression} in (select name from ${ident(`top_${shown.channel}`)}) then ${expression} else ${restName(shown.channel)} end`;
}
