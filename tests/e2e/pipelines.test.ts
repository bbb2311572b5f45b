import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PipelineFiles } from '../../electron/engine/pipelines/file/pipeline-files.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { sql } from '../../shared/sql.ts';
import { scratchFolder } from '../open-test-engine.ts';
import { pipelineOf } from '../pipelines/open-shop.ts';
import { answerFileDialog, hand } from './hand.ts';
import { launchApp } from './launch-app.ts';
import { cutTexts, sizes, windowOf } from './looks.ts';
import { openSample } from './open-sample.ts';

/** A workspace with 20,000 orders, 500 customers and a pipeline that makes totals by city of them. */
async function makeShop(dir: string): Promise<void> {
  const workspace = await openWorkspace({ dir, create: true });
  const { database } = workspace;
  await database.run(sql`create table customers as
    select n as _row, n::integer as id, 'customer ' || n as name, (array['Basel', 'Bern', 'Chur', null])[n % 4 + 1] as city
    from generate_series(1::bigint, 500) n`);
  await database.run(sql`create table orders as
    select n as _row, n::integer as id, (n % 510 + 1)::integer as customer_id,
      case when n % 251 = 0 then null else (n * 37 % 9000) / 100.0 end::numeric(10,2) as amount,
      (array['paid', 'sent', 'open'])[n % 3 + 1] as status, date '2026-01-01' + (n % 300)::integer as ordered_on
    from generate_series(1::bigint, 20000) n`);
  await database.run(sql`insert into assay.tables (name, origin, row_count) values
    ('orders', 'query', 20000), ('customers', 'query', 500)`);
  const pipeline = pipelineOf(
    [
      { id: 'orders', kind: 'source', params: { table: 'orders' } },
      { id: 'customers', kind: 'source', params: { table: 'customers' } },
      {
        id: 'paid',
        kind: 'filter',
        inputs: ['orders'],
        params: { condition: "status = 'paid' and amount > 0" },
      },
      {
        id: 'with_city',
        kind: 'join',
        title: 'Add the city',
        inputs: ['paid', 'customers'],
        params: { how: 'left', on: [{ left: 'customer_id', right: 'id' }] },
      },
      {
        id: 'by_city',
        kind: 'aggregate',
        inputs: ['with_city'],
        params: {
          by: ['city'],
          values: [
            { function: 'count', column: '', name: 'orders' },
            { function: 'sum', column: 'amount', name: 'total' },
          ],
        },
      },
      { id: 'out', kind: 'output', inputs: ['by_city'], params: { table: 'city_totals' } },
      { id: 'unpaid', kind: 'output', inputs: ['paid.rejects'], params: { table: 'unpaid_orders' } },
    ],
    'city totals',
  );
  await new PipelineFiles(workspace.path('pipelines')).save(pipeline);
  await workspace.close();
}

