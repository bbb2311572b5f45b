import type { EarlierValue } from '../../shared/define-check.ts';
import { replay, type Season } from '../../shared/usual-values.ts';
import { defineBench } from './harness.ts';

/** Numbers from 0 to 1 by seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Series {
  /** Newest first. */
  readonly values: readonly EarlierValue[];
  /** Places of values that are wrong. */
  readonly wrong: ReadonlySet<number>;
  /** Places of the first values after a shift of the level: an alarm there is right, for so long. */
  readonly shifted: ReadonlySet<number>;
}

const settling = 4;
const days = 260;
/** What is older is history only. */
const judged = 150;

/**
 * A figure of one load a day: a weekly rhythm, peaks at the end of months, a shift of the level, noise, and incidents.
 * Alarms in the first four days of a shift are neither incidents nor false.
 */
function series(seed: number): Series {
  const random = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
  const level = 500 + 9500 * random();
  const weekly = random() < 0.7 ? 0.1 + 0.4 * random() : 0;
  const peak = random() < 0.7 ? 0.5 + 1.5 * random() : 0;
  const shiftAt = random() < 0.5 ? 60 + Math.floor(random() * 200) : days;
  const shift = random() < 0.5 ? 1.4 : 0.65;
  const noise = 0.02 + 0.04 * random();
  const start = Date.UTC(2025, 0, 1, 6);
  const wrong = new Set<number>();
  const values = Array.from({ length: days }, (_, at) => {
    const moment = new Date(start + at * 86_400_000);
    const last = new Date(moment.getTime() + 3 * 86_400_000).getUTCMonth() !== moment.getUTCMonth();
    const weekend = moment.getUTCDay() === 0 || moment.getUTCDay() === 6;
    const usual =
      level *
      (weekend ? 1 - weekly : 1) *
      (last ? 1 + peak : 1) *
      (at >= shiftAt ? shift : 1) *
      (1 + noise * normal());
    const incident = at >= 30 && at !== shiftAt && random() < 0.02;
    if (incident) wrong.add(at);
    const kinds = [0, 0.5, 2, 3];
    const value = incident ? usual * (kinds[Math.floor(random() * kinds.length)] ?? 0) : usual;
    return { value, at: moment.toISOString() };
  });
  const newestFirst = values.toReversed();
  const place = (at: number) => days - 1 - at;
  const after = Array.from({ length: settling }, (_, at) => place(shiftAt + at));
  return { values: newestFirst, wrong: new Set([...wrong].map(place)), shifted: new Set(after) };
}

const all = Array.from({ length: 16 }, (_, at) => series(7 + at));

interface Rates {
  readonly found: number;
  readonly false: number;
}

/** How many incidents are found, and how many of the good values raise an alarm. A person marks incidents, or nobody does. */
function rates(season: Season, marked: boolean, tolerance = 5): Rates {
  const sums = { wrong: 0, found: 0, good: 0, false: 0 };
  for (const { values, wrong, shifted } of all) {
    const told = values.map((value, at) =>
      marked && wrong.has(at) ? { ...value, incident: 'marked' } : value,
    );
    replay(told, { season, tolerance, least: 7 }).forEach((bounds, at) => {
      if (at >= judged || !bounds || shifted.has(at)) return;
      const value = values[at]?.value ?? 0;
      const alarm = value < bounds.min || value > bounds.max;
      sums[wrong.has(at) ? 'wrong' : 'good']++;
      if (alarm) sums[wrong.has(at) ? 'found' : 'false']++;
    });
  }
  return { found: sums.found / sums.wrong, false: sums.false / sums.good };
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`.padStart(6);

/** Prints detection and false alarms for every season, with incidents marked and not, and for three sensitivities. */
async function prepare(): Promise<void> {
  const line = (name: string, { found, false: wrongly }: Rates) =>
    console.error(
      `${name.padEnd(34)} incidents found ${percent(found)}  false alarms ${percent(wrongly)} of the other values`,
    );
  for (const season of ['none', 'weekday', 'month end', 'auto'] as const) {
    line(`${season}, incidents marked`, rates(season, true));
  }
  line('auto, nothing marked', rates('auto', false));
  for (const tolerance of [3, 8])
    line(`auto, tolerance ${tolerance}, marked`, rates('auto', true, tolerance));
}

export default defineBench({
  name: 'monitors',
  unit: 'share of incidents found',
  better: 'higher',
  goal: 0.9,
  runs: 1,
  prepare,
  ours: async () => rates('auto', true).found,
});
