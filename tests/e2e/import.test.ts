import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { scratchFolder } from '../open-test-engine.ts';
import { answerFileDialog, hand } from './hand.ts';
import { launchApp } from './launch-app.ts';

/** 48,000 orders, some of which do not fit. */
function orders(): string {
  const lines = ['Order ID;Customer;Amount;Ordered on;Paid;Phone;Note'];
  for (let n = 1; n <= 48_000; n++) {
    const amount = n % 4001 === 0 ? 'free' : ((n * 37) % 90_000) / 100;
    const day = n % 6007 === 0 ? '2024-02-30' : `2024-0${1 + (n % 9)}-1${n % 10}`;
    const note = n % 13 === 0 ? `"said ""fine"", then left"` : n % 5 === 0 ? '' : 'as usual';
    const written = typeof amount === 'number' ? amount.toFixed(2) : amount;
    lines.push(`${n};customer ${n % 500};${written};${day};${n % 3 === 0};0${30_000_000 + n};${note}`);
  }
  lines.splice(7, 0, '7;too few', '', '8;"never closed;1.00;2024-01-01;true;030;');
  return `${lines.join('\n')}\n`;
}

test('a file is looked at, corrected, loaded, and its rejects are shown', async () => {
  const folder = await scratchFolder();
  const dir = join(folder, 'shop');
  const paths = [join(folder, 'orders 2024.csv'), join(folder, 'customers.csv')];
  await writeFile(paths[0]!, orders());
  await writeFile(paths[1]!, 'id,name\n1,Ada\n2,Zoë\n');
  const { app, page, screenshot } = await launchApp(() => [dir]);
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
  }, paths);
  await page.getByText('engine ready').waitFor();
  await page.keyboard.press('Control+i');
  await page.getByRole('button', { name: 'A table each' }).click();
  await page.getByText('48,004 records').waitFor();
  await screenshot('import-preview');
  await page.getByRole('button', { name: /^Import [\d,]+ rows$/ }).click();
  await page.getByRole('button', { name: 'Cancel' }).first().waitFor();
  await screenshot('import-running');
  await page.getByText('Took').waitFor();
  await page.getByText('is not a date').first().waitFor();
  await screenshot('import-summary');
  await page
    .getByRole('button', { name: /customers.csv/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByText('customers has 2 rows').waitFor();
  await page.getByRole('button', { name: 'Import again…' }).click();
  await page.getByText(/There is a table customers already/).waitFor();
  await screenshot('import-again');
  expect(await page.getByRole('button', { name: 'Import 2 rows' }).isDisabled()).toBe(true);
  await hand(page).choose(page.getByRole('combobox', { name: 'The table is there' }), 'Add to its rows');
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByText('customers got 2 rows more').waitFor();
  await page.getByRole('button', { name: 'Undo…' }).click();
  await page.getByRole('button', { name: 'Undo import' }).click();
  await page.getByText('This import was undone').waitFor();
});

test('rejects are corrected in place; a changed file is noticed and compared', async () => {
  const folder = await scratchFolder();
  const dir = join(folder, 'shop');
  const path = join(folder, 'stock.csv');
  const good = Array.from({ length: 300 }, (_, n) => `s${n},${n},${n}.50`).join('\n');
  await writeFile(path, `sku,pieces,price\n${good}\nx1,many,1.00\nx2,few,2.00\nx3,3\n`);
  const ages = join(folder, 'ages.csv');
  await writeFile(
    ages,
    `name,age\n${Array.from({ length: 301 }, (_, n) => `n${n},${n === 5 ? 'NA' : n % 10 === 3 ? 999 : 20 + (n % 60)}\n`).join('')}`,
  );
  const { app, page, screenshot } = await launchApp(() => [dir]);
  await answerFileDialog(app, [path]);
  await page.getByText('engine ready').waitFor();
  await page.keyboard.press('Control+i');
  await page.getByRole('combobox', { name: /2 cells of pieces that do not fit/ }).click();
  await page.getByRole('option', { name: 'make null' }).click();
  await page.getByText('304 records').waitFor();
  await page.getByRole('button', { name: 'Import 302 rows' }).waitFor();
  await screenshot('import-misfits');
  await page.getByRole('button', { name: 'Import 302 rows' }).click();
  await page.getByText('2 cells of pieces became null').waitFor();
  await page.getByRole('textbox', { name: 'Text of line 304' }).fill('x3,3,3.00');
  await screenshot('import-correct');
  await page.getByRole('button', { name: 'Load 1 corrected row' }).click();
  await page.getByText('1 of 1 corrected row loaded. Now 304 records = 303 rows + 0 rejected').waitFor();

  await writeFile(
    path,
    `sku,pieces,price,colour\n${good.replace('s1,1,1.50', 's1,7,1.50').replaceAll('\n', ',blue\n')},blue\nx9,9,9.00,red\n`,
  );
  await page.getByRole('button', { name: 'Open stock' }).click();
  await page.getByText('has other content now').waitFor();
  await screenshot('import-stale');
  await page.getByRole('button', { name: 'Refresh…' }).click();
  await page.getByText('Replace its rows').waitFor();
  await page.getByRole('textbox', { name: 'Key columns, by commas' }).fill('sku');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByText('1 changed').waitFor();
  await screenshot('import-compare');

  await answerFileDialog(app, [ages]);
  await page.keyboard.press('Control+i');
  await page.getByText('302 records', { exact: true }).waitFor();
  await page.getByText('Read as null: “NA” in 1 cell of age.').waitFor();
  await page.getByRole('region', { name: 'Preview' }).getByTitle('in the file: NA').waitFor();
  await walkByKeys(page);
  await page.getByText('ages has 301 rows').waitFor();
});

/** From a file to its table without the mouse: a marker is read as null, and taken back and chosen again. */
async function walkByKeys(page: Page): Promise<void> {
  const tabTo = async (name: string | RegExp) => {
    const wanted = page.getByRole('button', { name });
    for (let presses = 0; presses < 80; presses++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not come to ${name}.`);
  };
  await tabTo('Read 999 as null');
  await page.keyboard.press('Enter');
  await tabTo('999 is read as null');
  await page.keyboard.press('Enter');
  await tabTo('Read 999 as null');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: '999 is read as null' }).waitFor();
  await page.getByRole('region', { name: 'Preview' }).getByText('null').nth(1).waitFor();
  await tabTo('Import 301 rows');
  await page.keyboard.press('Enter');
}
