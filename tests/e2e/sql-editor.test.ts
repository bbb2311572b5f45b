import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hand } from './hand.ts';
import { keepFailures, openApp, type RunningApp } from './launch-app.ts';
import { openSample } from './open-sample.ts';

/** An analyst writes SQL on the filled sample, by keyboard. Each test goes on where the last one ended. */
let shop: RunningApp;
const page = () => shop.page;
const keys = () => page().keyboard;
const offered = () => page().locator('.suggest-widget .monaco-list-row .label-name');

beforeAll(async () => {
  shop = await openApp(openSample);
  await page().getByText('engine ready').waitFor();
  await keys().press('ControlOrMeta+n');
  await page()
    .getByRole('textbox', { name: /^SQL of/ })
    .waitFor({ state: 'attached' });
});
afterAll(() => shop?.close());
keepFailures(page);

/** Puts a text into the emptied editor. */
async function write(text: string) {
  await page()
    .getByRole('textbox', { name: /^SQL of/ })
    .focus();
  await keys().press('ControlOrMeta+a');
  await keys().insertText(text);
}

test('completion knows aliases, joins, and how functions are called', async () => {
  await write('select o. from orders o');
  for (let step = 0; step < ' from orders o'.length; step++) await keys().press('ArrowLeft');
  await keys().press('Control+Space');
  await offered().filter({ hasText: 'customer_id' }).first().waitFor();
  await keys().type('tot');
  await offered().filter({ hasText: 'total' }).first().waitFor();
  await shop.screenshot('sql-completion');
  await keys().press('Escape');
  await write('select * from orders o join ');
  await keys().type('cust');
  await keys().press('Control+Space');
  await offered().filter({ hasText: 'customers c on' }).first().waitFor();
  await keys().press('Enter');
  await expect
    .poll(() => page().locator('.view-lines').first().textContent())
    .toMatch(/join.customers.c.on.*customer_id/);
  await write("select date_trunc('month'");
  await keys().type(', ');
  await page().locator('.parameter-hints-widget').getByText('date_trunc(text, ').first().waitFor();
  await keys().press('Escape');
});

/** Statements as they are typed, the cursor at `|`, and what is offered there. */
const tricky = [
  ['select c.na| from orders o join customers as c on true', 'name'],
  [
    'select * from customers c where exists (select from orders o where o.customer_id = c.cust|)',
    'customer_id',
  ],
  [
    'with big as (select customer_id, sum(total) as worth from orders group by 1) select b.| from big b',
    'worth',
  ],
  ['with recursive t as (select 1 as level union all select t.| from t) select * from t', 'level'],
  ['select s.| from (select total * 2 as doubled from orders) s', 'doubled'],
  ["select v.| from (values (1, 'x')) v(first_one, b)", 'first_one'],
  ['select * from customers c, lateral (select o.stat| from orders o) x', 'status'],
  ['update orders set coup| where order_id = 1', 'coupon_code'],
  ['select 1; select paym| from orders; select 2', 'payment_method'],
  ['select * from orders order by order_i|', 'order_id'],
] as const;

test('completion knows ten places that are not easy', async () => {
  for (const [marked, offer] of tricky) {
    const [before = '', behind = ''] = marked.split('|');
    await write(before + behind);
    for (let step = 0; step < behind.length; step++) await keys().press('ArrowLeft');
    await keys().press('Control+Space');
    await expect.poll(() => offered().allTextContents(), { message: marked }).toContain(offer);
    await keys().press('Escape');
  }
});

test('what is wrong is underlined while one types, with PostgreSQL’s hint', async () => {
  await write('select order_idd from orders');
  await keys().press('Escape');
  const underlined = page().locator('.squiggly-error').first();
  const wide = 'order_idd'.length * 7;
  await expect
    .poll(async () => Math.round(((await underlined.boundingBox()) ?? { width: 0 }).width))
    .toBeGreaterThan(wide - 4);
  await keys().press('Escape');
  await underlined.hover({ force: true });
  await page()
    .locator('.monaco-hover')
    .getByText('Perhaps you meant to reference the column')
    .first()
    .waitFor();
  await shop.screenshot('sql-fault');
});

test('parameters are asked for with their types, and results are pinned and compared', async () => {
  await write('select status, count(*) as orders from orders where order_id % 10 < :below group by status');
  await keys().press('Escape');
  await keys().press('ControlOrMeta+Enter');
  const value = page().getByRole('textbox', { name: 'below · integer' });
  await value.fill('5');
  await shop.screenshot('sql-parameters');
  await keys().press('Enter');
  await page().getByRole('grid', { name: 'Result 1' }).waitFor();
  await page().getByRole('button', { name: 'Pin', exact: true }).click();
  await page()
    .getByRole('tab', { name: /^Pin 1/ })
    .waitFor();
  await page()
    .getByRole('textbox', { name: /^SQL of/ })
    .focus();
  await keys().press('ControlOrMeta+Enter');
  await expect.poll(() => value.inputValue()).toBe('5');
  await value.fill('9');
  await keys().press('Enter');
  await page()
    .getByRole('tab', { name: /^Result/ })
    .waitFor();
  await page().getByRole('button', { name: 'Compare' }).click();
  await page()
    .getByRole('menuitem', { name: /With Pin 1/ })
    .click();
  await page().getByRole('table', { name: 'Differences' }).getByText('~ changed').first().waitFor();
  await shop.screenshot('sql-compare');
});

