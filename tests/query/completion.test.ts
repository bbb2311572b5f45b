import { expect, test } from 'vitest';
import { complete } from '../../electron/engine/query/language/complete.ts';
import { hoverAt } from '../../electron/engine/query/language/hover.ts';
import type { KnownCatalog, KnownFunction } from '../../electron/engine/query/language/known-catalog.ts';
import { signaturesAt } from '../../electron/engine/query/language/signatures.ts';

const column = (words: string) => {
  const [name = '', ...type] = words.split(' ');
  return { name, type: type.join(' ') };
};
const relation = (name: string, columns: string, schema = 'public', kind: 'table' | 'view' = 'table') => ({
  schema,
  name,
  kind,
  columns: columns.split(', ').map(column),
});
const called = (name: string, args: string, result: string, kind: KnownFunction['kind'] = 'function') =>
  [name, [{ name, args, result, kind }]] as const;

const catalog: KnownCatalog = {
  relations: [
    relation('customers', '_row bigint, id integer, name text, country text, parent_id integer'),
    relation('orders', '_row bigint, id integer, customer_id integer, total numeric, status text'),
    relation('order_items', '_row bigint, order_id integer, sku text, quantity integer'),
    relation('Ordered things', 'Fullname text, größe integer, user text'),
    relation('sales', 'day date, amount numeric', 'mart', 'view'),
  ],
  functions: new Map<string, readonly KnownFunction[]>([
    called('count', '"any"', 'bigint', 'aggregate'),
    called('sum', 'numeric', 'numeric', 'aggregate'),
    called('lower', 'text', 'text'),
    called('lpad', 'text, integer, text', 'text'),
    called('generate_series', 'integer, integer', 'SETOF integer', 'set'),
  ]),
  references: [{ from: 'order_items', columns: ['order_id'], to: 'orders', toColumns: ['id'] }],
  types: ['integer', 'numeric', 'text', 'timestamp with time zone'],
  keywords: ['select', 'from', 'where', 'lateral'],
  reserved: new Set(['select', 'from', 'user', 'order']),
};

/** What is offered where `|` stands. */
const offers = (marked: string) => {
  const at = marked.indexOf('|');
  return complete(marked.replace('|', ''), at, catalog).offers;
};
const labels = (marked: string, most = 6) =>
  offers(marked)
    .slice(0, most)
    .map(({ label }) => label);
const columnsAt = (marked: string) =>
  offers(marked)
    .filter(({ kind }) => kind === 'column')
    .map(({ label }) => label);

test('after an alias its columns, whatever stands behind', () => {
  expect(labels('select o.| from orders o where o.total > 1')).toEqual([
    '_row',
    'id',
    'customer_id',
    'total',
    'status',
  ]);
  expect(labels('select c.na| from orders o join customers as c on')).toEqual(['name']);
  expect(
    labels('select o.| from customers c, lateral (select * from orders where customer_id = c.id) o'),
  ).toEqual(labels('select o.| from orders o'));
});

test('only the statement around the cursor counts', () => {
  expect(columnsAt('select * from customers; select | from order_items; select 1 from orders')).toEqual([
    'order_id',
    'sku',
    'quantity',
    '_row',
  ]);
});

test('a correlated subquery sees its own columns and those around it', () => {
  const found = columnsAt('select * from customers c where exists (select 1 from orders o where |)');
  expect(found).toEqual([
    'id',
    'customer_id',
    'total',
    'status',
    'c.id',
    'name',
    'country',
    'parent_id',
    '_row',
    'c._row',
  ]);
  expect(columnsAt('select * from customers c, (select | from orders) o')).not.toContain('country');
});

test('names of WITH have the columns that their query gives', () => {
  const cte =
    'with big as (select customer_id, sum(total) as worth, count(*), lower(status) from orders group by 1)';
  expect(offers(`${cte} select b.| from big b`).map(({ label, detail }) => [label, detail])).toEqual([
    ['customer_id', 'integer · b'],
    ['worth', 'numeric · b'],
    ['count', 'bigint · b'],
    ['lower', 'text · b'],
  ]);
  expect(labels(`${cte} select * from b|`, 1)).toEqual(['big']);
  expect(
    columnsAt('with a(x, y) as (select id, name from customers), b as (select * from a) select | from b'),
  ).toEqual(['x', 'y']);
  expect(labels('with recursive t as (select 1 as n union all select t.| from t) select * from t')).toEqual([
    'n',
  ]);
});

test('the list of columns of a name of WITH offers what its query gives', () => {
  expect(labels('with c(id, |) as (select id, name, country from customers) select * from c')).toEqual([
    'name',
    'country',
  ]);
});

test('columns of subqueries, of VALUES and of functions in FROM', () => {
  expect(
    labels('select s.| from (select c.*, 1 + 1 as two, total::text from customers c, orders) s', 9),
  ).toEqual(['_row', 'id', 'name', 'country', 'parent_id', 'two', 'total']);
  expect(labels("select v.| from (values (1, 'x')) v(a, b)")).toEqual(['a', 'b']);
  expect(labels('select g.| from generate_series(1, 5) as g')).toEqual(['g']);
  expect(labels('select g.| from generate_series(1, 5) with ordinality as g')).toEqual(['g', 'ordinality']);
  expect(labels('select u.| from unnest(a, b) with ordinality as u(x, n) where true')).toEqual(['x', 'n']);
});

