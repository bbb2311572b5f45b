import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { ident, join as list, sql } from '../../shared/sql.ts';
import { hand } from './hand.ts';
import { launchApp } from './launch-app.ts';
import { cutTexts, sizes, windowOf } from './looks.ts';

const columns = 1000;
const names = [
  '订单号',
  '🧾 amount',
  'a name that goes on and on, as long as names may ever be',
  'плательщик',
  '"quoted" name',
];
const nameOf = (at: number) => `${names[at % names.length]} ${at}`;

/** A thousand columns with Chinese, emoji and long names; cells of 50 kB, and columns of nothing but nulls. */
async function makeUgly(scratch: string): Promise<readonly string[]> {
  const dir = join(scratch, 'ugly');
  const workspace = await openWorkspace({ dir, create: true });
  const cells = Array.from({ length: columns }, (_, at) =>
    at % 100 === 7
      ? sql`repeat('很长的一段文字 🚀 and more ', 2000) as ${ident(nameOf(at))}`
      : at % 5 === 3 || at % 2 === 0
        ? sql`null::text as ${ident(nameOf(at))}`
        : at % 5 === 1
          ? sql`(n * ${at})::numeric / 7 as ${ident(nameOf(at))}`
          : sql`'值 ' || n || e'\n' || ${at}::text as ${ident(nameOf(at))}`,
  );
  await workspace.database.run(
    sql`create table ugly as select n as _row, ${list(cells)} from generate_series(1::bigint, 30) n`,
  );
  await workspace.database.run(
    sql`insert into assay.tables (name, origin, row_count) values ('ugly', 'query', 30)`,
  );
  await workspace.close();
  return [dir];
}

test('a thousand columns with long, foreign and empty cells are walked by keys', async () => {
  const shop = await launchApp(makeUgly);
  const { page } = shop;
  const { seen } = hand(page);
  await page.getByRole('treeitem', { name: /^ugly/ }).first().click();
  const grid = page.getByRole('grid', { name: 'Rows of ugly' });
  await grid.getByRole('gridcell', { name: 'null' }).first().click();
  for (const size of sizes) {
    await windowOf(shop, size);
    await shop.screenshot(`ugly-${size.width}`);
    expect(await cutTexts(page)).toEqual([]);
  }
  await page.keyboard.press('End');
  await expect.poll(() => seen(grid)).toEqual(['值 1↵999', 1, 1000]);
  await page.keyboard.press('ControlOrMeta+End');
  await expect.poll(() => seen(grid)).toEqual(['值 30↵999', 30, 1000]);
  await shop.screenshot('ugly-end');
  await page.keyboard.press('Home');
  for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Inspector' }).click();
  await shop.screenshot('ugly-cell');
  expect(await cutTexts(page)).toEqual([]);
});
