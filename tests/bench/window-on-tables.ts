import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Page } from 'playwright';
import { runQuery } from '../../electron/engine/query/run-query.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { electronRuntime } from '../../electron/setup/electron-runtime.mjs';
import { virtualScreen } from '../../electron/setup/virtual-screen.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** The built app, open on a workspace of large tables. */
export interface WindowOnTables {
  readonly page: Page;
  close(): Promise<void>;
}

/** Makes tables of so many rows each (eight columns: numbers, a date, texts of few and of many values) and opens the app on them. */
export async function openWindow(tables: Readonly<Record<string, number>>): Promise<WindowOnTables> {
  const scratch = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const dir = join(scratch, 'large');
  const { database, close } = await openWorkspace({ dir, create: true });
  for (const [name, rows] of Object.entries(tables)) {
    const text = `create table "${name}" as select g as id, g * 7 % 5 as shop, round((g::bigint * 7919 % 100000) / 100.0, 2) as amount,
      date '2024-01-01' + g % 400 as day, case when g % 9 = 0 then null else 'visitor ' || g % 1000 end as visitor,
      md5(g::text) as code, sqrt(g) as root, g % 2 = 0 as even from generate_series(1, ${rows}) as g`;
    await runQuery(database, { text, limit: 1, values: {}, writing: 'free' }, new AbortController().signal);
  }
  await close();
  const screen = process.env['DISPLAY'] ? undefined : await virtualScreen();
  const { executable, args } = await electronRuntime();
  const app = await _electron.launch({
    executablePath: executable,
    args: [project, ...args, `--user-data-dir=${join(scratch, 'settings')}`, dir],
    env: { ...(process.env as Record<string, string>), ...(screen?.env as Record<string, string>) },
  });
  return {
    page: await app.firstWindow(),
    close: async () => {
      await app.close();
      screen?.stop();
      await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Opens a table and waits until its columnar copy answers: its last row is a key away. */
export async function openLarge(page: Page, table: string, rows: number): Promise<void> {
  await page.getByRole('treeitem', { name: new RegExp(`^${table}`) }).click();
  await page.getByRole('gridcell').first().click();
  await page
    .getByRole('status')
    .filter({ hasText: 'A first impression' })
    .waitFor({ state: 'hidden', timeout: 300_000 });
  await page.keyboard.press('ControlOrMeta+End');
  await page.getByRole('rowheader', { name: String(rows), exact: true }).waitFor();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.getByRole('rowheader', { name: '1', exact: true }).waitFor();
}
