import type { Progress } from './wire.ts';

const windowMs = 5000;

/** A running mean of progress per second, over the last few seconds of what is being done; nothing before it can be known. */
export function progressRate(): (progress: Progress) => number | undefined {
  let samples: { at: number; done: number }[] = [];
  let doing: string | undefined;
  return ({ title, unit, done }) => {
    const at = performance.now();
    const now = `${title} ${unit}`;
    if (now !== doing || done < (samples.at(-1)?.done ?? 0)) samples = [];
    doing = now;
    samples.push({ at, done });
    while (samples.length > 2 && at - (samples[0]?.at ?? at) > windowMs) samples.shift();
    const first = samples[0];
    return first && at > first.at ? ((done - first.done) * 1000) / (at - first.at) : undefined;
  };
}

/** The seconds that are still needed, where that can be known. */
export function secondsLeft(progress: Progress | undefined, rate: number | undefined): number | undefined {
  if (!progress?.total || !rate) return undefined;
  return Math.max(0, (progress.total - progress.done) / rate);
}
