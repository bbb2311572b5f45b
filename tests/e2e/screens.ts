import { join } from 'node:path';
import type { Page } from 'playwright';
import { answerFileDialog } from './hand.ts';
import type { RunningApp } from './launch-app.ts';

const opensTree = (page: Page, name: RegExp) => page.getByRole('treeitem', { name }).first().click();

/** How a person comes to each screen of the filled sample, in this order, and what is there when it has come. */
export const screens: Readonly<Record<string, (shop: RunningApp) => Promise<void>>> = {
  start: async ({ page }) => {
    await page.keyboard.press('ControlOrMeta+0');
    await page.getByRole('region', { name: 'The road' }).waitFor();
  },
  tables: async ({ page }) => {
    await page.keyboard.press('ControlOrMeta+1');
    await page.getByRole('cell', { name: 'data/orders.csv' }).waitFor();
  },
  table: async ({ page }) => {
    await opensTree(page, /^customers .*1,201/);
    await page.getByRole('gridcell', { name: 'Sophie Großmann' }).click();
    await page.getByRole('button', { name: '1 rejected' }).click();
    await page.getByRole('cell', { name: 'It has 12 cells where 11 are expected.' }).waitFor();
  },
  'import preview': async ({ app, page, scratch }) => {
    await answerFileDialog(app, [join(scratch, 'shop', 'data', 'customers.csv')]);
    await page.keyboard.press('ControlOrMeta+i');
    await page.getByRole('cell', { name: 'Sophie Großmann' }).waitFor();
    await page.getByText('1,203 records = 1,201 rows').waitFor();
  },
  query: async ({ page }) => {
    await opensTree(page, /^top-customers/);
    await page.getByRole('textbox', { name: 'SQL of top-customers' }).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('grid', { name: 'Result 1' }).waitFor();
  },
  pipelines: async ({ page }) => {
    await page.keyboard.press('ControlOrMeta+2');
    await page.getByRole('button', { name: 'order-revenue' }).waitFor();
  },
  'pipeline canvas': async ({ page }) => {
    await opensTree(page, /^order-revenue/);
    await page.getByRole('group', { name: /^sold,/ }).click();
    await page.getByRole('textbox', { name: 'Condition' }).waitFor();
    await page.getByRole('grid', { name: 'Rows of sold' }).waitFor();
  },
  checks: async ({ page }) => {
    await page.keyboard.press('ControlOrMeta+3');
    await page.getByRole('table', { name: 'Checks by table and class' }).waitFor();
    await page.getByText('39 rules on 6 tables').waitFor();
  },
  finding: async ({ page }) => {
    await page
      .getByRole('row', { name: /^customers / })
      .getByRole('button', { name: 'customers' })
      .click();
    await page.getByRole('grid', { name: 'Failing rows' }).getByRole('gridcell').first().waitFor();
  },
  'new rule': async ({ page }) => {
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByRole('dialog', { name: 'New rule on customers' }).waitFor();
  },
  search: async ({ page }) => {
    await page.keyboard.press('ControlOrMeta+4');
    await page.getByRole('button', { name: 'tickets', exact: true }).waitFor();
  },
  'search results': async ({ page }) => {
    await page.getByRole('button', { name: 'tickets', exact: true }).click();
    await page.getByRole('textbox', { name: /^Search/ }).fill('charged twice');
    await page.getByRole('region', { name: 'Results' }).getByRole('listitem').first().waitFor();
  },
  'promote plan': async ({ page }) => {
    await page.keyboard.press('ControlOrMeta+5');
    await page.getByRole('button', { name: 'Plan', exact: true }).click();
    await page.getByRole('region', { name: 'Plan' }).waitFor();
  },
  receipt: async ({ page }) => {
    await page.getByRole('checkbox', { name: /^Promote although/ }).check();
    await page.getByRole('button', { name: /^Apply/ }).click();
    await page.getByRole('heading', { name: 'verified' }).waitFor({ timeout: 90_000 });
    await page.getByText('checksums equal').first().click();
  },
  settings: async ({ page }) => {
    await page.keyboard.press('ControlOrMeta+,');
    await page.getByRole('tab', { name: 'Settings', selected: true }).waitFor();
  },
  palette: async ({ page }) => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: 'Commands and objects' }).fill('cust');
    await page.getByRole('option').first().waitFor();
  },
  shortcuts: async ({ page }) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  },
};
