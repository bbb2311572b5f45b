import { count } from '../../shared/number-words.ts';
import type { Progress } from '../../shared/wire.ts';

/** Shows how far a long call is, on standard error: one line that renews itself, or a line every few seconds. */
export function progressLine(stream: NodeJS.WriteStream): { show(progress: Progress): void; end(): void } {
  const everyMs = stream.isTTY ? 100 : 3000;
  let last = performance.now();
  let open = false;
  return {
    show(progress) {
      const now = performance.now();
      if (now - last < everyMs) return;
      last = now;
      stream.write(stream.isTTY ? `\r\x1b[K${words(progress)}` : `${words(progress)}\n`);
      open = stream.isTTY;
    },
    end() {
      if (open) stream.write('\r\x1b[K');
      open = false;
    },
  };
}

const whole = (value: number) => count(Math.round(value));

function words({ title, done, total, unit, rows }: Progress): string {
  const far = total ? `${whole(done)} of ${whole(total)} ${unit}` : `${whole(done)} ${unit}`;
  return `${title}: ${far}${rows === undefined ? '' : `, ${count(rows)} rows`}`;
}
