import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { scratchFolder } from '../open-test-engine.ts';
import { answerFileDialog } from './hand.ts';
import { launchApp } from './launch-app.ts';

/** Rows enough that loading them takes some seconds. */
async function manyRows(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path);
  out.write('id,name,price,day,note\n');
  for (let n = 0; n < rows; n++) {
    const line = `${n},customer ${n % 977},${(n % 90_000) / 100},2024-0${1 + (n % 9)}-1${n % 10},"as usual, ${n}"\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** Goes on by Tab until what has the name has the focus. */
async function tabTo(page: Page, role: 'button' | 'textbox', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  for (let presses = 0; presses < 120; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not come to ${name}.`);
}

test('an import that is cancelled leaves nothing, and one whose file vanished says so', async () => {
  const folder = await scratchFolder();
  const dir = join(folder, 'shop');
  const path = join(folder, 'events.csv');
  await manyRows(path, 400_000);
  const { app, page, screenshot } = await launchApp(() => [dir]);
  await answerFileDialog(app, [path]);
  await page.getByText('engine ready').waitFor();
  await page.keyboard.press('Control+i');
  await page.getByText('400,001 records').waitFor();
  await page.getByRole('button', { name: 'Import 400,000 rows' }).click();
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true }).last();
  await page
    .getByText(/^Loading events · /)
    .first()
    .waitFor();
  await screenshot('import-loading');
  await cancel.click();
  await page.getByRole('button', { name: 'Import 400,000 rows' }).waitFor();
  await page.getByText('engine ready').waitFor();
  await screenshot('import-cancelled');
  expect(await page.getByRole('treeitem', { name: /events/ }).count()).toBe(0);
  expect(await readdir(join(dir, 'imports')).catch(() => [])).toEqual([]);

  await rm(path);
  await page.getByRole('button', { name: 'Import 400,000 rows' }).click();
  await page.getByText(/There is no file .*events\.csv/).waitFor();
  await screenshot('import-vanished');
  expect(await page.getByRole('treeitem', { name: /events/ }).count()).toBe(0);

  // The same bytes there again, it loads.
  await manyRows(path, 400_000);
  await page.getByRole('button', { name: 'Import 400,000 rows' }).click();
  await page.getByText('events has 400,000 rows').waitFor();
});

test('by keys alone: a file is imported, its reject mended and loaded again, and its recipe is there', async () => {
  const folder = await scratchFolder();
  const dir = join(folder, 'shop');
  const path = join(folder, 'stock.csv');
  const good = Array.from({ length: 300 }, (_, n) => `s${n},${n},${n}.50`).join('\n');
  await writeFile(path, `sku,pieces,price\n${good}\nx1,many,1.00\nx3,3\n`);
  const { app, page, screenshot } = await launchApp(() => [dir]);
  await answerFileDialog(app, [path]);
  await page.getByText('engine ready').waitFor();
  await page.keyboard.press('Control+i');
  await page.getByText('303 records').waitFor();
  await tabTo(page, 'button', 'Import 300 rows');
  await page.keyboard.press('Enter');
  await page.getByText('stock has 300 rows').waitFor();
  await tabTo(page, 'textbox', 'Text of line 302');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('x1,seven,1.00');
  await tabTo(page, 'button', 'Load 1 corrected row');
  await page.keyboard.press('Enter');
  await page.locator('[data-tone=warn]', { hasText: '0 of 1 corrected row loaded' }).first().waitFor();
  await screenshot('import-still-wrong');
  await tabTo(page, 'textbox', 'Text of line 302');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('x1,7,1.00');
  await tabTo(page, 'button', 'Load 1 corrected row');
  await page.keyboard.press('Enter');
  await page.getByText('1 of 1 corrected row loaded. Now 303 records = 301 rows + 1 rejected').waitFor();
  await page.getByRole('textbox', { name: 'Text of line 302' }).waitFor({ state: 'detached' });
  await screenshot('import-mended');
  await tabTo(page, 'button', 'Open stock');
  await page.keyboard.press('Enter');
  await page.getByRole('treegrid').or(page.getByRole('grid')).first().waitFor();
  await screenshot('import-opened');
  expect(await readFile(join(dir, 'imports', 'stock.yaml'), 'utf8')).toContain('name: pieces');
});
