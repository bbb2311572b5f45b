import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { scratchFolder } from '../open-test-engine.ts';
import { workbook } from '../workbook.ts';
import { answerFileDialog, hand } from './hand.ts';
import { launchApp } from './launch-app.ts';

const text = (words: string) => `<c t="inlineStr"><is><t>${words}</t></is></c>`;
const number = (value: number, style = 0) => `<c s="${style}"><v>${value}</v></c>`;
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;

test('a sheet is chosen, files become one table, and cells are pasted', async () => {
  const folder = await scratchFolder();
  const dir = join(folder, 'shop');
  const book = join(folder, 'Shop.xlsx');
  const orders = `<sheetData>${row(text('id'), text('day'))}${row(number(1), number(45_322, 1))}</sheetData>`;
  const prices = `<sheetData>${row(text('article'), text('price'))}${row(text('tea'), number(2.5, 3))}${row(text('milk'), number(1.25, 3))}</sheetData>`;
  await writeFile(book, workbook({ Orders: orders, Prices: prices }));
  await mkdir(join(folder, 'months'));
  await writeFile(join(folder, 'months/jan.csv'), 'id,amount\n1,10.50\n2,3.00\n');
  await writeFile(join(folder, 'months/feb.jsonl'), '{"id": 3, "amount": 7.25, "note": "late"}\n');
  const { app, page, screenshot } = await launchApp(() => [dir]);
  const { choose } = hand(page);
  const preview = page.getByRole('region', { name: 'Preview' });
  await page.getByText('engine ready').waitFor();

  await answerFileDialog(app, [book]);
  await page.keyboard.press('Control+i');
  await preview.getByRole('cell', { name: '2024-01-31' }).waitFor();
  await choose(page.getByRole('combobox', { name: 'Sheet' }), 'Prices');
  await preview.getByRole('cell', { name: 'milk' }).waitFor();
  await screenshot('formats-sheet');
  await page.getByRole('textbox', { name: 'Range' }).fill('A2:B3');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByText('shop has 2 rows and 2 columns').waitFor();

  await answerFileDialog(app, [join(folder, 'months')]);
  await page.keyboard.press('Control+i');
  await page.getByText('2 files: a table each, or one table?').waitFor();
  await screenshot('formats-question');
  await page.getByRole('button', { name: 'One table' }).click();
  await preview.getByRole('cell', { name: 'jan.csv' }).first().waitFor();
  await screenshot('formats-one-table');
  await page.getByRole('button', { name: 'Import 3 rows' }).click();
  await page.getByText('months has 3 rows and 4 columns').waitFor();

  await app.evaluate(({ clipboard }) =>
    clipboard.writeText('name\tborn\nAda\t1815-12-10\nZoë\t1990-01-02\n'),
  );
  await page.keyboard.press('Control+v');
  await preview.getByRole('cell', { name: 'Zoë' }).waitFor();
  await screenshot('formats-pasted');
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByText('pasted has 2 rows and 2 columns').waitFor();
  await page.getByRole('treeitem', { name: /^pasted/ }).waitFor();
});
