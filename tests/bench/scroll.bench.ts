import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { runQuery } from '../../electron/engine/query/run-query.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { electronRuntime } from '../../electron/setup/electron-runtime.mjs';
import { virtualScreen } from '../../electron/setup/virtual-screen.mjs';
import { defineBench } from './harness.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const rows = 1_000_000;
const turns = 150;

let scratch: string;
let screen: Awaited<ReturnType<typeof virtualScreen>> | undefined;
let app: ElectronApplication | undefined;
let page: Page;

/** A window on a table of a million rows, at its beginning and with its copy. */
async function openLargeTable(): Promise<void> {
  scratch = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  if (!process.env['DISPLAY']) screen = await virtualScreen();
  const dir = join(scratch, 'large');
  const { database, close } = await openWorkspace({ dir, create: true });
  const text = `create table visits as select g as id, g * 7 % 5 as shop, round((g::bigint * 7919 % 100000) / 100.0, 2) as amount,
    date '2024-01-01' + g % 400 as day, case when g % 9 = 0 then null else 'visitor ' || g % 1000 end as visitor,
    md5(g::text) as code, sqrt(g) as root, g % 2 = 0 as even from generate_series(1, ${rows}) as g`;
  await runQuery(database, { text, limit: 1, values: {}, writing: 'free' }, new AbortController().signal);
  await close();
  const { executable, args } = await electronRuntime();
  app = await _electron.launch({
    executablePath: executable,
    args: [project, ...args, `--user-data-dir=${join(scratch, 'settings')}`, dir],
    env: { ...(process.env as Record<string, string>), ...(screen?.env as Record<string, string>) },
  });
  page = await app.firstWindow();
  await page.getByRole('treeitem', { name: /^visits/ }).click();
  await page.getByRole('gridcell').first().click();
  await page.getByRole('status').filter({ hasText: 'A first impression' }).waitFor({ state: 'hidden' });
  await page.keyboard.press('ControlOrMeta+End');
  await page.getByRole('rowheader', { name: String(rows), exact: true }).waitFor();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.getByRole('rowheader', { name: '1', exact: true }).waitFor();
}

interface Scrolled {
  readonly frames: number;
  readonly seconds: number;
  /** Of the window's main thread, those over 50 ms, in milliseconds. */
  readonly tasks: readonly number[];
}

/** Turns a wheel for some seconds, now and then by many screens at once. */
async function scroll(): Promise<Scrolled> {
  await page.getByRole('grid').hover();
  await page.evaluate(() => {
    const seen = { frames: 0, began: performance.now(), tasks: [] as number[], over: false };
    Object.assign(window, { seen });
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
    const { seen } = window as unknown as {
      seen: { frames: number; began: number; tasks: number[]; over: boolean };
    };
    seen.over = true;
    return { frames: seen.frames, seconds: (performance.now() - seen.began) / 1000, tasks: seen.tasks };
  });
}

async function closeAll(): Promise<void> {
  await app?.close();
  screen?.stop();
  await rm(scratch, { recursive: true, force: true });
}

const shared = { optional: true, runs: 3, prepare: openLargeTable, cleanup: closeAll };

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
