import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generateShop, shopCollection, shopImports, writeShop } from '../../electron/setup/sample/shop.ts';
import { contractColumns, renamedColumn } from '../../electron/setup/sample/workspace/columns.ts';
import { type CheckRule, checkRule } from '../../shared/contract/checks.ts';
import { pipeline } from '../../shared/contract/pipelines.ts';
import { target } from '../../shared/contract/workspace.ts';
import { checkClasses } from '../../shared/define-check.ts';
import { badRows } from './bad-rows.ts';
import { shopDatabase } from './shop-database.ts';

interface Defect {
  readonly id: string;
  readonly table: string;
  readonly file: string;
  readonly column: string | null;
  readonly class: string;
  readonly done: string;
  readonly check: string | null;
  readonly rows: number;
  readonly where: readonly { readonly line: number; readonly key?: Record<string, number> }[];
}

interface OdcsRule {
  readonly id: string;
  readonly description: string;
  readonly implementation: Record<string, unknown>;
}

interface OdcsSchema {
  readonly name: string;
  readonly quality: readonly OdcsRule[];
  readonly properties: readonly { readonly name: string; readonly quality?: readonly OdcsRule[] }[];
}

const { files } = generateShop();
const text = (path: string) => files.get(path) ?? '';
const { defects } = parse(text('defects.yaml')) as { defects: readonly Defect[] };
const planted = defects.filter(({ check }) => check !== null);
const refused = defects.filter(({ check }) => check === null);

function rulesOf(table: string): CheckRule[] {
  const { schema } = parse(text(`checks/${table}.yaml`)) as { schema: readonly OdcsSchema[] };
  return schema
    .flatMap(({ quality, properties }) => [
      ...quality,
      ...properties.flatMap((column) => column.quality ?? []),
    ])
    .map(({ id, description, implementation }) => checkRule.parse({ id, description, ...implementation }));
}

const hash = (shop: ReadonlyMap<string, string>) =>
  createHash('sha256')
    .update(JSON.stringify([...shop]))
    .digest('hex');

let database: PGlite;
const rows = async <T>(sql: string) => (await database.query<T>(sql)).rows;
const count = async (sql: string) =>
  Number((await rows<{ n: number }>(`select count(*) as n from ${sql}`))[0]?.n);

beforeAll(async () => {
  database = await shopDatabase(
    files,
    refused.map(({ file, where }) => ({ file, line: where[0]?.line ?? 0 })),
  );
});
afterAll(() => database.close());

describe('the files', () => {
  test('are the same in every run, and others for another seed', () => {
    expect(hash(generateShop().files)).toBe(hash(files));
    expect(hash(generateShop(7).files)).not.toBe(hash(files));
  });

  test('are written into a folder as they are', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'shop-'));
    writeShop(dir);
    for (const [path, content] of files) expect(await readFile(join(dir, path), 'utf8')).toBe(content);
    await rm(dir, { recursive: true });
  });

  test('name the workspace and its rehearsal target', () => {
    const settings = parse(text('assay.yaml')) as { targets: unknown[] };
    expect(settings).toMatchObject({ version: 1, name: 'Shop' });
    expect(settings.targets.map((one) => target.parse(one))).toEqual([
      { name: 'rehearsal', kind: 'workspace', folder: '../Shop-rehearsal' },
    ]);
  });

  test('say in the read-me how many rows there are', async () => {
    for (const { table, file } of shopImports) {
      const told = new RegExp(`\`${file}\` \\| ([\\d,]+) \\|`).exec(text('README.md'))?.[1];
      expect(told, file).toBe((await count(table)).toLocaleString('en-US'));
    }
  });
});

