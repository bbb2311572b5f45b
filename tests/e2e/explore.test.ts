import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runQuery } from '../../electron/engine/query/run-query.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { answerFileDialog, hand } from './hand.ts';
import { keepFailures, openApp, type RunningApp } from './launch-app.ts';
import { openSample } from './open-sample.ts';

/** A large table as an analyst goes through it: to the last row, in another order, filtered, copied, as steps. */
let shop: RunningApp;
const page = () => shop.page;
const press = (keys: string) => page().keyboard.press(keys);
const grid = () => page().getByRole('grid', { name: 'Rows of visits' });
const rows = 1_000_000;

async function largeSample(scratch: string): Promise<readonly string[]> {
  const words = await openSample(scratch);
  const { database, close } = await openWorkspace({ dir: join(scratch, 'shop') });
  const text = `create table visits as select g as id, g * 7 % 5 as shop, round((g::bigint * 7919 % 100000) / 100.0, 2) as amount,
    date '2024-01-01' + g % 400 as day, case when g % 9 = 0 then null else 'visitor ' || g % 1000 end as visitor,
    '{"tags": ["a", "b"]}'::json as detail from generate_series(1, ${rows}) as g`;
  await runQuery(database, { text, limit: 1, values: {}, writing: 'free' }, new AbortController().signal);
  await close();
  return words;
}

beforeAll(async () => {
  shop = await openApp(largeSample);
  await page().getByText('engine ready').waitFor();
  await page()
    .getByRole('treeitem', { name: /^visits/ })
    .click();
  await grid().getByRole('gridcell', { name: 'visitor 1', exact: true }).first().click();
}, 120_000);
afterAll(() => shop?.close());
keepFailures(page);

/** The cells of the first row that is drawn. */
const firstRow = () => grid().locator('[aria-rowindex="2"] [role=gridcell]').allTextContents();

test('the last of many rows is a key away', async () => {
  await press('ControlOrMeta+End');
  await grid()
    .getByRole('rowheader', { name: String(rows), exact: true })
    .waitFor();
  await press('ControlOrMeta+Home');
});

test('in every frame of a jump a row tells its own cells or none', async () => {
  const told = await grid().evaluate(async (element) => {
    const torn: string[] = [];
    const drawn = new Set<string>();
    for (let jump = 1; jump <= 8; jump++) {
      element.scrollTop = ((jump * 0.618) % 1) * element.scrollHeight;
      for (let frame = 0; frame < 6; frame++) {
        await new Promise(requestAnimationFrame);
        for (const row of element.querySelectorAll('[role=row]:has([data-row])')) {
          const number = row.querySelector('[role=rowheader]')?.textContent ?? '';
          const [id = ''] = [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent);
          drawn.add(number);
          if (id !== number) torn.push(`${number} says ${id}`);
        }
      }
    }
    return { torn, drawn: drawn.size };
  });
  expect(told.torn).toEqual([]);
  expect(told.drawn).toBeGreaterThan(20);
  await press('ControlOrMeta+Home');
});

test('where scrolling rests, rows stand in their order for whoever has them read', async () => {
  await grid().hover();
  for (let turn = 0; turn < 7; turn++) await page().mouse.wheel(0, 260);
  const drawn = () =>
    grid()
      .locator('[role=rowheader][data-row]')
      .evaluateAll((heads) => heads.map((head) => Number((head as HTMLElement).dataset['row'])));
  await expect.poll(async () => (await drawn())[0]).toBeGreaterThan(40);
  await expect
    .poll(async () => {
      const rows = await drawn();
      return rows.every((row, at) => row === (rows[0] ?? 0) + at);
    })
    .toBe(true);
  await press('ControlOrMeta+Home');
});

