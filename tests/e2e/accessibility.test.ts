import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hand } from './hand.ts';
import { keepFailures, openApp, type RunningApp } from './launch-app.ts';
import { cutTexts, sizes, windowOf } from './looks.ts';
import { openSample } from './open-sample.ts';
import { screens } from './screens.ts';

/** Every screen of the filled sample under axe in both themes, and everything by keyboard. */
let shop: RunningApp;
const page = () => shop.page;

beforeAll(async () => {
  shop = await openApp(openSample);
  await page().getByText('engine ready').waitFor();
});
afterAll(() => shop?.close());
beforeEach(async () => {
  await page().keyboard.press('Escape');
  await hand(page()).uncovered();
});
keepFailures(page);

/** Faults that keep people out, each with the elements that have it; what the dark theme changes is colours. */
async function faults(screen: string): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await shop.theme(theme);
    const axe = new AxeBuilder({ page: page() }).setLegacyMode();
    const { violations } = await (theme === 'light' ? axe : axe.withRules('color-contrast')).analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      found.push(
        `${screen}, ${theme}: ${id} ${nodes.map(({ target, html }) => `${target} ${html.slice(0, 160)}`).join('\n')}`,
      );
    }
  }
  return found;
}

test.each(Object.entries(screens))(
  'the screen “%s” keeps nobody out and cuts nothing off',
  async (screen, visit) => {
    await visit(shop);
    expect(await faults(screen)).toEqual([]);
    for (const size of sizes) {
      await windowOf(shop, size);
      await shop.screenshot(`${screen.replaceAll(' ', '-')}-${size.width}`);
      expect(await cutTexts(page())).toEqual([]);
    }
  },
);

const press = (keys: string) => page().keyboard.press(keys);
const focused = () => page().locator(':focus');

test('the tree walks by arrows, opens by Enter, finds by letters', async () => {
  await page()
    .getByRole('treeitem', { name: /^Tables/ })
    .click();
  await press('ArrowRight');
  await press('ArrowDown');
  await expect.poll(() => focused().textContent()).toContain('cancelled_orders');
  await page().keyboard.type('prod');
  await expect.poll(() => focused().textContent()).toContain('product_events');
  await press('Enter');
  await page().getByRole('grid', { name: 'Rows of product_events' }).waitFor();
});

test('the palette finds a table and an action, and runs them', async () => {
  const field = page().getByRole('combobox', { name: 'Commands and objects' });
  await press('ControlOrMeta+k');
  await field.fill('order_items');
  await press('Enter');
  await page().getByRole('grid', { name: 'Rows of order_items' }).waitFor();
  await press('ControlOrMeta+k');
  await field.fill('hide side bar');
  await press('Enter');
  await page().getByRole('tree').waitFor({ state: 'hidden' });
  await press('ControlOrMeta+b');
  await page().getByRole('tree').waitFor();
});

test('focus is seen wherever Tab leads', async () => {
  await press('ControlOrMeta+0');
  await page().getByRole('button', { name: 'Tables', exact: true }).focus();
  const unseen: string[] = [];
  for (let step = 0; step < 40; step++) {
    await press('Tab');
    const { name, seen } = await focused().evaluate(async (element) => {
      await Promise.all(element.getAnimations({ subtree: true }).map(({ finished }) => finished));
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const marked = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      const line = element.role === 'separator' && getComputedStyle(element, '::after').backgroundColor;
      const seen = marked || boxShadow !== 'none' || (line && line !== 'rgba(0, 0, 0, 0)');
      return { name: element.outerHTML.slice(0, 120), seen };
    });
    if (!seen) unseen.push(name);
  }
  expect(unseen).toEqual([]);
});

test('a file is saved by keyboard where it was read', async () => {
  const { writeSql } = hand(page());
  await page()
    .getByRole('treeitem', { name: /^funnel/ })
    .click();
  await page().getByRole('textbox', { name: 'SQL of funnel' }).waitFor();
  await writeSql('select 1 as one');
  await press('ControlOrMeta+s');
  await expect
    .poll(() => readFile(join(shop.scratch, 'shop', 'queries', 'funnel.sql'), 'utf8'))
    .toContain('select 1 as one');
});
