import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { _electron, type Page } from 'playwright';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { electronRuntime } from '../../electron/setup/electron-runtime.mjs';
import { virtualScreen } from '../../electron/setup/virtual-screen.mjs';
import { defineBench } from './harness.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
let scratch: string;
let screen: Awaited<ReturnType<typeof virtualScreen>> | undefined;

/** An app that opens a window and nothing else. */
const bareMain = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile(__dirname + '/page.html'));`;

/** Waits in the window itself, frame by frame: asked from outside it would be told in steps of half a second. */
async function untilShown(page: Page, selector: string, words: string): Promise<void> {
  await page.waitForLoadState('domcontentloaded');
  await page.evaluate(
    ([elements, text]) =>
      new Promise<void>((resolve) => {
        const look = () => {
          const found = [...document.querySelectorAll(elements)].some((one) =>
            one.textContent?.startsWith(text),
          );
          if (found) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
    [selector, words] as const,
  );
}

async function untilSeen(
  app: string,
  words: readonly string[],
  seen: (page: Page) => Promise<unknown>,
): Promise<number> {
  const { executable, args } = await electronRuntime();
  const began = performance.now();
  const running = await _electron.launch({
    executablePath: executable,
    args: [app, ...args, `--user-data-dir=${join(scratch, 'settings')}`, ...words],
    env: { ...(process.env as Record<string, string>), ...(screen?.env as Record<string, string>) },
  });
  await seen(await running.firstWindow());
  const ms = performance.now() - began;
  await running.close();
  return ms;
}

/** Opens the data folder with bare PGlite in a process of its own, where nothing is compiled yet, as at our start. */
const openScript = `
  import { PGlite } from '@electric-sql/pglite';
  import { pg_textsearch } from '@electric-sql/pglite-pg_textsearch';
  import { vector } from '@electric-sql/pglite-pgvector';
  const began = performance.now();
  const database = await PGlite.create(process.argv[1], { extensions: { vector, pg_textsearch } });
  await database.query('select 1');
  console.log(performance.now() - began);
  await database.close();`;

async function openOnly(): Promise<number> {
  const words = ['--input-type=module', '-e', openScript, join(scratch, 'Shop', '.assay', 'data')];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: project });
  return Number(stdout);
}

export default defineBench({
  name: 'start',
  unit: 'ms',
  goal: 2,
  peerName: "a bare window, plus PGlite's open",
  runs: 5,
  prepare: async () => {
    scratch = await mkdtemp(join(tmpdir(), 'assay-bench-'));
    if (!process.env['DISPLAY']) screen = await virtualScreen();
    await (await openWorkspace({ dir: join(scratch, 'Shop'), create: true, sample: true })).close();
    await writeFile(
      join(scratch, 'package.json'),
      '{ "name": "bare", "version": "1.0.0", "main": "main.cjs" }',
    );
    await writeFile(join(scratch, 'main.cjs'), bareMain);
    await writeFile(join(scratch, 'page.html'), '<!doctype html><title>Bare</title><p>Ready</p>');
  },
  /** From the start of the process until the sample's tables stand in the tree. */
  ours: () =>
    untilSeen(project, [join(scratch, 'Shop')], (page) =>
      untilShown(page, '[role=treeitem]', 'support_tickets'),
    ),
  peer: async () =>
    (await untilSeen(scratch, [], (page) => untilShown(page, 'p', 'Ready'))) + (await openOnly()),
  cleanup: async () => {
    screen?.stop();
    await rm(scratch, { recursive: true, force: true });
  },
});
