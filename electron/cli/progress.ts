import { count, duration } from '../../shared/number-words.ts';
import { progressRate, secondsLeft } from '../../shared/progress-rate.ts';
import type { Progress } from '../../shared/wire.ts';

/** Shows how far a long call is, on standard error: one line that renews itself, or a line every few seconds. */
export function progressLine(stream: NodeJS.WriteStream): { show(progress: Progress): void; end(): void } {
  const everyMs = stream.isTTY ? 100 : 3000;
  let last = performance.now();
  let open = false;
  const rateOf = progressRate();
  return {
    show(progress) {
      const now = performance.now();
      const rate = rateOf(progress);
      if (now - last < everyMs) return;
      last = now;
      stream.write(stream.isTTY ? `\r\x1b[K${words(progress, rate)}` : `${words(progress, rate)}\n`);
      open = stream.isTTY;
    },
    end() {
      if (open) stream.write('\r\x1b[K');
      open = false;
    },
  };
}

const whole = (value: number) => count(Math.round(value));

function words(progress: Progress, rate: number | undefined): string {
  const { title, done, total, unit, rows } = progress;
  const far = total ? `${whole(done)} of ${whole(total)} ${unit}` : `${whole(done)} ${unit}`;
  const left = secondsLeft(progress, rate);
  return [
    `${title}: ${far}`,
    ...(rows === undefined ? [] : [`${count(rows)} rows`]),
    ...(unit === 'texts' && rate ? [`${whole(rate)} texts/s`] : []),
    ...(left === undefined || left < 1
      ? []
      : [`${duration(Math.round(left) * 1000).replace('.0 s', ' s')} left`]),
  ].join(', ');
}
