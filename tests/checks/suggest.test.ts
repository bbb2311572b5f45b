import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import check from '../../electron/cli/commands/check.ts';
import { LoadWatch } from '../../electron/engine/checks/monitors/watch-loads.ts';
import type { Engine } from '../../shared/contract/index.ts';
import type { ExampleRow } from '../../shared/define-step.ts';
import { calling, makeTable, rule, sharedChecks } from './open-checks.ts';

const openChecks = sharedChecks();

const repeat = (many: number, of: (at: number) => ExampleRow): ExampleRow[] =>
  Array.from({ length: many }, (_, at) => of(at));

const customers = {
  types: { customer_id: 'integer' },
  rows: repeat(60, (at) => ({
    customer_id: at === 59 ? 100 : 100 + at,
    email: at === 7 ? 'who(at)shop.example' : `c${at}@shop.example`,
    plan: at === 9 ? 'fre' : (['free', 'plus'][at % 2] ?? ''),
  })),
};

const items = {
  types: { order_id: 'integer', price: 'numeric(10,2)' },
  rows: repeat(200, (at) => ({ order_id: 1 + Math.floor(at / 2), price: `${5 + (at % 13)}.50` })),
};

const price = (at: number) => Number(items.rows[at]?.['price'] ?? 0);

const orders = {
  types: {
    order_id: 'integer',
    customer_id: 'integer',
    ordered: 'date',
    sent: 'date',
    total: 'numeric(10,2)',
  },
  rows: repeat(100, (at) => ({
    order_id: 1 + at,
    customer_id: at === 5 ? 999 : 100 + ((at * 7) % 59),
    ordered: `2025-03-${10 + (at % 10)}`,
    sent: at === 11 ? '2025-03-01' : `2025-03-${20 + (at % 9)}`,
    total: String(price(2 * at) + price(2 * at + 1) + (at === 21 ? 1 : 0)),
  })),
};

test('rules suggest themselves with what they would find; the accepted and the rejected do not come again', async () => {
  const open = await openChecks();
  const { room, database, dir } = open;
  await makeTable(database, 'customers', customers);
  await makeTable(database, 'items', items);
  await makeTable(database, 'orders', orders);
  const { suggestions, cells } = await room.suggest({});
  const found = suggestions.map(({ table, says, badRows }) => `${table}: ${says} (${badRows})`);
  expect(found).toEqual(
    expect.arrayContaining([
      'customers: `customer_id` occurs once (2)',
      'customers: `email` is a valid e-mail address (1)',
      'customers: `plan` is one of free, plus (1)',
      'items: `order_id` is found in orders (`order_id`) (0)',
      'orders: `customer_id` is found in customers (`customer_id`) (1)',
      'orders: `ordered` <= `sent` (1)',
      'orders: `total` is the sum of `price` in items (1)',
      'orders: `order_id` occurs once (0)',
    ]),
  );
  expect(suggestions.map(({ rank }) => rank)).toEqual(
    suggestions.map(({ rank }) => rank).toSorted((a, b) => b - a),
  );
  expect(suggestions.every(({ reason, support }) => reason.length > 10 && support > 0.9)).toBe(true);
  expect(cells.map(({ table, row, column }) => `${table} ${row} ${column}`)).toContain('customers 8 email');

  const [accepted, rejected] = suggestions.filter(({ table }) => table === 'customers');
  if (!accepted || !rejected) throw new Error('Too few suggestions.');
  await room.save({ table: 'customers', rules: [accepted.rule] });
  const { kind, params } = rejected.rule;
  await room.reject({ table: 'customers', kind, params });
  const again = (await room.suggest({ tables: ['customers'] })).suggestions.map(({ says }) => says);
  expect(again.length).toBeGreaterThan(0);
  expect(again).not.toContain(accepted.says);
  expect(again).not.toContain(rejected.says);
  const kept = join(dir, 'checks', 'rejected-suggestions.json');
  expect(JSON.parse(await readFile(kept, 'utf8'))).toEqual([{ table: 'customers', kind, params }]);
  expect((await room.list({})).map(({ table }) => table)).toEqual(['customers']);

  await room.reject({ table: 'customers', kind, params, undo: true });
  expect(JSON.parse(await readFile(kept, 'utf8'))).toEqual([]);
  const { json, text } = await check.run({
    args: ['customers'],
    options: { suggest: true },
    dir,
    engine: async () =>
      ({ checks: { suggest: (chosen: object) => room.suggest(chosen) } }) as unknown as Engine,
    long: {},
  });
  expect(json).toMatchObject({ suggestions: expect.any(Array), cells: expect.any(Array) });
  expect(text).toContain(rejected.says);
});

