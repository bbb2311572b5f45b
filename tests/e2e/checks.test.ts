import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveRules } from '../../electron/engine/checks/rule-files.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { ident, sql } from '../../shared/sql.ts';
import { rule } from '../checks/open-checks.ts';
import { scratchFolder } from '../open-test-engine.ts';
import { launchApp } from './launch-app.ts';

const spares = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7'];

/** A workspace with a shop in it: 20,000 orders of which some break rules, and customers that break none. */
async function makeShop(dir: string): Promise<void> {
  const workspace = await openWorkspace({ dir, create: true });
  const { database } = workspace;
  await database.run(sql`create table customers as
    select n as _row, n::integer as id, 'customer ' || n as name from generate_series(1::bigint, 500) n`);
  await database.run(sql`create table orders as
    select n as _row, n::integer as id, (n % 500 + case when n % 4000 = 0 then 900 else 1 end)::integer as customer_id,
      case when n % 251 = 0 then null else ((n * 37 % 9000) / 100.0 - case when n % 997 = 0 then 200 else 0 end)::numeric(10,2) end as amount,
      (array['paid', 'sent', 'returned', 'Paid'])[case when n % 1500 = 0 then 4 else n % 3 + 1 end] as status,
      date '2026-01-01' + (n % 300)::integer as ordered_on,
      date '2026-01-01' + (n % 300)::integer + case when n % 3333 = 0 then -2 else 3 end as shipped_on
    from generate_series(1::bigint, 20000) n`);
  await database.run(sql`insert into assay.tables (name, origin, row_count) values
    ('orders', 'query', 20000), ('customers', 'query', 500)`);
  // As many as make the matrix higher than what is left of the room.
  for (const name of spares) {
    await database.run(sql`create table ${ident(name)} as select 1::bigint as _row, 1 as id`);
    await database.run(sql`insert into assay.tables (name, origin, row_count) values (${name}, 'query', 1)`);
  }
  const checks = workspace.path('checks');
  await saveRules(checks, { table: 'orders' }, [
    rule('columns', 'columns', {
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'amount', type: 'numeric(10,2)' },
      ],
    }),
    rule('id_once', 'unique', { columns: ['id'] }),
    rule('amount_there', 'not_null', { column: 'amount' }, { warnAbove: 0, failAbove: 1 }),
    rule('amount_range', 'range', { column: 'amount', min: '0', max: '1000' }),
    rule('known_status', 'accepted_values', { column: 'status', values: ['paid', 'sent', 'returned'] }),
    rule('known_customer', 'foreign_key', {
      columns: ['customer_id'],
      table: 'customers',
      references: ['id'],
    }),
    rule(
      'shipped_later',
      'business_rule',
      { condition: 'shipped_on >= ordered_on' },
      { description: 'Nothing leaves before it was ordered.' },
    ),
    rule('old_column', 'not_null', { column: 'discount' }),
  ]);
  await mkdir(workspace.path('queries'), { recursive: true });
  await writeFile(
    workspace.path('queries', 'late.sql'),
    'select id, customer_id, shipped_on - ordered_on as days from orders where shipped_on < ordered_on;\n',
  );
  await saveRules(checks, { table: 'customers' }, [rule('id_once', 'unique', { columns: ['id'] })]);
  await workspace.close();
}

