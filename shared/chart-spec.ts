import type { Chart, ChartMark, ShownChannel } from './contract/charts.ts';

/** Colours of the window, for a chart that looks like it. */
export interface ChartLook {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly background: string;
  readonly font: string;
  /** For names that have a colour each. */
  readonly names: readonly string[];
}

/** A mark's values by channel; times are milliseconds since 1970. */
export type MarkValues = Readonly<Record<string, string | number | null>>;

/** True where a mark has a place on every axis: null, NaN and what is infinite have none. */
export const isPlaced = (mark: MarkValues, channels: readonly ShownChannel[]): boolean =>
  channels.every(
    ({ channel, type }) => type === 'nominal' || !'xy'.includes(channel) || Number.isFinite(mark[channel]),
  );

/** A Vega-Lite specification: plain data, without any expression of its own. */
export function chartSpec(
  chart: Chart,
  channels: readonly ShownChannel[],
  values: readonly MarkValues[],
  look: ChartLook,
): Record<string, unknown> {
  const encoding = Object.fromEntries(
    channels.flatMap((shown) => [
      [
        placeOf(shown, chart.mark),
        { ...encodingOf(shown, chart.mark, channels), ...logOf(shown, values) },
      ] as const,
      ...(hasEnd(shown) ? [[`${shown.channel}2`, { field: `${shown.channel}2` }] as const] : []),
    ]),
  );
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    data: {
      values: drawnInOrder(values, chart.mark)
        .filter((mark) => isPlaced(mark, channels))
        .map((mark) => ({ ...mark, ...momentsInWords(mark, channels, chart.mark) })),
    },
    mark: markOf(chart.mark),
    encoding: {
      ...encoding,
      ...(chart.mark === 'arc' ? { order: { field: 'y', type: 'quantitative', sort: 'descending' } } : {}),
      tooltip: channels.map((shown) => tooltipOf(shown, chart.mark)),
    },
    ...sizeOf(channels),
    config: configOf(look),
  };
}

const drawnInOrder = (values: readonly MarkValues[], mark: ChartMark) =>
  mark === 'arc' ? values.toSorted((one, other) => Number(other['y']) - Number(one['y'])) : values;

const isNaming = (channel: string, mark: ChartMark) =>
  channel === 'facet' || (channel === 'color' && mark === 'arc');

/** Where moments name something rather than stand on an axis, they are called by their unit. */
function momentsInWords(mark: MarkValues, channels: readonly ShownChannel[], kind: ChartMark): MarkValues {
  const naming = channels.filter(({ channel, type }) => type === 'temporal' && isNaming(channel, kind));
  return Object.fromEntries(
    naming.map(({ channel, unit }) => [channel, momentWords(mark[channel] ?? null, unit)]),
  );
}

function momentWords(value: string | number | null, unit: ShownChannel['unit']): string | null {
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) return String(value);
  const written = new Date(value).toISOString();
  if (unit === 'year') return written.slice(0, 4);
  if (unit === 'quarter') return `${written.slice(0, 4)} Q${Math.ceil(Number(written.slice(5, 7)) / 3)}`;
  if (unit === 'month') return written.slice(0, 7);
  return unit === 'hour' || unit === 'minute' ? written.slice(0, 16).replace('T', ' ') : written.slice(0, 10);
}

/** The slices of a pie are measured by their angle. */
const placeOf = ({ channel }: ShownChannel, mark: ChartMark) =>
  mark === 'arc' && channel === 'y' ? 'theta' : channel;

/** Only numbers above zero have a logarithm; where there are others, the scale is straight about zero. */
function logOf({ channel, log }: ShownChannel, values: readonly MarkValues[]) {
  if (!log) return {};
  const numbers = values.map((value) => value[channel]).filter((value) => typeof value === 'number');
  return { stack: null, scale: { type: numbers.every((value) => value > 0) ? 'log' : 'symlog' } };
}

/** One chart fills its place; several have a size of their own. */
const sizeOf = (channels: readonly ShownChannel[]) =>
  channels.some(({ channel }) => channel === 'facet')
    ? { width: 200, height: 140 }
    : { width: 'container', height: 'container', autosize: { type: 'fit', contains: 'padding' } };

const markOf = (mark: ChartMark) => ({
  type: mark,
  ...(mark === 'line' ? { point: { size: 18 }, strokeWidth: 1.8 } : {}),
  ...(mark === 'area' ? { line: true, fillOpacity: 0.25 } : {}),
  ...(mark === 'arc' ? { innerRadius: 0, strokeWidth: 1 } : {}),
  ...(mark === 'point' ? { filled: true, opacity: 0.6, size: 26 } : {}),
});

