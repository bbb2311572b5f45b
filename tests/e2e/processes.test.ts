import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { electronRuntime } from '../../electron/setup/electron-runtime.mjs';
import { hand } from './hand.ts';
import { keepFailures, launchApp, openApp, type RunningApp, startApp } from './launch-app.ts';
import { openSample } from './open-sample.ts';

/** The app as processes: window, engine, command line and further copies of itself, on the sample workspace. */
let shop: RunningApp;
const page = () => shop.page;
const dir = () => join(shop.scratch, 'shop');

beforeAll(async () => {
  shop = await openApp(openSample);
  await page().getByText('engine ready').waitFor();
});
afterAll(() => shop?.close());
keepFailures(page);

const project = fileURLToPath(new URL('../..', import.meta.url));

/** A process run to its end. */
function run(program: string, args: readonly string[]) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const ended = execFile(program, args, { cwd: project }, (_error, stdout, stderr) =>
      resolve({ code: ended.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** Starts the app with the same settings as a person would who clicks its icon once more. */
async function startOnceMore(folder: string) {
  const { executable, args } = await electronRuntime();
  const settings = `--user-data-dir=${join(shop.scratch, 'settings')}`;
  return run(executable, [project, ...args, settings, folder]);
}

const enginePid = (of: Pick<RunningApp, 'app'>) =>
  of.app.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Assay engine')?.pid);

const query = () => page().getByRole('textbox', { name: 'SQL of Untitled 1' });
const status = () => page().getByRole('contentinfo');

test('the window has no Node and no way out', async () => {
  const { app, page: sealed } = await launchApp((scratch) => [join(scratch, 'new')]);
  await sealed.getByText('engine ready').waitFor();
  const found = await sealed.evaluate(async () => {
    const violated: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
    const fetched = await fetch('https://example.com').catch(() => 'refused');
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.head.append(script);
    const makesCode = await new Promise((resolve) => {
      const attempt = () => new Function('return true')();
      setTimeout(() => {
        try {
          resolve(attempt());
        } catch (thrown) {
          resolve((thrown as Error).name);
        }
      });
    });
    const opened = window.open('file:///etc/passwd');
    const names = ['require', 'process', 'module', 'Buffer', 'wasRun'].filter((name) => name in window);
    return { fetched, makesCode, opened, names, violated };
  });
  expect(found).toMatchObject({ fetched: 'refused', makesCode: 'EvalError', opened: null, names: [] });
  expect(found.violated).toEqual(expect.arrayContaining(['connect-src', 'script-src-elem']));
  await sealed.evaluate(() => window.location.assign('https://example.com'));
  const address = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  );
  expect(address).toMatch(/^file:.*index\.html$/);
});

test('the engine is killed under unsaved text: it comes back, the text is there, a query runs', async () => {
  const { writeSql } = hand(page());
  await page()
    .getByRole('treeitem', { name: /^orders.*9,100/ })
    .first()
    .click();
  await page().getByRole('gridcell', { name: '100002' }).waitFor();
  await page().keyboard.press('ControlOrMeta+n');
  await writeSql('select count(*) as n from orders');
  await page()
    .getByRole('tab', { name: /^Untitled 1.*unsaved/ })
    .waitFor();
  process.kill((await enginePid(shop))!, 'SIGKILL');
  await page().getByText('The engine is back').waitFor();
  await page().getByText('engine ready').waitFor();
  await page()
    .getByRole('tab', { name: /^Untitled 1.*unsaved/ })
    .waitFor();
  await query().focus();
  await page().keyboard.press('ControlOrMeta+Enter');
  await page().getByRole('gridcell', { name: '9100' }).waitFor();
  const log = await readFile(join(dir(), '.assay', 'logs', 'app.log'), 'utf8');
  expect(log).toMatch(
    / opened version=.*\n.* engine started engine=\d+\n.* engine died code=\d+ .*\n.* engine started/,
  );
});

test('while a query runs the window goes on: status, loaded rows, palette; cancel frees the engine', async () => {
  const { writeSql, seen, uncovered } = hand(page());
  await writeSql('select count(*) from generate_series(1, 3000000000)');
  await page().keyboard.press('ControlOrMeta+Enter');
  await status().getByText('engine busy').waitFor();
  await page().getByRole('tab', { name: 'orders' }).click();
  const rows = page().getByRole('grid', { name: 'Rows of orders' });
  await rows.getByRole('gridcell', { name: '100002' }).click();
  await page().keyboard.press('PageDown');
  await expect.poll(async () => (await seen(rows))[1]).toBeGreaterThan(10);
  await page().keyboard.press('ControlOrMeta+k');
  await page().getByRole('combobox', { name: 'Commands and objects' }).waitFor();
  await page().keyboard.press('Escape');
  await uncovered();
  await status().getByText('Running Untitled 1').waitFor();
  await page().keyboard.press('ControlOrMeta+End');
  await status().getByRole('button', { name: 'Cancel Running Untitled 1' }).click();
  await page()
    .getByText(/^Cancelled. The database was stopped and opened again in/)
    .waitFor();
  await expect.poll(() => seen(rows)).toEqual(['672.80', 9100, 8]);
});

test('another process is refused with a reason: the command line, and a second copy of the app', async () => {
  const cli = await run(process.execPath, [join(project, 'dist', 'cli.js'), 'tables', '--workspace', dir()]);
  expect(cli).toMatchObject({ code: 2, stdout: '' });
  expect(cli.stderr).toMatch(/^assay: This workspace is open in the Assay app \(process \d+\)/);
  expect(cli.stderr).toContain('Close it there first');

  const other = join(shop.scratch, 'other');
  await mkdir(other);
  const copy = await startApp(other, [dir()]);
  onTestFinished(() => copy.app.close());
  await copy.page.getByRole('heading', { name: 'This workspace did not open' }).waitFor();
  await copy.page.getByText('This workspace is open in the Assay app').waitFor();
  await copy.page.getByText('Close it there first, or work in that window.').waitFor();
  await copy.screenshot('locked');
});

test('one window a workspace; a new one opens beside it and is listed', async () => {
  expect(await startOnceMore(dir())).toMatchObject({ code: 0 });
  expect(shop.app.windows()).toHaveLength(1);
  const opened = shop.app.waitForEvent('window');
  expect(await startOnceMore(join(shop.scratch, 'second'))).toMatchObject({ code: 0 });
  const second = await opened;
  await second.getByText('engine ready').waitFor();
  await second.getByRole('region', { name: 'Other workspaces' }).getByText(dir()).waitFor();
  await second.close();
});

test('tabs, unsaved text and the size of the window survive a restart', async () => {
  const { writeSql } = hand(page());
  await page().getByRole('tab', { name: 'Untitled 1' }).click();
  await writeSql('select name from customers order by 1 limit 3');
  await shop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1100, 700));
  await expect.poll(() => page().evaluate(() => window.innerWidth)).toBe(1100);
  await shop.app.close();
  shop = { ...shop, ...(await startApp(shop.scratch, [dir()])) };
  await page().getByText('engine ready').waitFor();
  expect(await page().evaluate(() => [window.innerWidth, window.innerHeight])).toEqual([1100, 700]);
  await page().getByRole('tab', { name: 'orders' }).waitFor();
  await page()
    .getByRole('tab', { name: /^Untitled 1.*unsaved/, selected: true })
    .waitFor();
  await page().getByText('select name from customers order by 1 limit 3').first().waitFor();
});

