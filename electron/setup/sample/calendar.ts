import type { Random } from './random.ts';

/** Moments are milliseconds since 1970, read as if the shop's clock stood at UTC. */
export const day = 86_400_000;
export const hour = 3_600_000;
export const at = (text: string) => Date.parse(`${text}Z`);

/** The shop sold between these two moments. */
export const opened = at('2024-01-01T00:00:00');
export const closed = at('2026-01-01T00:00:00');

export const dateText = (moment: number) => new Date(moment).toISOString().slice(0, 10);
export const timestampText = (moment: number) =>
  new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
export const isoText = (moment: number) => new Date(moment).toISOString();

const byMonth = [0.72, 0.7, 0.8, 0.84, 0.9, 0.82, 0.74, 0.78, 0.92, 1.0, 1.35, 1.6];
const byWeekday = [1.15, 1.05, 0.95, 0.92, 0.95, 0.85, 1.1];
const byHour = [
  0.12, 0.07, 0.04, 0.03, 0.04, 0.08, 0.22, 0.4, 0.58, 0.72, 0.8, 0.84, 0.9, 0.82, 0.74, 0.72, 0.76, 0.86,
  1.0, 1.15, 1.25, 1.1, 0.72, 0.34,
];

const weightAt = (list: readonly number[], index: number) => list[index] ?? 0;

/** How busy the shop is at a moment: season, weekday, hour, and growth of a third a year. */
function busy(moment: number): number {
  const when = new Date(moment);
  const growth = 1 + (0.33 * (moment - opened)) / (365 * day);
  return (
    (growth / 1.7) *
    (weightAt(byMonth, when.getUTCMonth()) / 1.6) *
    (weightAt(byWeekday, when.getUTCDay()) / 1.15) *
    (weightAt(byHour, when.getUTCHours()) / 1.25)
  );
}

/** A moment when somebody buys or writes, to the second. */
export function busyMoment(random: Random, from = opened, to = closed): number {
  for (;;) {
    const moment = Math.floor((from + random.next() * (to - from)) / 1000) * 1000;
    if (random.next() < busy(moment)) return moment;
  }
}
