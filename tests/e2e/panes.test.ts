import { afterAll, beforeAll, expect, test } from 'vitest';
import { hand } from './hand.ts';
import { keepFailures, openApp, type RunningApp } from './launch-app.ts';
import { openSample } from './open-sample.ts';

/** The window by keys alone: from the palette into the rows, and through its parts. */
let shop: RunningApp;
const page = () => shop.page;
const press = (keys: string) => page().keyboard.press(keys);
const rowsOf = (table: string) => page().getByRole('grid', { name: `Rows of ${table}` });

beforeAll(async () => {
  shop = await openApp(openSample);
  await page().getByText('engine ready').waitFor();
}, 120_000);
afterAll(() => shop?.close());
keepFailures(page);

async function openByPalette(name: string): Promise<void> {
  await press('ControlOrMeta+k');
  await page().getByRole('combobox', { name: 'Commands and objects' }).fill(name);
  await press('Enter');
  await hand(page()).uncovered();
}

/** Which part of the window has the focus, and what in it. */
const focused = () =>
  page().evaluate(() => {
    const at = document.activeElement;
    const pane = at?.closest('[data-pane]');
    return [pane?.getAttribute('aria-label') ?? pane?.getAttribute('role') ?? pane?.tagName, at?.role];
  });

test('a table opened from the palette has the keys', async () => {
  await openByPalette('orders');
  await expect.poll(focused).toEqual(['tabpanel', 'grid']);
  await press('ArrowDown');
  await press('ArrowDown');
  await expect.poll(async () => (await hand(page()).seen(rowsOf('orders')))[1]).toBe(3);
});

test('a table that is open already goes on where it was', async () => {
  await openByPalette('customers');
  await expect.poll(() => rowsOf('customers').evaluate((grid) => grid === document.activeElement)).toBe(true);
  await openByPalette('orders');
  await expect.poll(() => rowsOf('orders').evaluate((grid) => grid === document.activeElement)).toBe(true);
  await press('ArrowDown');
  await expect.poll(async () => (await hand(page()).seen(rowsOf('orders')))[1]).toBe(4);
});

test('a key goes through the parts of the window, another straight to the rows', async () => {
  const road = [];
  for (let step = 0; step < 5; step++) {
    await press('F6');
    road.push((await focused())[0]);
  }
  expect(road).toEqual(['FOOTER', 'Rooms', 'Explorer', 'Open tabs', 'tabpanel']);
  await press('Shift+F6');
  expect((await focused())[0]).toBe('Open tabs');
  await press('Shift+F6');
  expect(await focused()).toEqual(['Explorer', 'treeitem']);
  await press('ControlOrMeta+Alt+g');
  expect(await focused()).toEqual(['tabpanel', 'grid']);
});

test('a view is opened like a table, and only read', async () => {
  await page().getByRole('button', { name: 'New', exact: true }).click();
  await page().getByRole('menuitem', { name: 'New query' }).click();
  await hand(page()).writeSql(
    'create view shipped as select * from orders where status = $$shipped$$; create materialized view stati as select status, count(*) from orders group by 1;',
  );
  await press('ControlOrMeta+Alt+w');
  await press('ControlOrMeta+Shift+Enter');
  await page()
    .getByRole('treeitem', { name: /^shipped.*view/ })
    .waitFor();
  await openByPalette('shipped');
  await expect.poll(focused).toEqual(['tabpanel', 'grid']);
  await rowsOf('shipped').getByRole('gridcell', { name: 'shipped' }).first().waitFor();
  await press('ArrowDown');
  await press('ArrowDown');
  await expect.poll(async () => (await hand(page()).seen(rowsOf('shipped')))[1]).toBe(3);
  await page().getByText('view · only read').waitFor();
});

test('the list of shortcuts tells them', async () => {
  await press('?');
  const sheet = page().getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('Go to next part of the window').waitFor();
  await sheet.getByText('Go to the rows').waitFor();
  await press('Escape');
});