test('a refused copy opens the workspace when it is free', async () => {
  const other = await launchApp(() => [dir()]);
  await other.page.getByText('This workspace is open in the Assay app').waitFor();
  await shop.app.close();
  await other.page.getByRole('button', { name: 'Try again' }).click();
  await other.page.getByText('engine ready').waitFor();
  await other.page
    .getByRole('treeitem', { name: /^orders.*9,100/ })
    .first()
    .waitFor();
  await other.close();
  shop = { ...shop, ...(await startApp(shop.scratch, [dir()])) };
  await page().getByText('engine ready').waitFor();
});

test('the lock of a killed app is taken over, and nothing is lost', async () => {
  const engine = (await enginePid(shop))!;
  const gone = shop.app.waitForEvent('close');
  process.kill(shop.app.process().pid!, 'SIGKILL');
  process.kill(engine, 'SIGKILL');
  await gone;
  const again = await startApp(shop.scratch, [dir()]);
  shop = { ...shop, ...again, close: () => again.app.close() };
  await page().getByText('engine ready').waitFor();
  await page()
    .getByRole('tab', { name: /^Untitled 1.*unsaved/, selected: true })
    .waitFor();
  await page()
    .getByRole('treeitem', { name: /^orders.*9,100/ })
    .first()
    .click();
  await page()
    .getByRole('row', { name: /^9090 / })
    .waitFor();
});
