import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import type { Problem } from '../../../../shared/problem.ts';
import type { CallContext } from '../../../../shared/wire.ts';

/** Faults that another try may not meet: connections, locks, time-outs, resources, an engine that was lost. */
const passing = /^(08|40|53|55P03|57014|57P)/;

/** True where waiting may help: a fault of the data or of the pipeline would only come again. */
export const mayPass = ({ code, at }: Problem): boolean =>
  code === 'locked' || code === 'engine_lost' || (code === 'sql_failed' && passing.test(at?.sqlstate ?? ''));

/** How often a run is tried again after a fault that may pass. */
export const retriesOf = ({ retries = 0 }: Pipeline): number => retries;

/** Waits before a further try: longer each time, a minute at most. False where it was cancelled meanwhile. */
export async function waitToRetry(
  times: number,
  because: Problem,
  { signal, progress }: CallContext,
): Promise<boolean> {
  const seconds = Math.min(60, 2 ** times);
  progress({
    title: `Trying again in ${seconds} s: ${because.message}`,
    done: 0,
    total: seconds,
    unit: 'steps',
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), seconds * 1000);
    const giveUp = () => {
      clearTimeout(timer);
      resolve(false);
    };
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