test('rows are sorted by two columns with the keyboard alone', async () => {
  await press('ArrowRight');
  await press('Alt+ArrowDown');
  await expect.poll(async () => (await firstRow())[1]).toBe('4');
  await expect.poll(() => hand(page()).seen(grid())).toEqual(['4', 1, 2]);
  await press('ArrowRight');
  await press('Alt+Shift+ArrowUp');
  await expect.poll(firstRow).toEqual(expect.arrayContaining(['4', '0.03']));
  await expect(
    grid()
      .getByRole('columnheader', { name: /amount/ })
      .getAttribute('aria-sort'),
  ).resolves.toBe('ascending');
  await press('ControlOrMeta+End');
  await expect
    .poll(() =>
      grid()
        .locator(`[aria-rowindex="${rows + 1}"] [role=gridcell]`)
        .allTextContents(),
    )
    .toContain('0');
});

/** Drags from one share of something's width to another, in its middle. */
async function drag(what: Locator, from: number, to: number): Promise<void> {
  const box = await what.boundingBox();
  if (!box) throw new Error('It is not seen.');
  const { mouse } = page();
  await mouse.move(box.x + box.width * from, box.y + box.height / 2);
  await mouse.down();
  await mouse.move(box.x + box.width * to, box.y + box.height / 2, { steps: 6 });
  await mouse.up();
}

test('dragging over a histogram filters by its steps', async () => {
  await press('ControlOrMeta+Home');
  await press('ArrowRight');
  await press('ArrowRight');
  await page().getByRole('button', { name: 'Inspector' }).click();
  const spread = page().getByRole('img', { name: /^How amount is spread from/ });
  await spread.waitFor();
  await page().getByText('A first impression').waitFor({ state: 'hidden', timeout: 90_000 });
  await drag(spread, 0.31, 0.44);
  const bar = page().getByRole('region', { name: 'What is seen' });
  await bar.getByText('amount ≥ 300 and < 450').waitFor();
  await bar.getByText('150,000 of 1,000,000').waitFor();
  const exact = async (rows: string, low: RegExp) => {
    await page()
      .locator('dt', { hasText: /^rows$/ })
      .locator('+ dd', { hasText: rows })
      .waitFor({ timeout: 90_000 });
    await page().locator('dt', { hasText: /^min$/ }).locator('+ dd', { hasText: low }).waitFor();
  };
  await exact('150,000', /^300$/);
  await page().getByRole('radio', { name: 'All rows' }).click();
  await exact('1,000,000', /^0$/);
  await page().getByRole('radio', { name: 'Filtered' }).click();
  await bar.getByRole('button', { name: /^Take away/ }).click();
});

test('a column is dragged to another place, and made wider', async () => {
  const head = (name: string) => grid().getByRole('columnheader', { name: new RegExp(`\\b${name}\\b`) });
  const names = () =>
    grid()
      .getByRole('columnheader')
      .evaluateAll((heads) => heads.map((one) => one.textContent?.match(/^(id|shop|amount|day)/)?.[0]));
  const [day, shop] = [await head('day').boundingBox(), await head('shop').boundingBox()];
  await page().mouse.move((day?.x ?? 0) + 60, (day?.y ?? 0) + 14);
  await page().mouse.down();
  await page().mouse.move((shop?.x ?? 0) + 10, (shop?.y ?? 0) + 14, { steps: 6 });
  await page().mouse.up();
  await expect.poll(async () => (await names()).slice(1, 5)).toEqual(['id', 'day', 'shop', 'amount']);
  const before = (await head('id').boundingBox())?.width ?? 0;
  const { x = 0, y = 0 } = (await head('id').boundingBox()) ?? {};
  await page().mouse.move(x + before - 2, y + 14);
  await page().mouse.down();
  await page().mouse.move(x + before + 60, y + 14, { steps: 4 });
  await page().mouse.up();
  await expect.poll(async () => (await head('id').boundingBox())?.width).toBeGreaterThan(before + 50);
  await grid().locator('[aria-rowindex="2"] [role=gridcell]').nth(1).click();
  await press('Alt+ArrowRight');
  await expect.poll(async () => (await names()).slice(1, 5)).toEqual(['id', 'shop', 'day', 'amount']);
  await expect.poll(async () => (await hand(page()).seen(grid()))[2]).toBe(3);
  await press('Alt+ArrowRight');
  await expect.poll(async () => (await names()).slice(1, 5)).toEqual(['id', 'shop', 'amount', 'day']);
});

