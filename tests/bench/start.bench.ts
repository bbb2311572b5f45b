import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Page } from 'playwright';
import { openDatabase } from '../../electron/engine/database/database.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { electronRuntime } from '../../electron/setup/electron-runtime.mjs';
import { virtualScreen } from '../../electron/setup/virtual-screen.mjs';
import { sql } from '../../shared/sql.ts';
import { defineBench } from './harness.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
let scratch: string;
let screen: Awaited<ReturnType<typeof virtualScreen>> | undefined;

/** An app that opens a window and nothing else. */
const bareMain = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile(__dirname + '/page.html'));`;

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

async function openOnly(): Promise<number> {
  const began = performance.now();
  const database = await openDatabase(join(scratch, 'Shop', '.assay', 'data'));
  await database.query(sql`select 1`);
  const ms = performance.now() - began;
  await database.close();
  return ms;
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
      page
        .getByRole('treeitem', { name: /^support_tickets/ })
        .first()
        .waitFor(),
    ),
  peer: async () =>
    (await untilSeen(scratch, [], (page) => page.getByText('Ready').waitFor())) + (await openOnly()),
  cleanup: async () => {
    screen?.stop();
    await rm(scratch, { recursive: true, force: true });
  },
});
