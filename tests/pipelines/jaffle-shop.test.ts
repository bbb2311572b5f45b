import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openTestEngine, scratchFolder } from '../open-test-engine.ts';
import { queryRows } from './open-shop.ts';

const shop = fileURLToPath(new URL('../fixtures/jaffle_shop/', import.meta.url));

/** A cell as it counts: 10.0 is 10, nothing is null. */
const cell = (text: unknown) => {
  const plain = text === null || text === undefined ? '' : String(text);
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : plain;
};

async function expectedRows(table: string) {
  const [header = '', ...lines] = (await readFile(join(shop, 'expected', `${table}.csv`), 'utf8'))
    .trim()
    .split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((text, at) => [names[at], cell(text)])));
}

test('the jaffle shop as a pipeline gives the tables of its five models, cell for cell', async () => {
  const dir = await scratchFolder();
  await cp(join(shop, 'pipelines'), join(dir, 'pipelines'), { recursive: true });
  const { engine } = await openTestEngine(dir);
  for (const table of ['raw_customers', 'raw_orders', 'raw_payments']) {
    await engine.import.load({ path: join(shop, `${table}.csv`) });
  }
  const { status, problem } = await engine.pipelines.run({ name: 'jaffle shop' });
  expect([status, problem]).toEqual(['done', undefined]);
  for (const table of ['stg_customers', 'stg_orders', 'stg_payments', 'customers', 'orders']) {
    const expected = await expectedRows(table);
    const [key = ''] = Object.keys(expected[0] ?? {});
    const columns = Object.keys(expected[0] ?? {}).map((name) => `${name}::text`);
    const rows = await queryRows(engine, `select ${columns.join(', ')} from ${table}`);
    const cells = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, text]) => [name, cell(text)])),
    );
    const inOrder = (all: Record<string, unknown>[]) => all.sort((a, b) => Number(a[key]) - Number(b[key]));
    expect(inOrder(cells)).toEqual(inOrder(expected));
    expect((await engine.tables.list({})).find(({ name }) => name === table)?.rows).toBe(expected.length);
  }
});
