import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { scratchFolder } from '../open-test-engine.ts';
import { makeModelFolder } from '../search/model-folder.ts';
import { makeTickets, type Ticket, tickets } from '../search/open-search.ts';
import { launchApp } from './launch-app.ts';

const products = ['lamp', 'kettle', 'camera', 'headphones', 'backpack', 'desk', 'router', 'watch'];
const troubles = [
  'arrived broken and I want a refund',
  'was never delivered although the courier says so',
  'does not switch on any more after the last update',
  'is lovely, my whole family uses it every day',
  'was charged to my card twice this month',
  'came in the wrong colour, can I exchange it?',
];

/** 300 tickets, each with words of its own. */
const many: Ticket[] = Array.from({ length: 300 }, (_, at) => ({
  subject: `Ticket ${at + 1} about a ${products[at % products.length]}`,
  body: `The ${products[at % products.length]} ${troubles[at % troubles.length]}. Order ${1000 + at}.`,
  priority: at % 17 === 0 ? null : (['low', 'medium', 'high'][at % 3] as string),
  amount: (at * 37) % 900,
  open: at % 2 === 0,
}));

test('text is embedded, asked by meaning, filtered, and opened at its row', async () => {
  const dir = join(await scratchFolder(), 'shop');
  const workspace = await openWorkspace({ dir, create: true });
  await makeTickets(workspace.database, [...many, ...tickets]);
  await workspace.close();
  await makeModelFolder(join(dir, 'models', 'second'));
  const { page, screenshot } = await launchApp(() => [dir]);
  await page
    .getByRole('treeitem', { name: /tickets/ })
    .first()
    .waitFor();
  await page.keyboard.press('Control+4');
  await page.getByRole('button', { name: 'New collection…' }).first().waitFor();
  await screenshot('search-empty');
  await page.getByRole('button', { name: 'New collection…' }).first().click();
  await page.getByRole('combobox', { name: 'Table' }).click();
  await page.getByRole('option', { name: 'tickets' }).click();
  await page.getByRole('button', { name: 'Remove body' }).waitFor();
  await page.getByRole('combobox', { name: 'Add to Text' }).click();
  await page.getByRole('option', { name: /subject/ }).click();
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: /^second 1/ }).click();
  await screenshot('search-new');
  await page.getByRole('button', { name: 'Embed', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Search tickets' });
  await field.waitFor();
  await field.fill('my money back, the thing is damaged');
  await page.getByRole('list').getByRole('listitem').first().waitFor();
  await page.getByText(/The first 50 of 306 documents/).waitFor();
  await page.getByText('second 1, 384 dimensions').waitFor();
  await screenshot('search-results');
  await mapOf(page, screenshot);

  await page.getByRole('combobox', { name: 'Add filter' }).click();
  await page.getByRole('option', { name: 'priority: high' }).click();
  await page.getByRole('button', { name: 'Remove the filter priority is high' }).waitFor();
  await page.getByText('exact under this filter').waitFor();
  await page.getByRole('combobox', { name: 'Add filter' }).click();
  await page.getByRole('option', { name: 'amount: from … to …' }).click();
  await page.getByRole('textbox', { name: 'From' }).fill('100');
  await page.getByRole('textbox', { name: 'To' }).fill('some');
  await page.keyboard.press('Enter');
  await page.getByText('“some” is not a number.').waitFor();
  await page.getByRole('textbox', { name: 'To' }).fill('400.5');
  await screenshot('search-range');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove the filter amount is 100 to 400.5' }).click();
  await page.getByRole('radio', { name: 'Both' }).click();
  await field.fill('refund');
  await page
    .locator('mark', { hasText: /^refund$/i })
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Fine-tune' }).click();
  await page.getByRole('textbox', { name: 'Weight of words' }).waitFor();
  await page.getByRole('button', { name: 'More like this' }).first().hover();
  await screenshot('search-filtered');

  await field.fill('the courier lost the package');
  await page.getByRole('radio', { name: 'Meaning' }).click();
  await page.getByRole('img', { name: 'How similarity is spread' }).waitFor();
  await page.getByRole('button', { name: 'Less like this' }).nth(1).click();
  await page.getByRole('button', { name: /Remove the example unlike/ }).waitFor();
  await screenshot('search-tuned');
  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByRole('menuitem', { name: 'Save this search…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('lost parcels');
  await page.keyboard.press('Enter');
  await page.getByText('searches/lost parcels.yaml').waitFor();
  await field.fill('something else');
  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByRole('menuitem', { name: 'lost parcels', exact: true }).click();
  await expect.poll(() => field.inputValue()).toBe('the courier lost the package');
  await page.getByRole('button', { name: 'Relevant', exact: true }).first().click();
  await page.getByRole('button', { name: 'Relevant', exact: true, pressed: true }).waitFor();
  await page.getByRole('button', { name: 'Trust…' }).click();
  await page.getByRole('button', { name: 'Measure recall' }).click();
  await page.getByText(/Under the filters/).waitFor();
  await page.getByRole('button', { name: 'Evaluate the modes' }).click();
  await page.getByText(/over 1 question/).waitFor();
  await page.getByRole('button', { name: 'Compare indexes' }).click();
  await page.getByText(/Advised/).waitFor();
  await screenshot('search-trust');
  await page.keyboard.press('Escape');
  const row = page.getByRole('button', { name: 'Row 301' });
  await row.waitFor();
  await row.click();
  await page.getByRole('gridcell', { name: 'My parcel never arrived' }).waitFor();
  await screenshot('search-row');
  expect(await page.getByRole('tab', { name: /tickets/ }).count()).toBeGreaterThan(1);
});

/** Lays out the collection, draws around documents, labels them, and goes into a topic by keyboard. */
async function mapOf(page: Page, screenshot: (name: string) => Promise<void>) {
  await page.getByRole('button', { name: 'Make the map' }).click();
  const map = page.getByRole('region', { name: 'Map of 306 documents' });
  await map.waitFor();
  const { x, y, width, height } = (await map.boundingBox()) as NonNullable<
    Awaited<ReturnType<typeof map.boundingBox>>
  >;
  await screenshot('search-map');
  await page.keyboard.down('Shift');
  await page.mouse.move(x + 24, y + 8);
  await page.mouse.down();
  for (const [across, down] of [
    [0.99, 0.02],
    [0.99, 0.99],
    [0.05, 0.99],
  ] as const)
    await page.mouse.move(x + width * across, y + height * down, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.getByRole('button', { name: 'Search outside of it too: in the drawn region' }).waitFor();
  await page.getByRole('button', { name: 'Label these…' }).click();
  await page.getByRole('textbox', { name: 'Column' }).fill('mood');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Label' }).fill('seen');
  await page.keyboard.press('Enter');
  await page.getByText('306 rows written').waitFor();
  await page.getByRole('button', { name: 'Check these…' }).click();
  await page.getByRole('textbox', { name: 'Has to hold there' }).fill('amount >= 0');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByText('Holds 306 rows to: amount >= 0').waitFor();
  await page.keyboard.press('Control+w');
  await map.focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('+');
  await page.getByRole('button', { name: 'Topics' }).click();
  await page.getByRole('button', { name: 'Search in it' }).first().press('Enter');
  const chip = page.getByRole('button', { name: /Search outside of it too/ });
  await chip.waitFor();
  await screenshot('search-topic');
  await chip.click();
  await page.getByText(/The first 50 of 306 documents/).waitFor();
  await labelTheRest(page, screenshot);
  await page.getByRole('button', { name: 'Map', exact: true }).click();
}

/** Gives the rows without a priority one, by those that have it. */
async function labelTheRest(page: Page, screenshot: (name: string) => Promise<void>) {
  await page.getByRole('button', { name: 'More of the map' }).click();
  await page.getByRole('menuitem', { name: 'Label the rest by examples…' }).click();
  await page.getByRole('combobox', { name: 'Labels are in' }).click();
  await page.getByRole('option', { name: 'priority' }).click();
  await page.getByText(/of 288 examples get their own label from the others/).waitFor();
  await screenshot('search-labels');
  await page.getByRole('button', { name: 'Write 18 labels' }).click();
  await page.getByText('306 rows written').last().waitFor();
  await page.getByRole('button', { name: 'More of the map' }).click();
  await page.getByRole('menuitem', { name: 'What is unlike all others…' }).click();
  await page.getByRole('list', { name: 'Outliers' }).getByRole('listitem').first().waitFor();
  await screenshot('search-outliers');
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();
}
