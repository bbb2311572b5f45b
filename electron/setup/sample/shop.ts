import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { count } from '../../../shared/number-words.ts';
import { type CsvTable, writeCsv } from './csv.ts';
import { spoilCustomers } from './defects/customers.ts';
import type { Defect } from './defects/defect.ts';
import { spoilItems } from './defects/items.ts';
import { defectsYaml, type Written } from './defects/list.ts';
import { spoilOrders } from './defects/orders.ts';
import { spoilProducts } from './defects/products.ts';
import { type RefusedLine, refusedLines } from './defects/rejects.ts';
import { spoilTickets } from './defects/tickets.ts';
import { eventsCsv, makeEvents } from './goods/events.ts';
import { itemsCsv, makeOrders, ordersCsv } from './goods/orders.ts';
import { makeProducts, productsCsv } from './goods/products.ts';
import { customersCsv, makeCustomers } from './people/customers.ts';
import { random } from './random.ts';
import type { Shop } from './rows.ts';
import { makeTickets, ticketsCsv } from './tickets/tickets.ts';
import { contractYaml } from './workspace/contract-yaml.ts';
import { shopImports } from './workspace/imports.ts';
import { pipelineYaml } from './workspace/pipeline.ts';
import { queries } from './workspace/queries.ts';
import { readme } from './workspace/readme.ts';
import { yamlText } from './yaml-text.ts';

export { shopCollection, shopImports } from './workspace/imports.ts';

const usualSeed = 20_260_101;

const settings = {
  version: 1,
  name: 'Shop',
  targets: [{ name: 'rehearsal', kind: 'workspace', folder: '../Shop-rehearsal' }],
};

/** A shop without a fault. */
function makeShop(seed: number): Shop {
  const stream = (name: string) => random(seed, name);
  const customers = makeCustomers(stream('customers'), 1200);
  const products = makeProducts(stream('products'), 180);
  const { orders, items } = makeOrders(stream('orders'), customers, products, 9100);
  const tickets = makeTickets(stream('tickets'), { customers, products, orders, items }, 2400);
  const events = makeEvents(stream('events'), customers, products, 50_000);
  return { customers, products, orders, items, tickets, events };
}

/** Puts the faults in. Items go before orders, whose totals follow them. */
function spoil(seed: number, shop: Shop): Defect[] {
  const stream = (name: string) => random(seed, `defects/${name}`);
  return [
    ...spoilCustomers(stream('customers'), shop),
    ...spoilProducts(stream('products'), shop),
    ...spoilItems(stream('items'), shop),
    ...spoilOrders(stream('orders'), shop),
    ...spoilTickets(stream('tickets'), shop),
  ];
}

/** All tables as they will be written; each takes objects of its own row type only. */
function csvTables(shop: Shop, refused: readonly RefusedLine[]): Map<string, CsvTable> {
  const raw = (table: string) => refused.filter((line) => line.table === table);
  const tables = {
    customers: customersCsv(shop.customers, raw('customers')),
    products: productsCsv(shop.products),
    orders: ordersCsv(shop.orders),
    order_items: itemsCsv(shop.items, raw('order_items')),
    support_tickets: ticketsCsv(shop.tickets),
    product_events: eventsCsv(shop.events),
  };
  return new Map(Object.entries(tables as unknown as Record<string, CsvTable>));
}

/** The sample workspace: each file's path in the folder and its text; the same for the same seed. */
export function generateShop(seed = usualSeed): { files: Map<string, string> } {
  const shop = makeShop(seed);
  const defects = spoil(seed, shop);
  const refused = refusedLines(shop);
  const written = new Map<string, Written>();
  for (const [table, csv] of csvTables(shop, refused)) written.set(table, { csv, text: writeCsv(csv) });
  const files = new Map([
    ['assay.yaml', yamlText(settings)],
    ['.gitignore', '.assay/\n'],
    ['README.md', readme.replace('{items}', count(shop.items.length))],
    ['defects.yaml', defectsYaml(defects, refused, written)],
    ['pipelines/order-revenue.yaml', pipelineYaml()],
  ]);
  for (const { csv, text } of written.values()) files.set(csv.file, text.text);
  for (const { table } of shopImports) files.set(`checks/${table}.yaml`, contractYaml(table));
  for (const [name, text] of Object.entries(queries)) files.set(`queries/${name}`, text);
  return { files };
}

/** Writes the sample workspace into a folder. */
export function writeShop(dir: string, seed = usualSeed): void {
  for (const [path, text] of generateShop(seed).files) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