describe('the tables', () => {
  test('have as many rows as promised', async () => {
    const counts = await Promise.all(shopImports.map(async ({ table }) => [table, await count(table)]));
    expect(Object.fromEntries(counts)).toEqual({
      customers: 1201,
      products: 180,
      orders: 9100,
      order_items: expect.closeTo(22_500, -3),
      support_tickets: 2400,
      product_events: 50_000,
    });
  });

  test('keep leading zeros and foreign letters', async () => {
    expect(await count("products where sku !~ '^0[0-9]{7}$'")).toBe(0);
    expect(await count("customers where postal_code like '0%'")).toBeGreaterThan(50);
    expect(await count("customers where name ~ '[一-龥]'")).toBeGreaterThan(10);
    expect(await count("customers where name ~ '[🌻✨🐈🏔🎧]'")).toBeGreaterThan(1);
  });

  test('have seasons: the last two months outsell the first two', async () => {
    const months = 'extract(month from ordered_at) in';
    expect(await count(`orders where ${months} (11, 12)`)).toBeGreaterThan(
      1.5 * (await count(`orders where ${months} (1, 2)`)),
    );
  });

  test('hold events as a funnel, with properties of one shape', async () => {
    const shapes = await rows<{ keys: string }>(`
      select distinct concat_ws(' ',
        (select string_agg(key, ',' order by key) from jsonb_object_keys(properties) key),
        (select string_agg(key, ',' order by key) from jsonb_object_keys(properties -> 'context') key),
        (select string_agg(key, ',' order by key) from jsonb_object_keys(properties -> 'traits') key),
        jsonb_typeof(properties -> 'user_id'),
        (properties ->> 'timestamp')::timestamptz between '2025-10-01Z' and '2026-01-01Z') as keys
      from product_events`);
    expect(shapes).toEqual([
      { keys: 'context,timestamp,traits,user_id page_url,referrer plan,source number t' },
    ]);
    const steps = ['page_view', 'product_view', 'add_to_cart', 'checkout_start', 'purchase'];
    const sizes = await Promise.all(steps.map((step) => count(`product_events where event = '${step}'`)));
    expect(sizes.slice(2)).toEqual([...sizes.slice(2)].sort((a, b) => b - a));
    expect(Math.min(...sizes)).toBeGreaterThan(500);
  });

  test('hold tickets of real variety', async () => {
    const bodies = (await rows<{ body: string }>('select body from support_tickets')).map(({ body }) => body);
    const sentences = bodies
      .flatMap((body) => body.replaceAll('\n', ' ').split(/(?<=[.?!]) /))
      .filter((sentence) => sentence.split(' ').length > 4);
    const vocabulary = new Set(bodies.flatMap((body) => body.toLowerCase().match(/[\p{L}']+/gu) ?? []));
    expect(new Set(bodies).size / bodies.length).toBeGreaterThan(0.99);
    expect(new Set(sentences).size / sentences.length).toBeGreaterThan(0.97);
    expect(vocabulary.size).toBeGreaterThan(2000);
    expect(bodies.filter((body) => /[[\]{}|]|undefined| {2}/.test(body))).toEqual([]);
    expect(bodies.filter((body) => body.length < 20)).toEqual([]);
  });

  test('have the columns that the collection embeds', () => {
    const columns: readonly string[] = Object.keys(contractColumns[shopCollection.table]);
    expect(columns).toEqual(expect.arrayContaining([...shopCollection.columns, ...shopCollection.metadata]));
  });
});

describe('the defects', () => {
  test('are of all classes, and of the import', () => {
    expect(new Set(defects.map((defect) => defect.class))).toEqual(new Set([...checkClasses, 'import']));
    expect(new Set(defects.map(({ id }) => id)).size).toBe(defects.length);
  });

  const inRows = planted.filter((defect) => defect.class !== 'schema');
  test.each(inRows)(
    '$id breaks $check in $rows rows and no other',
    async ({ table, check, where, ...defect }) => {
      const rule = rulesOf(table).find(({ id }) => id === check);
      const found = await rows<Record<string, number>>((rule && badRows(table, rule)) ?? 'select');
      const keys = where.map(({ key }) => JSON.stringify(key)).sort();
      const names = Object.keys(where[0]?.key ?? {});
      const foundKeys = found.map((row) =>
        JSON.stringify(Object.fromEntries(names.map((name) => [name, row[name]]))),
      );
      expect(foundKeys.sort()).toEqual(keys);
      expect(keys).toHaveLength(defect.rows);
    },
  );

  test('stand on the lines that are told', () => {
    for (const { file, where } of defects) {
      const lines = text(file).split('\n');
      for (const { line, key = {} } of where) {
        for (const value of Object.values(key)) expect(lines[line - 1]?.split(',')).toContain(String(value));
      }
    }
  });

  test('include lines that an import refuses: a field too many, a word for a number', () => {
    const line = (id: string) => {
      const { file, where } = refused.find((defect) => defect.id === id) ?? { file: '', where: [] };
      return text(file).split('\n')[(where[0]?.line ?? 0) - 1]?.split(',');
    };
    expect(line('customers-row-ragged')).toHaveLength(Object.keys(contractColumns.customers).length + 1);
    expect(line('order-items-quantity-in-words')?.[3]).toBe('two');
  });

  test('include a renamed column, which the rule on columns misses', () => {
    const { table, promised, found } = renamedColumn;
    const header = text('data/products.csv').split('\n')[0]?.split(',');
    const rule = rulesOf(table).find(({ id }) => id === 'products_columns');
    const names = ((rule?.params['columns'] ?? []) as { name: string }[]).map(({ name }) => name);
    expect(names.filter((name) => !header?.includes(name))).toEqual([promised]);
    expect(header?.filter((name) => !names.includes(name))).toEqual([found]);
  });

  test('are all there is: every other rule holds, but for phones and payments left out', async () => {
    const known = new Set(planted.map(({ check }) => check));
    const shares: Record<string, number> = {};
    for (const { table } of shopImports) {
      for (const rule of rulesOf(table).filter(({ id }) => !known.has(id))) {
        const sql = badRows(table, rule);
        const bad = sql ? await count(`(${sql}) bad`) : 0;
        if (bad > 0) shares[rule.id] = (100 * bad) / (await count(table));
      }
    }
    expect(Object.keys(shares)).toEqual(['customers_phone_present', 'orders_payment_method_present']);
    expect(shares['customers_phone_present']).toBeGreaterThan(10);
    expect(shares['customers_phone_present']).toBeLessThan(30);
    expect(shares['orders_payment_method_present']).toBeLessThan(5);
  });
});

describe('the work', () => {
  test('has a pipeline whose steps, inputs and boxes belong together', () => {
    const { steps, layout } = pipeline.parse(parse(text('pipelines/order-revenue.yaml')));
    const ids = steps.map(({ id }) => id);
    expect(Object.keys(layout).sort()).toEqual([...ids].sort());
    for (const input of steps.flatMap(({ inputs }) => inputs))
      expect(ids).toContain(input.replace('.rejects', ''));
    const boxes = Object.values(layout);
    for (const [index, [x, y]] of boxes.entries()) {
      const near = boxes.slice(index + 1).filter(([a, b]) => Math.abs(a - x) < 280 && Math.abs(b - y) < 132);
      expect(near).toEqual([]);
    }
  });

  const own = [...files.keys()].filter((path) => path.endsWith('.sql') && !path.includes('data-quality'));
  test.each(own)('%s runs and finds something', async (path) => {
    expect((await rows(text(path))).length).toBeGreaterThan(3);
  });
});