test('what was accepted or rejected does not come again with the limits and values of the next load', async () => {
  const { room, database } = await openChecks();
  const load = (rows: number, plans: readonly string[]) =>
    makeTable(database, 'members', {
      rows: repeat(rows, (at) => ({ plan: plans[at % plans.length] ?? '', mail: `a${at}@b.example` })),
    });
  const asked = async () =>
    (await room.suggest({ tables: ['members'] })).suggestions.flatMap(({ says, rule: { kind, params } }) =>
      ['row_count', 'accepted_values'].includes(kind) ? [{ says, kind, params }] : [],
    );
  await load(60, ['free', 'free', 'plus']);
  const first = await asked();
  expect(first.map(({ says }) => says).toSorted()).toEqual([
    'There are at least 48 rows',
    '`plan` is one of free, plus',
  ]);
  for (const { kind, params } of first) await room.reject({ table: 'members', kind, params });
  await load(90, ['plus', 'plus', 'free', 'gold']);
  expect(await asked()).toEqual([]);
  for (const { kind, params } of first) await room.reject({ table: 'members', kind, params, undo: true });
  expect(await asked()).toHaveLength(2);
  await room.save({
    table: 'members',
    rules: first.map(({ kind, params }) => rule(`own_${kind}`, kind, params)),
  });
  await load(120, ['plus', 'gold', 'gold', 'free']);
  expect(await asked()).toEqual([]);
});

test('suggestions are held against the loads before, and change of columns is one of them', async () => {
  const { room, database, dir } = await openChecks();
  const fail = (thrown: unknown) => {
    throw thrown;
  };
  const watch = new LoadWatch(database, async () => {}, fail);
  const load = async (types: Record<string, string>, rows: ExampleRow[]) => {
    await makeTable(database, 'orders', { types, rows });
    watch.look();
    await watch.settled();
  };
  const rows = (high: number, missing: number) =>
    repeat(60, (at) => ({
      id: at,
      amount: at === 59 ? high : 10 + (at % 40),
      mail: at < missing ? null : `a${at}@b.example`,
      state: ['new', 'paid', 'sent'][at % 3] ?? '',
    }));
  const types = { id: 'integer', amount: 'integer' };
  await load(types, rows(40, 0));
  await load(types, rows(5000, 3));
  await load(types, rows(45, 0));
  await load({ ...types, id: 'bigint' }, rows(42, 0));
  await watch.stop();
  const { suggestions } = await room.suggest({ tables: ['orders'] });
  const told = Object.fromEntries(
    suggestions.map(({ rule: { id }, former, badRows }) => [id, [former.failed, former.told, badRows]]),
  );
  expect(told).toMatchObject({
    amount_range: [1, 3, 0],
    mail_not_null: [1, 3, 0],
    id_unique: [0, 3, 0],
    mail_format: [0, 0, 0],
    state_accepted_values: [0, 0, 0],
    columns: [0, 3, 1],
  });
  expect(suggestions.every(({ former }) => former.loads === 3)).toBe(true);
  const schema = suggestions.find(({ rule }) => rule.kind === 'columns');
  expect(schema).toMatchObject({ verdict: 'fail', reason: '100.0% of the last 3 loads had these columns' });
  const columns = schema?.rule.params['columns'];
  await room.save({ table: 'orders', rules: [rule('by_hand', 'columns', { columns })] });
  const again = (await room.suggest({ tables: ['orders'] })).suggestions;
  expect(again.some(({ rule: { kind } }) => kind === 'columns')).toBe(false);
  const long = (await check.run({
    args: [],
    options: { suggest: true },
    dir,
    engine: async () => ({ checks: { suggest: () => room.suggest({}) } }) as unknown as Engine,
    long: {},
  })) as { readonly text: string };
  expect(long.text).toContain('1 of 3');
});

test('values of private columns are quoted nowhere', async () => {
  const { room, database, dir } = await openChecks();
  await makeTable(database, 'people', {
    types: { age: 'integer' },
    rows: repeat(60, (at) => ({
      city: at === 41 ? 'Hambrug' : (['Hamburg', 'Dresden'][at % 2] ?? ''),
      age: 20 + (at % 30),
    })),
  });
  const file = join(dir, 'checks', 'people.yaml');
  await mkdir(join(dir, 'checks'), { recursive: true });
  const contract = (classified: string) =>
    writeFile(
      file,
      `apiVersion: v3.1.0\nkind: DataContract\nschema:\n  - name: people\n    properties:\n      - { name: city${classified} }\n      - { name: age${classified} }\n`,
    );
  const all = async () => {
    const output = async (options: Record<string, unknown>) =>
      check.run({
        args: [],
        options,
        dir,
        engine: async () => ({ checks: room }) as unknown as Engine,
        long: calling(),
      });
    const outcomes = [
      await output({ suggest: true }),
      await output({ detect: 'people' }),
      await output({ repair: 'people' }),
    ];
    return JSON.stringify(outcomes);
  };
  await contract('');
  expect(await all()).toContain('Hambrug');
  await contract(', classification: private');
  const hidden = await all();
  expect(hidden).not.toMatch(/Ham(burg|brug)|Dresden/);
  expect(hidden).toContain('\\"•••\\"');
});

test('tables of no rows and of one suggest nothing', async () => {
  const { room, database, dir } = await openChecks();
  await makeTable(database, 'empty', { types: { a: 'text', n: 'integer', d: 'date' }, rows: [] });
  await makeTable(database, 'one', { types: { n: 'integer' }, rows: [{ a: 'x', n: 1 }] });
  expect(await room.suggest({})).toEqual({ suggestions: [], cells: [], problems: [] });
  expect(existsSync(join(dir, 'checks', 'rejected-suggestions.json'))).toBe(false);
});
