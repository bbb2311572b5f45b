import type { MonitorValue } from '../../../../shared/contract/monitors.ts';
import type { Frame } from './history-scale.ts';

const margin = { top: 10, right: 14, bottom: 20, left: 52 };

/** One remembered value in the line, oldest first. */
export interface MonitorPoint {
  readonly value: MonitorValue;
  readonly x: number;
  readonly y: number;
  readonly is: 'usual' | 'unusual' | 'incident' | 'unjudged';
}

export interface MonitorScale {
  readonly points: readonly MonitorPoint[];
  readonly line: string;
  /** The bands in which values were expected, where there was enough before them. */
  readonly band: string;
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

function isOf({ value, bounds, incident }: MonitorValue): MonitorPoint['is'] {
  if (incident !== null) return 'incident';
  if (!bounds) return 'unjudged';
  return value < bounds.min || value > bounds.max ? 'unusual' : 'usual';
}

/** Places values side by side from the oldest to the newest, in the range of the values and their bands. */
export function monitorScale(newestFirst: readonly MonitorValue[], { width, height }: Frame): MonitorScale {
  const values = newestFirst.toReversed();
  const shown = values.flatMap(({ value, bounds }) => (bounds ? [value, bounds.min, bounds.max] : [value]));
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const room = Math.max((high - low) * 0.08, Math.abs(high) * 0.01, 0.01);
  const [least, most] = [low - room, high + room];
  const [right, bottom] = [width - margin.right, height - margin.bottom];
  const y = (value: number) => margin.top + ((most - value) / (most - least)) * (bottom - margin.top);
  const step = values.length > 1 ? (right - margin.left) / (values.length - 1) : 0;
  const start = values.length > 1 ? margin.left : (margin.left + right) / 2;
  const points = values.map((value, at) => ({
    value,
    x: start + at * step,
    y: y(value.value),
    is: isOf(value),
  }));
  const line = points.map((point, at) => `${at === 0 ? 'M' : 'L'}${place(point.x, point.y)}`).join('');
  const ticks = [most, (most + least) / 2, least].map((value) => ({ value, y: y(value) }));
  const band = bandOf(points, y, { half: Math.max(3, step / 2), left: margin.left, right });
  return { points, line, band, ticks, left: margin.left, right, bottom };
}

const place = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;

interface Boxes {
  readonly half: number;
  readonly left: number;
  readonly right: number;
}

/** A box around each value that has bounds, so that the band steps as what was usual did; none reaches beyond the drawing. */
function bandOf(
  points: readonly MonitorPoint[],
  y: (value: number) => number,
  { half, left, right }: Boxes,
): string {
  return points
    .flatMap(({ value: { bounds }, x }) => {
      if (!bounds) return [];
      const [from, to] = [Math.max(left, x - half), Math.min(right, x + half)];
      const [top, bottom] = [y(bounds.max), y(bounds.min)];
      return [`M${place(from, top)}L${place(to, top)}L${place(to, bottom)}L${place(from, bottom)}Z`];
    })
    .join('');
}
