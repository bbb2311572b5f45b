import { useEffect } from 'react';
import { engine } from '../engine.ts';
import { runTask } from '../tasks.ts';
import { roomsChanged, useEngine } from '../use-engine.ts';

/** Runs a pipeline as its schedule would; the engine tells where it did not work. */
export const runScheduled = (name: string): Promise<unknown> =>
  runTask(`Running ${name}, as scheduled`, (options) =>
    engine.pipelines.run({ name, scheduled: true }, options),
  );

/** The longest wait before looking at the clock again: timers stand still while the machine sleeps. */
const longestMs = 60_000;

/** Runs pipelines at their times while this window is open. What was due before stays missed until somebody runs it. */
export function useScheduledRuns(): void {
  const { data } = useEngine('pipelines', 'list', {});
  useEffect(() => {
    const times = (data ?? []).flatMap(({ name, schedule }) =>
      schedule?.next ? [{ name, at: Date.parse(schedule.next) }] : [],
    );
    if (times.length === 0) return;
    let timer = 0;
    const look = () => {
      const due = times.filter(({ at }) => at <= Date.now());
      if (due.length === 0) {
        const wait = Math.min(...times.map(({ at }) => at)) - Date.now();
        timer = window.setTimeout(look, Math.min(Math.max(wait, 0), longestMs));
        return;
      }
      void runAll(due.map(({ name }) => name));
    };
    look();
    return () => window.clearTimeout(timer);
  }, [data]);
}

async function runAll(names: readonly string[]): Promise<void> {
  for (const name of names) await runScheduled(name).catch(() => {});
  await roomsChanged(['pipelines']);
}