test('rules run from the matrix; a finding opens to its rows; a rule is written by form', async () => {
  const dir = join(await scratchFolder(), 'shop');
  await makeShop(dir);
  const { page, screenshot } = await launchApp(() => [dir]);
  await page
    .getByRole('treeitem', { name: /orders/ })
    .first()
    .waitFor();
  await page.keyboard.press('Control+3');
  await page.getByRole('button', { name: 'Run all' }).click();
  await page.getByText('9 rules on 2 tables · 5 fail · 1 error · 1 warn · 2 pass').waitFor();
  await screenshot('checks-matrix');

  await page.getByRole('button', { name: /amount is between 0 and 1000/ }).click();
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.getByRole('grid', { name: 'Failing rows' }).waitFor();
  await page.getByRole('gridcell').first().waitFor();
  await page.getByText('2 runs').waitFor();
  await screenshot('checks-finding');

  await page.getByRole('button', { name: 'New rule' }).click();
  await page.getByRole('combobox', { name: 'Column' }).click();
  await page.keyboard.type('customer_id');
  await page
    .getByRole('option', { name: /customer_id/ })
    .last()
    .click();
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('None of 20,000 rows breaks it.').waitFor();
  await screenshot('checks-rule');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('option', { name: /customer_id_not_null/ }).waitFor();
  const file = join(dir, 'checks', 'orders.yaml');
  const written = await readFile(file, 'utf8');
  expect(written).toContain('id: customer_id_not_null');

  await writeFile(file, written.replaceAll('customer_id_not_null', 'written_by_hand'));
  await page.getByRole('option', { name: /written_by_hand/ }).waitFor();

  await page.getByRole('button', { name: 'New rule' }).click();
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Number of rows', exact: true }).waitFor();
  await screenshot('checks-kinds');
  await page.keyboard.type('number of rows');
  await page.getByRole('option', { name: 'Number of rows', exact: true }).click();
  await page.getByRole('textbox', { name: 'At least' }).fill('30000');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('It is 20,000 rows, less than 30,000 rows.').waitFor();
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByText('no single row breaks the rule').waitFor();
  await screenshot('checks-metric');

  await page.getByRole('button', { name: 'Suggest', exact: true }).click();
  const suggested = page.getByRole('listbox', { name: 'Suggested rules' });
  const chosen = suggested.getByRole('option', { selected: true });
  const first = await chosen.textContent();
  await screenshot('checks-suggestions');
  await suggested.focus();
  await page.keyboard.press('a');
  await expect.poll(() => chosen.textContent()).not.toBe(first);
  const second = await chosen.textContent();
  await page.keyboard.press('x');
  await expect.poll(() => chosen.textContent()).not.toBe(second);
  const rejected = join(dir, 'checks', 'rejected-suggestions.json');
  await expect.poll(() => readFile(rejected, 'utf8').catch(() => '')).toContain('"table": "orders"');
  const suspects = page.getByRole('listbox', { name: 'Suspect cells' });
  await suspects
    .getByRole('option', { name: /status/ })
    .first()
    .click();
  await page.getByRole('gridcell', { name: 'Paid', selected: true }).waitFor();
  await screenshot('checks-suspect');

  await page.getByRole('tab', { name: /orders checks/ }).click();
  await page.getByRole('button', { name: 'Fixes', exact: true }).click();
  const fixes = page.getByRole('listbox', { name: 'Proposed fixes' });
  await fixes.getByText('Paid', { exact: true }).waitFor();
  await fixes.focus();
  await page.keyboard.press('a');
  await screenshot('checks-fixes');
  await page.getByRole('button', { name: 'Add 1 to the pipeline' }).click();
  const pipeline = join(dir, 'pipelines', 'orders corrected.yaml');
  await expect.poll(() => readFile(pipeline, 'utf8').catch(() => '')).toContain('kind: correct');

  await page.keyboard.press('Control+3');
  await page.getByRole('button', { name: 'Check a query' }).click();
  await page.getByRole('combobox', { name: 'Rows of' }).click();
  await page.getByRole('option', { name: 'late' }).click();
  await page.getByRole('button', { name: 'Write a rule' }).click();
  await page.getByRole('dialog', { name: 'New rule on late' }).waitFor();
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.keyboard.type('one of these');
  await page.getByRole('option', { name: 'One of these values', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add value' }).click();
  await page.keyboard.type('x');
  await page.keyboard.press('Enter');
  await page.keyboard.type('z');
  // A value that is added between others is typed into as the last one is.
  const texts = page.getByRole('dialog').getByRole('textbox', { name: /^Values \d/ });
  await expect.poll(() => texts.count()).toBe(2);
  await texts.first().press('Enter');
  await expect.poll(() => texts.count()).toBe(3);
  await page.keyboard.type('y');
  await expect
    .poll(() => texts.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)))
    .toEqual(['x', 'y', 'z']);
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.keyboard.type('within a range');
  await page.getByRole('option', { name: 'Within a range', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Kind' }).getByText('Within a range').waitFor();
  await page.getByRole('combobox', { name: 'Column' }).click();
  await page.getByRole('option', { name: /days/ }).last().click();
  await page.getByRole('textbox', { name: 'At least' }).fill('0');
  await screenshot('checks-query-rule');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('grid', { name: 'Failing rows' }).getByRole('gridcell').first().waitFor();
  await page.getByText('Rows of the query late').waitFor();
  await screenshot('checks-query');
  await page.keyboard.press('Control+3');
  await screenshot('checks-matrix-query');

  await writeFile(
    join(dir, 'assay.yaml'),
    `${await readFile(join(dir, 'assay.yaml'), 'utf8')}checks: { runAfter: [save] }\n`,
  );
  const slow = rule('endless', 'business_rule', {
    condition: '(select count(*) from generate_series(1, 1e10)) > id',
  });
  await saveRules(join(dir, 'checks'), { table: 'customers' }, [slow]);
  await page
    .getByRole('treeitem', { name: /customers/ })
    .last()
    .dblclick();
  await page.getByRole('option', { name: /endless/ }).waitFor();
  await page.getByRole('button', { name: 'New rule' }).click();
  await page.getByRole('combobox', { name: 'Column' }).click();
  await page.getByRole('option', { name: /name/ }).last().click();
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('button', { name: 'Cancel Checking customers after saving' }).click();
  await page.getByText(/^Cancelled\. The database was stopped/).waitFor();
});