function encodingOf(
  shown: ShownChannel,
  mark: ChartMark,
  all: readonly ShownChannel[],
): Record<string, unknown> {
  const { channel, title, type, step } = shown;
  const base = { field: channel, type, title: channel === 'facet' ? null : title };
  if (mark === 'arc') return ofSlice(shown, base);
  if (channel === 'facet') return { ...base, type: 'nominal', columns: 3, header: { labelLimit: 160 } };
  if (type === 'temporal') return { ...base, ...overTime(shown, mark) };
  if (type === 'nominal')
    return {
      ...base,
      ...sorted(channel, mark, all),
      ...(axes.has(channel) ? { axis: { labelLimit: 180 } } : {}),
    };
  if (step !== undefined && axes.has(channel)) return { ...base, bin: { binned: true, step } };
  if (channel === 'color') return { ...base, scale: { scheme: 'blues' } };
  const axis = axes.has(channel) ? { axis: { tickCount: 8 } } : {};
  return { ...base, ...axis, ...(mark === 'point' ? { scale: { zero: false } } : {}) };
}

/** Slices go round from the largest to the smallest, as their names do beside them. */
const ofSlice = ({ channel }: ShownChannel, base: Record<string, unknown>) => {
  if (channel === 'facet') return { ...base, type: 'nominal', columns: 3, header: { labelLimit: 160 } };
  return channel === 'y' ? { ...base, stack: true } : { ...base, type: 'nominal', sort: null };
};

const timeUnits: Readonly<Record<string, string>> = {
  year: 'utcyear',
  quarter: 'utcyearquarter',
  month: 'utcyearmonth',
  week: 'utcyearweek',
  day: 'utcyearmonthdate',
  hour: 'utcyearmonthdatehours',
  minute: 'utcyearmonthdatehoursminutes',
};

/** Bars and squares are as wide as their unit of time; lines go from moment to moment. */
function overTime({ unit, channel }: ShownChannel, mark: ChartMark) {
  const wide = unit !== undefined && (mark === 'bar' || mark === 'rect');
  return {
    ...(wide ? { timeUnit: timeUnits[unit] } : { scale: { type: 'utc' } }),
    ...(axes.has(channel) ? { axis: { labelOverlap: true, tickCount: 8 } } : {}),
  };
}

/** A bin on an axis reaches from one number to another. */
const hasEnd = ({ channel, step }: ShownChannel) => step !== undefined && axes.has(channel);

const axes = new Set(['x', 'y']);

/** Bars by name stand from the largest to the smallest; lines and squares keep the names' order. */
function sorted(channel: string, mark: ChartMark, all: readonly ShownChannel[]) {
  const other = channel === 'x' ? 'y' : 'x';
  const measured = all.some((one) => one.channel === other && one.type === 'quantitative');
  if (mark === 'bar' && axes.has(channel) && measured) return { sort: `-${other}` };
  return { sort: null };
}

const formats: Readonly<Record<string, string>> = {
  year: '%Y',
  quarter: '%Y Q%q',
  month: '%b %Y',
  week: '%Y-%m-%d',
  day: '%Y-%m-%d',
  hour: '%Y-%m-%d %H:%M',
  minute: '%Y-%m-%d %H:%M',
};

const tooltipOf = ({ channel, title, type, unit }: ShownChannel, mark: ChartMark) => ({
  field: channel,
  type: isNaming(channel, mark) ? 'nominal' : type,
  title,
  ...(type === 'temporal' && !isNaming(channel, mark)
    ? { format: formats[unit ?? 'minute'] ?? '%Y-%m-%d' }
    : {}),
  ...(type === 'quantitative' ? { format: ',.6~g' } : {}),
});

const configOf = ({ text, muted, line, accent, background, font, names }: ChartLook) => ({
  background,
  font,
  view: { stroke: null },
  mark: { color: accent, tooltip: true },
  range: { category: names },
  axis: {
    labelColor: muted,
    titleColor: muted,
    titleFontWeight: 500,
    labelFontSize: 11,
    titleFontSize: 11,
    gridColor: line,
    domainColor: line,
    tickColor: line,
  },
  legend: { labelColor: text, titleColor: muted, labelFontSize: 11, titleFontSize: 11, labelLimit: 160 },
  header: { labelColor: text, titleColor: muted },
});