test('a run that fails takes nothing away that is pinned', async () => {
  await write('select nope');
  await keys().press('Escape');
  await keys().press('ControlOrMeta+Enter');
  await page().getByRole('tab', { name: 'Problem', selected: true }).waitFor();
  await page().getByText('At line 1, character 8.').waitFor();
  await page()
    .getByRole('tab', { name: /^Pin 1/ })
    .click();
  await page().getByRole('grid', { name: 'Pin 1' }).waitFor();
});

test('the part under the cursor is previewed, and the plan is a tree', async () => {
  await write(
    'with big as (select customer_id, sum(total) as worth from orders group by 1) select * from big where worth > 500',
  );
  await keys().press('Escape');
  await keys().press('ControlOrMeta+e');
  const plan = page().getByRole('treegrid', { name: 'Plan' });
  await plan.getByText('Seq Scan').first().waitFor();
  await plan.getByText('orders').first().click();
  await plan.getByText('Output').first().waitFor();
  await shop.screenshot('sql-plan');
  await keys().press('ControlOrMeta+Alt+p');
  await page()
    .getByRole('textbox', { name: /^SQL of/ })
    .focus();
  await keys().press('Home');
  for (let step = 0; step < 25; step++) await keys().press('ArrowRight');
  await page().getByRole('grid', { name: 'Preview of big' }).waitFor();
  await shop.screenshot('sql-preview');
});

test('a query only reads until it may write, and the last write is undone', async () => {
  await write("update products set name = 'x'");
  await keys().press('Escape');
  await keys().press('ControlOrMeta+Enter');
  await page().getByText('Queries only read until writing is switched on.').waitFor();
  await page().getByRole('button', { name: 'Allow writing' }).click();
  await page().getByRole('cell', { name: 'UPDATE', exact: true }).waitFor();
  await page().getByRole('button', { name: 'Undo the last write' }).waitFor();
  await shop.screenshot('sql-written');
  await keys().press('ControlOrMeta+Alt+z');
  await page()
    .getByRole('dialog')
    .getByText(/rows of products become what they were/)
    .waitFor();
  await page().getByRole('button', { name: 'Undo', exact: true }).click();
  await page().getByText('The last write is undone').first().waitFor();
  await hand(page()).uncovered();
  await write("select count(*) as renamed from products where name = 'x'");
  await keys().press('Escape');
  await keys().press('ControlOrMeta+Enter');
  await page()
    .getByRole('grid', { name: 'Result 1' })
    .getByRole('gridcell', { name: '0', exact: true })
    .waitFor();
  await keys().press('ControlOrMeta+Alt+h');
  await page().getByRole('textbox', { name: 'Search the history' }).fill('update products');
  await page()
    .getByRole('button', { name: /update products/ })
    .waitFor();
  await shop.screenshot('sql-history');
});

test('a result becomes a chart, changed by dragging and by keyboard, and saved as a file', async () => {
  await write('select ordered_at, total, status from orders');
  await keys().press('Escape');
  await keys().press('ControlOrMeta+Enter');
  await page()
    .getByRole('tab', { name: /^Result/ })
    .waitFor();
  await page().getByRole('button', { name: 'Use result as' }).first().click();
  await shop.screenshot('sql-use-result');
  await page().getByRole('menuitem', { name: 'Chart' }).click();
  const drawn = page().getByRole('img', { name: /^line chart of/ });
  await drawn.locator('svg').waitFor();
  await shop.screenshot('chart-line');
  await page()
    .getByTitle('status · text: drag it to a channel')
    .dragTo(page().getByRole('combobox', { name: 'Colour' }));
  await page()
    .getByRole('img', { name: /color status/ })
    .locator('svg')
    .waitFor();
  await shop.screenshot('chart-colour');
  await hand(page()).choose(page().getByLabel('Kind of chart'), 'Bars');
  await page()
    .getByRole('img', { name: /^bar chart of/ })
    .locator('svg')
    .waitFor();
  await shop.screenshot('chart-bars');
  await keys().press('ControlOrMeta+s');
  await page().getByRole('textbox', { name: 'Name' }).fill('sales');
  await keys().press('Enter');
  await page().getByRole('treeitem', { name: 'sales' }).waitFor();
  expect(await readFile(join(shop.scratch, 'shop', 'charts', 'sales.yaml'), 'utf8')).toMatch(
    /^version: 1\nname: sales\n/,
  );
});

test('nothing keeps people out', async () => {
  for (const scheme of ['light', 'dark'] as const) {
    await shop.theme(scheme);
    const { violations } = await new AxeBuilder({ page: page() }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
});
