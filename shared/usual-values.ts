import type { Bounds, EarlierValue } from './define-check.ts';

/** What earlier values are comparable with one of a given moment. */
export type Season = 'none' | 'auto' | 'hour' | 'weekday' | 'day of month' | 'month end';

type Factor = Exclude<Season, 'none' | 'auto'>;

const day = 24 * 3600 * 1000;

/** Moments with the same key are compared with one another: hours and days are those of the place where people look at them. */
const keys: Readonly<Record<Factor, (at: Date) => number>> = {
  hour: (at) => at.getHours(),
  weekday: (at) => at.getDay(),
  'day of month': (at) => at.getDate(),
  'month end': (at) => Number(new Date(at.getTime() + 3 * day).getMonth() !== at.getMonth()),
};

/** So many of the newest values say what the level is now: after a shift, half as many move it. */
const recent = 15;
/** A rhythm counts where so many earlier values are of the same phase, and it explains so much of what is unusual. */
const leastPhase = 3;
const leastGain = 0.2;

/** What a value of a given moment is to be held against. */
export interface Usual {
  /** How many earlier values it rests on. */
  readonly values: number;
  readonly middle: number;
  /** The median deviation, as a standard deviation. */
  readonly spread: number;
  /** True where both are logarithms: rhythms of growing figures are shares of them. */
  readonly logarithmic?: boolean;
}

/** What is usual at a moment, by values of other moments, newest first. Incidents are no examples. */
export function usualAt(earlier: readonly EarlierValue[], season: Season, now: Date): Usual {
  const known = earlier
    .filter(({ incident }) => !incident)
    .map(({ value, at }) => ({ value, at: new Date(at) }));
  if (season === 'auto') {
    const floor = median(known.map(({ value }) => value)) / 1000;
    if (floor <= 0 || known.some(({ value }) => value < 0)) return byRhythms(known, now);
    const logs = known.map(({ value, at }) => ({ at, value: Math.log(Math.max(value, floor)) }));
    return { ...byRhythms(logs, now), logarithmic: true };
  }
  const key = season === 'none' ? () => 0 : keys[season];
  const values = known.filter(({ at }) => key(at) === key(now)).map(({ value }) => value);
  return levelOf(values);
}

/** Where a value is usual: so many deviations around the middle, never narrower than a hundredth of it. */
export function usualBounds({ middle, spread, logarithmic }: Usual, tolerance: number): Required<Bounds> {
  if (logarithmic) {
    const share = tolerance * Math.max(spread, 0.01);
    return { min: Math.exp(middle - share), max: Math.exp(middle + share) };
  }
  const off = tolerance * Math.max(spread, Math.abs(middle) / 100);
  return { min: middle - off, max: middle + off };
}

/** Each value of a history, newest first, with what it was held against by those before it: as if judged on its day. */
export function replay(
  history: readonly EarlierValue[],
  {
    season,
    tolerance,
    least,
  }: { readonly season: Season; readonly tolerance: number; readonly least: number },
): readonly (Required<Bounds> | undefined)[] {
  return history.map(({ at }, place) => {
    const usual = usualAt(history.slice(place + 1), season, new Date(at));
    return usual.values < least ? undefined : usualBounds(usual, tolerance);
  });
}

/** The level of the newest values, and how far values were from the level before them. */
function levelOf(newestFirst: readonly number[]): Usual {
  const off = newestFirst.flatMap((value, at) => {
    const before = newestFirst.slice(at + 1, at + 1 + recent);
    return before.length > 0 ? [Math.abs(value - median(before))] : [];
  });
  const spread = 1.4826 * median(off);
  return { values: newestFirst.length, middle: levelNow(newestFirst, spread), spread };
}

/** So many values in a row that left the level together are the new one. */
const settled = 4;

function levelNow(newestFirst: readonly number[], spread: number): number {
  const [newest, before] = [newestFirst.slice(0, settled), newestFirst.slice(settled, settled + recent)];
  const old = median(before);
  const off = 5 * Math.max(spread, Math.abs(old) / 100);
  const left = before.length >= recent / 2 && newest.length === settled;
  const together = newest.every((value) => value - old > off) || newest.every((value) => old - value > off);
  return left && together ? median(newest) : median(newestFirst.slice(0, recent));
}

interface Moment {
  readonly value: number;
  readonly at: Date;
}

/** Takes the rhythms out that the history has, one after the other, and adds the phase of now back in. */
function byRhythms(known: readonly Moment[], now: Date): Usual {
  let rest = known;
  let off = fromAround(rest);
  let added = 0;
  const factors: Factor[] = ['month end', 'weekday', 'hour', 'day of month'];
  for (const factor of [...factors, ...factors.slice(0, 2)]) {
    const key = keys[factor];
    const phases = phasesOf(rest, off, key);
    const here = phases.get(key(now));
    if (here === undefined || phases.size < 2) continue;
    const flat = rest.map(({ value, at }) => ({ at, value: value - (phases.get(key(at)) ?? 0) }));
    const left = fromAround(flat);
    if (deviation(left) > deviation(off) * (1 - leastGain)) continue;
    [rest, off, added] = [flat, left, added + here];
  }
  const level = levelOf(rest.map(({ value }) => value));
  return { ...level, middle: level.middle + added };
}

/** How far each value is from the level of those around it. */
function fromAround(known: readonly Moment[]): number[] {
  const values = known.map(({ value }) => value);
  const half = Math.floor(recent / 2);
  return values.map((value, at) => value - median(values.slice(Math.max(0, at - half), at + half + 1)));
}

/** How far each phase lies from the level around it; one that was seen once or twice says nothing. */
function phasesOf(
  known: readonly Moment[],
  off: readonly number[],
  key: (at: Date) => number,
): Map<number, number> {
  const groups = new Map<number, number[]>();
  known.forEach(({ at }, place) => {
    const phase = key(at);
    const others = groups.get(phase);
    if (others) others.push(off[place] ?? 0);
    else groups.set(phase, [off[place] ?? 0]);
  });
  const often = [...groups].filter(([, values]) => values.length >= leastPhase);
  return new Map(often.map(([phase, values]) => [phase, median(values)]));
}

/** The mean distance without the very largest: rare peaks of a rhythm are to count, slips are not. */
function deviation(off: readonly number[]): number {
  const sorted = off.map(Math.abs).sort((a, b) => a - b);
  const kept = sorted.slice(0, Math.ceil(sorted.length * 0.98));
  return kept.reduce((sum, one) => sum + one, 0) / Math.max(1, kept.length);
}

/** The middle value; of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
