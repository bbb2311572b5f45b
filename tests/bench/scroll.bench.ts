import { defineBench } from './harness.ts';
import { openLarge, openWindow, type WindowOnTables } from './window-on-tables.ts';

const rows = 1_000_000;
const turns = 150;

let window: WindowOnTables;

/** A window on a table of a million rows, at its beginning and with its copy. */
async function openVisits(): Promise<void> {
  window = await openWindow({ visits: rows });
  await openLarge(window.page, 'visits', rows);
}

interface Scrolled {
  readonly frames: number;
  readonly seconds: number;
  /** Of the window's main thread, those over 50 ms, in milliseconds. */
  readonly tasks: readonly number[];
}

/** Turns a wheel for some seconds, now and then by many screens at once. */
async function scroll(): Promise<Scrolled> {
  const { page } = window;
  await page.getByRole('grid').hover();
  await page.evaluate(() => {
    const seen = { frames: 0, began: performance.now(), tasks: [] as number[], over: false };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration);
    }).observe({ type: 'longtask' });
    const next = () => {
      seen.frames++;
      if (!seen.over) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, turn % 30 < 24 ? 260 : 6000);
    await page.waitForTimeout(16);
  }
  return page.evaluate(() => {
    const { seen } = globalThis as unknown as {
      seen: { frames: number; began: number; tasks: number[]; over: boolean };
    };
    seen.over = true;
    return { frames: seen.frames, seconds: (performance.now() - seen.began) / 1000, tasks: seen.tasks };
  });
}

const shared = { optional: true, runs: 3, prepare: openVisits, cleanup: () => window.close() };

export default [
  defineBench({
    ...shared,
    name: 'scroll-frames',
    unit: 'frames/s',
    better: 'higher',
    goal: 50,
    ours: async () => {
      const { frames, seconds } = await scroll();
      return frames / seconds;
    },
  }),
  defineBench({
    ...shared,
    name: 'scroll-task',
    unit: 'ms',
    goal: 50,
    /** The longest task of the main thread; of those below 50 ms nothing is told. */
    ours: async () => {
      const { tasks } = await scroll();
      if (tasks.length > 0) console.error(`  tasks: ${tasks.map(Math.round).join(', ')} ms`);
      return Math.max(0, ...tasks);
    },
  }),
];