test('a pipeline is read, run, looked into, broken, mended and extended by mouse and keys', async () => {
  const dir = join(await scratchFolder(), 'shop');
  await makeShop(dir);
  const { page, screenshot } = await launchApp(() => [dir]);
  page.on('console', (message) => message.type() === 'error' && console.log('console:', message.text()));
  page.on('pageerror', (error) => console.log('pageerror:', error.message));
  await page.getByRole('treeitem', { name: /city totals/ }).dblclick();
  const box = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
  await box('out').waitFor();

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => box('out').textContent(), { timeout: 30_000 }).toContain('4 rows');
  const chosen = page.locator('.react-flow__node.selected');
  await box('with_city').click();
  await page.keyboard.press('Control+Shift+Enter');
  await page
    .getByRole('treeitem', { name: /city totals/ })
    .getByText('just now')
    .waitFor();
  await box('paid').click({ modifiers: ['Shift'] });
  await expect.poll(() => chosen.count()).toBe(2);
  await box('with_city').click({ modifiers: ['Control'] });
  await expect.poll(() => chosen.count()).toBe(1);
  await box('paid').click();
  const grid = page.getByRole('grid', { name: 'Rows of paid' });
  await grid.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  await screenshot('pipelines-step');
  await page.getByRole('radio', { name: 'Rows that do not fit' }).click();
  await page.getByText('first 500 rows').waitFor();
  await page.getByRole('radio', { name: 'All rows' }).click();
  await page.getByText(/^all [\d,]+ rows$/).waitFor();
  await grid.getByRole('gridcell').first().waitFor();
  await page.getByRole('tab', { name: 'SQL' }).click();
  await page.getByRole('radio', { name: 'From the tables on' }).click();
  await page.locator('.view-line', { hasText: /^with\b/ }).waitFor();
  await screenshot('pipelines-sql');
  await page.getByRole('tab', { name: 'Columns' }).click();
  await page.getByText('of a sample: the first 500 rows').waitFor();
  await page.getByRole('radio', { name: 'All rows' }).click();
  await page.getByText(/^of all [\d,]+ rows$/).waitFor();
  await screenshot('pipelines-columns');

  await page.getByRole('textbox', { name: 'Condition' }).fill("state = 'paid'");
  await expect.poll(() => box('paid').textContent()).toContain('There is no column "state" in "orders".');
  await page.getByRole('tab', { name: 'Preview' }).click();
  await screenshot('pipelines-broken');
  const file = join(dir, 'pipelines', 'city totals.yaml');
  const whole = await readFile(file, 'utf8');
  await page.getByRole('button', { name: 'Save and run', exact: true }).click();
  await page.getByText('city totals was neither saved nor run').first().waitFor();
  expect(await readFile(file, 'utf8')).toBe(whole);
  await page.locator('[aria-label="Dismiss"]').first().click();
  await writeFile(file, whole.replace('title: Add the city', 'title: Where from'));
  await page.getByText('was changed outside while you were editing it').waitFor();
  await page.getByRole('button', { name: 'Keep my changes' }).click();
  await expect.poll(() => box('with_city').textContent()).toContain('Add the city');
  await writeFile(file, whole.replace('title: Add the city', 'title: From where'));
  await page.getByRole('button', { name: 'Load the file' }).click();
  await expect.poll(() => box('with_city').textContent()).toContain('From where');
  await writeFile(file, 'version: 1\nname: [oops\n');
  await page.getByText('city totals.yaml is not valid YAML').first().waitFor();
  await writeFile(file, whole);
  await expect.poll(() => box('with_city').textContent()).toContain('Add the city');
  await box('paid').click();
  await page.getByRole('textbox', { name: 'Condition' }).fill("state = 'paid'");
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => box('paid').textContent()).not.toContain('There is no column');

  await box('with_city').click();
  await expect.poll(() => box('with_city').getAttribute('class')).toContain('selected');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => box('by_city').getAttribute('class')).toContain('selected');
  await box('with_city').click();
  await page.keyboard.press('a');
  await page.keyboard.type('filter');
  await page.keyboard.press('Enter');
  await box('filter').waitFor();
  await expect.poll(() => box('filter').evaluate((node) => node === document.activeElement)).toBe(true);
  await page.getByRole('textbox', { name: 'Condition' }).fill('city is not null');
  await expect.poll(() => box('filter').textContent()).toContain('city is not null');
  await screenshot('pipelines-added');
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(file, 'utf8')).toContain('condition: city is not null');

  await box('by_city').click();
  await page.getByRole('tab', { name: 'Lineage' }).click();
  await page.getByRole('combobox', { name: 'Column to follow' }).click();
  await page.getByRole('option', { name: 'total' }).click();
  const from = page.getByRole('region', { name: 'Comes from' });
  await from
    .getByRole('listitem')
    .filter({ hasText: /value\s*table\s*orders.amount/ })
    .waitFor();
  await from
    .getByRole('listitem')
    .filter({ hasText: /influence\s*table\s*orders.status/ })
    .waitFor();
  await screenshot('pipelines-lineage');
  await page.getByRole('tab', { name: 'Tests' }).click();
  await page.getByRole('button', { name: 'Make one of the current data' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('as of today');
  await page.keyboard.press('Enter');
  await page
    .getByRole('listitem')
    .filter({ hasText: /^pass\s*as of today/ })
    .waitFor();

  await expect.poll(() => box('filter').getAttribute('aria-label')).toContain('Never run');
  await page.getByRole('tab', { name: 'Last run' }).click();
  await page.getByRole('cell', { name: 'not needed for with_city' }).first().waitFor();
  await screenshot('pipelines-last-run');

  await box('with_city').click();
  await box('by_city').click({ modifiers: ['Control'] });
  await page.keyboard.press('Control+g');
  await page.getByRole('textbox', { name: 'Name' }).fill('By city');
  await page.getByRole('textbox', { name: 'Note' }).fill('Customers without a city count apart.');
  await page.getByRole('button', { name: 'By city', exact: true }).waitFor();
  await screenshot('pipelines-group');
  await page.getByRole('checkbox', { name: 'Folded' }).click();
  await box('group group_1').waitFor();
  expect(await box('with_city').count()).toBe(0);
  await screenshot('pipelines-folded');
});

