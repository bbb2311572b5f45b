import { defineBench } from './harness.ts';
import { openWindow, type WindowOnTables } from './window-on-tables.ts';

const tables = ['visits_a', 'visits_b', 'visits_c', 'visits_d', 'visits_e', 'visits_f'] as const;

let window: WindowOnTables;
let turn = 0;

/** From the click on a table of a million rows that was never looked at, to a frame with a first profile of a column; then waits for all rows. */
async function firstFacts(): Promise<number> {
  const { page } = window;
  const table = tables[turn++ % tables.length];
  const item = page.getByRole('treeitem', { name: new RegExp(`^${table}`) });
  await item.scrollIntoViewIfNeeded();
  const heads = page.getByRole('grid', { name: `Rows of ${table}` }).locator('[role=columnheader]');
  const began = performance.now();
  await item.click();
  await heads.locator('[title*=" distinct"]').first().waitFor();
  const taken = performance.now() - began;
  await heads.locator('[title$=" distinct"]').nth(6).waitFor({ timeout: 180_000 });
  return taken;
}

export default defineBench({
  name: 'first-paint',
  unit: 'ms',
  optional: true,
  goal: 300,
  runs: 5,
  prepare: async () => {
    window = await openWindow(Object.fromEntries(tables.map((name) => [name, 1_000_000])));
    await window.page.getByText('engine ready').waitFor();
  },
  ours: firstFacts,
  cleanup: () => window.close(),
});