test('a filter is a sentence that can be changed and taken away', async () => {
  await press('ControlOrMeta+Home');
  await press('Alt+F');
  const dialog = page().getByRole('dialog', { name: 'Filter rows' });
  await hand(page()).choose(dialog.getByLabel('Column', { exact: true }), 'amount');
  await hand(page()).choose(dialog.getByLabel('Condition'), 'between');
  await dialog.getByLabel('From').fill('500');
  await dialog.getByLabel('To').fill('501');
  await press('Enter');
  const bar = page().getByRole('region', { name: 'What is seen' });
  await bar.getByText('amount ≥ 500 and ≤ 501').waitFor();
  await bar.getByText(/^1,\d\d\d of 1,000,000$/).waitFor();
  await expect.poll(async () => (await firstRow()).some((text) => text === '500.03')).toBe(true);
});

test('whoever went to a row goes on from there by keys', async () => {
  await grid().focus();
  await press('ControlOrMeta+g');
  await page().getByRole('textbox', { name: 'Row' }).fill('2');
  await press('Enter');
  await hand(page()).uncovered();
  await expect.poll(() => grid().evaluate((element) => element === document.activeElement)).toBe(true);
  await press('ArrowUp');
  await expect.poll(async () => (await hand(page()).seen(grid()))[1]).toBe(1);
});

test('cells are copied as the place they go to wants them', async () => {
  await grid().focus();
  await press('ControlOrMeta+Home');
  await press('Shift+ArrowRight');
  await press('ControlOrMeta+k');
  await page().getByRole('combobox', { name: 'Commands and objects' }).fill('Copy cells as a Markdown table');
  await press('Enter');
  await hand(page()).uncovered();
  await expect
    .poll(() => shop.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^\| id \| shop \|\n\| ---: \| ---: \|\n\| \d+ \| 4 \|$/);
});

test('what columns have to do with one another stands beside them', async () => {
  await press('ControlOrMeta+j');
  await page().getByRole('tab', { name: 'Between columns' }).click();
  await page()
    .getByRole('table', { name: 'Correlation of columns' })
    .getByRole('button', { name: /^id and amount: / })
    .waitFor();
});

test('what is seen leaves as a file', async () => {
  await answerFileDialog(shop.app, [shop.scratch]);
  await page().getByRole('button', { name: 'Use this view' }).click();
  await page().getByRole('menuitem', { name: 'Export as CSV…' }).click();
  await page().getByText('visits.csv').waitFor();
  const lines = (await readFile(join(shop.scratch, 'visits.csv'), 'utf8')).split('\n');
  expect(lines[0]).toBe('id,shop,amount,day,visitor,detail');
  expect(lines[1]).toMatch(/^\d+,4,500\.\d\d,/);
});

test('what is seen is told to everybody, in both themes', async () => {
  await shop.screenshot('explore');
  const { violations } = await new AxeBuilder({ page: page() }).setLegacyMode().analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

test('a view becomes the steps of a pipeline that gives the same rows', async () => {
  await page().getByRole('button', { name: 'Use this view' }).click();
  await page().getByRole('menuitem', { name: 'Make pipeline steps' }).click();
  const sorted = page().getByRole('group', { name: /^sorted,/ });
  const cell = page().getByRole('grid', { name: 'Rows of sorted' }).getByRole('gridcell', { name: '500.03' });
  // The canvas comes to rest when its steps are laid out: a click before that may meet another place.
  const seen = async () => {
    await sorted.click();
    return cell.first().isVisible();
  };
  await expect.poll(seen, { interval: 500 }).toBe(true);
});
