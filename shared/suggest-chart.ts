import { type Column, isNumeric, rowColumn, typeFamily } from './column.ts';
import type { Channel, ChannelName, Chart, ChartMark, ChartSource } from './contract/charts.ts';

/** How a column is shown unless somebody chooses otherwise. */
export type ShownAs = 'quantitative' | 'temporal' | 'nominal';

/** Numbers are measured, days and times run, all others are names. */
export function shownAs(type: string): ShownAs {
  const family = typeFamily(type);
  if (isNumeric(type)) return 'quantitative';
  return family === 'date' || family === 'timestamp' || family === 'timestamptz' ? 'temporal' : 'nominal';
}

/** Numbers that name something are not summed. */
export const isIdentity = ({ name }: Column): boolean =>
  /(^|_)(id|no|nr|key|code|zip|postcode|year)$/i.test(name);

const drawable = ({ name, type }: Column) =>
  name !== rowColumn && !['json', 'vector', 'bytes'].includes(typeFamily(type));

/** A sensible first chart of some columns, by their types; `chosen` is the column that it is about. */
export function suggestChart(
  source: ChartSource,
  name: string,
  columns: readonly Column[],
  chosen?: string,
): Chart {
  const usable = columns.filter(drawable);
  const about = usable.find((column) => column.name === chosen);
  const { mark, channels } = about ? ofOne(about) : ofMany(usable);
  return { version: 1, name, source, mark, channels };
}

type Idea = { readonly mark: ChartMark; readonly channels: Chart['channels'] };

const counted: Channel = { aggregate: 'count' };
const byTime = ({ name: field }: Column): Channel => ({ field, unit: 'auto' });
const summed = ({ name: field }: Column): Channel => ({ field, aggregate: 'sum' });

/** One column: its distribution. */
function ofOne(column: Column): Idea {
  const shown = shownAs(column.type);
  if (shown === 'temporal') return { mark: 'area', channels: { x: byTime(column), y: counted } };
  if (shown === 'quantitative')
    return { mark: 'bar', channels: { x: { field: column.name, bins: 30 }, y: counted } };
  return { mark: 'bar', channels: { y: { field: column.name }, x: counted } };
}

/** Several columns: a measure over time, else by name, else against another, else how often each name is there. */
function ofMany(columns: readonly Column[]): Idea {
  const [time] = columns.filter(({ type }) => shownAs(type) === 'temporal');
  const names = columns.filter(({ type }) => shownAs(type) === 'nominal');
  const [measure, other] = columns.filter(
    (column) => shownAs(column.type) === 'quantitative' && !isIdentity(column),
  );
  const [name, second] = names;
  if (time) return { mark: 'line', channels: { x: byTime(time), y: measure ? summed(measure) : counted } };
  if (measure && name) return { mark: 'bar', channels: { y: { field: name.name }, x: summed(measure) } };
  if (measure && other)
    return { mark: 'point', channels: { x: { field: measure.name }, y: { field: other.name } } };
  if (name && second)
    return { mark: 'rect', channels: { x: { field: name.name }, y: { field: second.name }, color: counted } };
  const only = measure ?? name ?? columns[0];
  return only ? ofOne(only) : { mark: 'bar', channels: {} };
}

/** What a column becomes when it is put on a channel of a chart that has others there already. */
export function channelFor(
  column: Column,
  on: 'x' | 'y' | 'color' | 'size' | 'facet',
  mark: ChartMark,
): Channel {
  const field = column.name;
  const shown = shownAs(column.type);
  if (shown === 'temporal') return { field, unit: 'auto' };
  if (shown === 'nominal') return { field };
  if (on === 'facet' || on === 'color') return { field, bins: 8 };
  if (mark === 'point') return { field };
  return on === 'y' || on === 'size' ? { field, aggregate: 'sum' } : { field, bins: 30 };
}

/** The channels that a kind of chart has. */
export const channelsOf = (mark: ChartMark): readonly ChannelName[] =>
  mark === 'arc' ? ['y', 'color', 'facet'] : ['x', 'y', 'color', 'size', 'facet'];

const isMeasure = (channel: Channel | undefined): channel is Channel => channel?.aggregate !== undefined;

/** A chart of another kind with the same columns: what names bars names slices, what they measure is their size. */
export function withMark(chart: Chart, mark: ChartMark): Chart {
  const { x, y, color, facet } = chart.channels;
  if ((mark === 'arc') === (chart.mark === 'arc')) return { ...chart, mark };
  const rest = { ...(facet ? { facet } : {}) };
  if (mark === 'arc') {
    const naming = [color, y, x].filter((channel) => channel && !isMeasure(channel));
    const names = naming.find((channel) => channel?.unit === undefined) ?? naming[0];
    const size = [y, x].find(isMeasure) ?? counted;
    return { ...chart, mark, channels: { ...rest, y: size, ...(names ? { color: names } : {}) } };
  }
  return { ...chart, mark, channels: { ...rest, ...(color ? { y: color } : {}), x: y ?? counted } };
}
