import { z } from 'zod';
import type { Column } from '../column.ts';
import type { Problem } from '../problem.ts';
import { call } from '../wire.ts';

/** Where a chart's marks take their place and look from. */
export const channelNames = ['x', 'y', 'color', 'size', 'facet'] as const;
export type ChannelName = (typeof channelNames)[number];

/** `arc` is a pie: `y` measures its slices, `color` names them. */
export const chartMarks = ['bar', 'line', 'area', 'point', 'rect', 'arc'] as const;
export const aggregates = ['count', 'sum', 'mean', 'median', 'min', 'max', 'distinct'] as const;
export const timeUnits = ['auto', 'year', 'quarter', 'month', 'week', 'day', 'hour', 'minute'] as const;

/** What one channel shows: a column as it is, in bins or by unit of time, or something counted over rows. */
export const channel = z.looseObject({
  field: z.string().optional(),
  aggregate: z.enum(aggregates).optional(),
  /** Numbers in about so many bins. */
  bins: z.number().int().min(2).max(200).optional(),
  unit: z.enum(timeUnits).optional(),
  /** Numbers at equal steps for equal factors. */
  scale: z.enum(['linear', 'log']).optional(),
});

/** A chart as its file holds it. */
export const chart = z.looseObject({
  version: z.literal(1),
  name: z.string().min(1).max(120),
  source: z.union([z.looseObject({ table: z.string().min(1) }), z.looseObject({ query: z.string().min(1) })]),
  mark: z.enum(chartMarks),
  channels: z.looseObject({
    x: channel.optional(),
    y: channel.optional(),
    color: channel.optional(),
    size: channel.optional(),
    facet: channel.optional(),
  }),
});

export type Channel = z.output<typeof channel>;
export type Chart = z.output<typeof chart>;
export type ChartSource = Chart['source'];
export type ChartMark = Chart['mark'];

/** A chart's file; `problem` instead of the chart where it cannot be read. */
export interface ChartFile {
  readonly name: string;
  readonly chart?: Chart;
  readonly problem?: Problem;
}

/** What a channel shows, settled: its type and how it was cut. */
export interface ShownChannel {
  readonly channel: ChannelName;
  readonly title: string;
  readonly type: 'quantitative' | 'temporal' | 'nominal';
  /** The width of a bin of numbers. */
  readonly step?: number;
  readonly unit?: Exclude<(typeof timeUnits)[number], 'auto'>;
  /** It counts the rows of a mark. */
  readonly counts?: boolean;
  /** Its numbers are on a logarithmic scale. */
  readonly log?: boolean;
}

/** The marks of a chart, computed by PostgreSQL. */
export interface ChartData {
  /** Arrow: a column for each channel, called as the channel. */
  readonly bytes: Uint8Array;
  readonly marks: number;
  readonly channels: readonly ShownChannel[];
  /** What of the rows is not there, in words. */
  readonly notes: readonly string[];
  readonly sql: string;
}

const name = z.string().min(1).max(120);

/** Charts: files of their own, with marks that PostgreSQL computes. */
export const charts = {
  charts: call(z.object({})).returns<readonly ChartFile[]>(),
  saveChart: call(z.object({ chart })).returns<null>(),
  renameChart: call(z.object({ name, to: name })).returns<null>(),
  removeChart: call(z.object({ name })).returns<null>(),
  /** The columns that a chart can show. */
  chartColumns: call(z.object({ source: chart.shape.source })).returns<readonly Column[]>(),
  chartData: call(z.object({ chart })).returns<ChartData>(),
  /** Writes a drawn chart to a folder that a person chose; resolves to the file's path. */
  exportChart: call(
    z.object({
      folder: z.string().min(1),
      name,
      format: z.enum(['svg', 'png', 'html']),
      content: z.union([z.string(), z.instanceof(Uint8Array<ArrayBufferLike>)]),
    }),
  ).returns<{ readonly file: string }>(),
};