test('the orders of the sample are cleaned by a pipeline made from nothing, by mouse and keys alone', async () => {
  const shop = await launchApp(openSample);
  const { app, page, screenshot, scratch } = shop;
  const { choose } = hand(page);
  const dir = join(scratch, 'shop');
  const file = join(dir, 'pipelines', 'clean orders.yaml');
  const box = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
  const boxes = () => page.locator('.react-flow__node').count();
  const edges = () => page.locator('.react-flow__edge').count();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const showAll = () => page.getByRole('button', { name: /fit view/i }).click();
  const run = () => page.getByRole('button', { name: 'Save and run', exact: true }).click();
  const addAfter = async (id: string, words: string) => {
    const before = await boxes();
    await box(id).click();
    await page.keyboard.press('a');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await expect.poll(boxes).toBe(before + 1);
  };

  await page.getByRole('treeitem', { name: /order-revenue/ }).waitFor();
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: 'New pipeline…' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('clean orders');
  await page.keyboard.press('Enter');
  await page.getByText('Start with a table to read').waitFor();
  await screenshot('pipelines-empty');
  await page.getByRole('button', { name: 'Read a table' }).click();
  await choose(page.getByRole('combobox', { name: 'Table' }), /^orders$/);
  await page.getByRole('grid', { name: 'Rows of source' }).waitFor();

  await addAfter('source', 'tidy');
  await choose(page.getByRole('combobox', { name: 'Add to Columns' }), /status/);
  await choose(page.getByRole('combobox', { name: 'Case' }), 'lower case');
  await box('tidy_text').hover();
  await page.getByRole('button', { name: 'Add a step after tidy_text' }).click();
  await page.getByRole('menuitem', { name: 'Filter', exact: true }).click();
  await field('Condition').click();
  await page.keyboard.type("ordered_at < '2026-01-01' and (shipped_at is null or shipp");
  await page.getByRole('option', { name: /shipped_at/ }).waitFor();
  await screenshot('pipelines-offers');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' >= ordered_at)');
  expect(await field('Condition').inputValue()).toMatch(/shipped_at >= ordered_at\)$/);
  await addAfter('filter', 'join');
  const pane = page.locator('.react-flow__pane');
  const area = await pane.boundingBox();
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: 'Table', exact: true })
    .dragTo(pane, { targetPosition: { x: (area?.width ?? 0) * 0.3, y: (area?.height ?? 0) * 0.75 } });
  await choose(page.getByRole('combobox', { name: 'Table' }), 'customers');
  await expect.poll(() => box('join').textContent()).toContain('Nothing is connected');
  const port = box('join').locator('.react-flow__handle.target').nth(1);
  await box('source_2').locator('.react-flow__handle.source').dragTo(port);
  await expect.poll(edges).toBe(4);
  await box('join').click();
  await choose(page.getByRole('combobox', { name: 'How' }), /Semi/);
  await page
    .getByRole('group', { name: 'On', exact: true })
    .getByRole('button', { name: 'Add', exact: true })
    .click();
  await choose(page.getByRole('combobox', { name: 'Left', exact: true }), /customer_id/);
  await choose(page.getByRole('combobox', { name: 'Right', exact: true }), /customer_id/);
  await addAfter('join', 'formula');
  await field('Name').fill('days_to_ship');
  await field('Expression').fill('shipped_at::date - ordered_at::date');
  await addAfter('derive', 'write table');
  await field('Table').fill('clean_orders');
  await showAll();
  await box('filter').hover();
  await page.getByRole('button', { name: 'Add a step after filter' }).click();
  await page.getByRole('menuitem', { name: 'Write rows that do not fit' }).click();
  await field('Table').fill('impossible_orders');

  await box('output_2').click();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await box('output_3').waitFor();
  await page.keyboard.press('Control+a');
  await box('output_3').click();
  const chosen = page.locator('.react-flow__node.selected');
  await expect.poll(() => chosen.count()).toBe(1);
  await page.keyboard.press('Delete');
  await expect.poll(boxes).toBe(8);
  await page.keyboard.press('Control+z');
  await expect.poll(boxes).toBe(9);
  await page.keyboard.press('Control+z');
  await expect.poll(boxes).toBe(8);
  await expect.poll(() => page.getByRole('button', { name: /run to here/i }).isDisabled()).toBe(true);
  await page.keyboard.press('Shift+A');
  await run();
  await page.getByRole('treeitem', { name: /^clean_orders .*9,092/ }).waitFor();
  await page.getByRole('treeitem', { name: /^impossible_orders .*5/ }).waitFor();
  expect(await readFile(file, 'utf8')).toContain('inputs: [ filter.rejects ]');
  await page.locator('[aria-label="Dismiss"]').first().click();
  for (const size of sizes) {
    await windowOf(shop, size);
    await showAll();
    await screenshot(`pipelines-clean-${size.width}`);
    expect(await cutTexts(page)).toEqual([]);
  }

  await box('derive').click();
  await field('Expression').fill('1 / (order_id - 100007)');
  await run();
  await page.getByRole('heading', { name: 'Rows of join on which derive fails' }).waitFor();
  await page.getByRole('cell', { name: '100007' }).waitFor();
  await page.locator('[aria-label="Dismiss"]').first().click();
  await screenshot('pipelines-failed');
  await field('Expression').fill('1 / (order_id - {{away}})');
  await pane.click({ position: { x: 10, y: 10 } });
  const parameters = page.getByRole('group', { name: 'Parameters' });
  await parameters.getByRole('button', { name: 'Add', exact: true }).click();
  await field('Name').fill('away');
  await choose(page.getByRole('combobox', { name: 'Type' }), 'Whole number');
  await field('Default').fill('-1');
  await field('Tries again').fill('2');
  await run();
  const asked = page.getByRole('dialog', { name: 'Run clean orders' });
  await asked.getByRole('textbox', { name: 'away' }).fill('x');
  await page.keyboard.press('Enter');
  await asked.getByText('A whole number.').first().waitFor();
  await screenshot('pipelines-parameters');
  await asked.getByRole('textbox', { name: 'away' }).fill('-2');
  await page.keyboard.press('Enter');
  await expect.poll(() => box('derive').textContent()).toContain('9,092 rows');
  expect(await readFile(file, 'utf8')).toContain('retries: 2');

  await addAfter('derive', 'export file');
  await field('File').fill('out/orders.csv');
  await run();
  await asked.getByRole('button', { name: 'Run' }).click();
  await expect
    .poll(() => readFile(join(dir, 'out', 'orders.csv'), 'utf8').catch(() => ''))
    .toContain('days_to_ship');
  await answerFileDialog(app, [dir]);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('write documentation without');
  await page.keyboard.press('Enter');
  await page.getByText('Documentation written').first().waitFor();
  expect(await readFile(join(dir, 'documentation.html'), 'utf8')).toContain('file out/orders.csv');
});