test('after FROM and JOIN relations, joins along foreign keys and matching names first', () => {
  expect(labels('select * from ord|', 3)).toEqual(['orders', 'order_items', 'Ordered things']);
  expect(labels('select * from orders join |', 3)).toEqual([
    'customers on customers.id = orders.customer_id',
    'order_items on orders.id = order_items.order_id',
    'customers',
  ]);
  expect(labels('select * from orders o join cust|', 1)).toEqual(['customers c on c.id = o.customer_id']);
  expect(labels('select * from orders o join c|', 1)).toEqual(['customers c on c.id = o.customer_id']);
  expect(labels('select * from orders join customers|', 2)).toEqual([
    'customers',
    'customers on customers.id = orders.customer_id',
  ]);
  expect(labels('select * from mart.|')).toEqual(['sales']);
  expect(labels('select * from orders |', 2)).toEqual(['where', 'join']);
});

test('after ON the conditions, in USING what both sides have', () => {
  expect(offers('select * from orders o join order_items i on |')[0]).toMatchObject({
    label: 'o.id = i.order_id',
    detail: 'foreign key',
  });
  expect(labels('select * from orders join customers c using (|)')).toEqual(['_row', 'id']);
});

test('GROUP BY begins with what the list has beside aggregates, ORDER BY with names given there', () => {
  const list = 'select country, lower(name) as short, count(*) as customers from customers';
  expect(labels(`${list} group by |`, 2)).toEqual(['country', 'lower(name)']);
  expect(labels(`${list} group by 1 order by |`, 2)).toEqual(['short', 'customers']);
});

test('columns of INSERT and of SET, those already given left out', () => {
  expect(labels('insert into orders (id, |)')).toEqual(['customer_id', 'total', 'status']);
  expect(labels("update orders set status = 'x', |")).toEqual(['id', 'customer_id', 'total']);
  expect(columnsAt('update orders set status = |')).toContain('total');
  expect(labels('delete from orders where st|', 1)).toEqual(['status']);
  expect(labels('insert into orders (id) select | from customers', 2)).toEqual(['id', 'name']);
});

test('names that need quotes get them, and those begun with one are finished', () => {
  expect(offers('select * from "Ord|')[0]).toMatchObject({
    label: 'Ordered things',
    insert: '"Ordered things"',
  });
  expect(labels('select "tot| from orders')).toContain('total');
  expect(offers('select t.| from "Ordered things" t').map(({ insert }) => insert)).toEqual([
    '"Fullname"',
    '"größe"',
    '"user"',
  ]);
});

test('within strings, comments and numbers nothing', () => {
  for (const text of [
    "select 'o| from orders",
    "select * from orders where status = 'pa|id'",
    'select 1 -- o|',
    'select /* o| */ 1',
    'select $$ o| $$',
    'select 12| from orders',
  ])
    expect(offers(text)).toEqual([]);
});

test('after a cast types, after AS nothing, after a value what goes on', () => {
  expect(labels('select total::n| from orders')).toEqual(['numeric']);
  expect(labels('select cast(total as |')).toContain('integer');
  expect(labels('select total as | from orders')).toEqual([]);
  expect(labels('select * from orders where total |', 3)).toEqual(['and', 'or', 'in']);
});

test('after a colon the parameters that the text has', () => {
  expect(labels('select :since, 1::int, :| from orders where total > :least')).toEqual(['since', 'least']);
  expect(labels('select :|')).toEqual([]);
});

test('a statement in the middle of nothing is still read', () => {
  expect(columnsAt('select count( from orders where (total > 1 and |')).toContain('status');
  expect(labels('|', 2)).toEqual(['select', 'with']);
  expect(columnsAt('select |\nfrom orders o\nleft join order_items i on i.order_id = o.id\nwhere')).toContain(
    'quantity',
  );
});

test('inside the brackets of a call, how it is called and which argument it is', () => {
  const signature = (marked: string) => signaturesAt(marked.replace('|', ''), marked.indexOf('|'), catalog);
  expect(signature('select lpad(name, | from customers')).toMatchObject({
    signatures: [{ label: 'lpad(text, integer, text)', result: 'text' }],
    parameter: 1,
  });
  expect(signature('select lpad(lower(|), 2)')?.signatures[0]?.label).toBe('lower(text)');
  expect(signature('select lpad(lower(name), |')).toMatchObject({ parameter: 1 });
  expect(signature('select (1 + |)')).toBeNull();
});

test('a name under the mouse says what it is', () => {
  const hover = (marked: string) => hoverAt(marked.replace('|', ''), marked.indexOf('|'), catalog);
  expect(hover('select o.to|tal from orders o')).toMatchObject({
    title: 'total numeric',
    says: 'Column of table o of orders',
  });
  expect(hover('with x as (select sum(total) as worth from orders) select w|orth from x')).toMatchObject({
    title: 'worth numeric',
    says: 'Column of with x',
  });
  expect(hover('select * from custo|mers')?.says).toMatch(/^5 columns: _row bigint, id integer/);
  expect(hover("select 'tot|al' from orders")).toBeNull();
});

test('columns are offered where a statement names them without FROM', () => {
  const orders = ['id', 'customer_id', 'total', 'status'];
  const upsert = 'insert into orders (id) values (1) on conflict (id) do update set total = excluded.|';
  expect(columnsAt(upsert)).toEqual(orders);
  expect(columnsAt(`${upsert.replace('excluded.|', '1')} where excluded.|`)).toEqual(orders);
  expect(columnsAt('select excluded.| from orders')).toEqual([]);
  expect(columnsAt('alter table orders drop column |')).toEqual(orders);
  expect(columnsAt('alter table if exists public.orders drop column if exists to|')).toEqual(['total']);
  expect(columnsAt('alter table "Ordered things" rename column |')).toEqual(['Fullname', 'größe', 'user']);
  expect(columnsAt('copy orders (|')).toEqual(orders);
  expect(columnsAt('copy mart.sales (day, |) from stdin')).toEqual(['amount']);
});
