import { beforeAll, expect, test } from 'vitest';
import { queryLineage } from '../../electron/engine/pipelines/lineage/query-lineage.ts';
import { origin, originOf, type Reach } from '../../electron/engine/pipelines/lineage/reach.ts';
import { isPlain } from '../../electron/engine/pipelines/sql/plain-sql.ts';
import { loadParser } from '../../electron/engine/pipelines/sql/read-relations.ts';

const tables: Readonly<Record<string, readonly string[]>> = {
  o: ['id', 'customer', 'amount', 'status'],
  c: ['id', 'name', 'city'],
};
const words = (set: ReadonlySet<string>) =>
  [...set]
    .map((text) => originOf(text).join('.'))
    .sort()
    .join(' ');
const say = ({ value, influence }: Reach) => `${words(value)} | ${words(influence)}`.trim();

/** Each column as `value | influence`. */
function lineage(written: string) {
  const columns = queryLineage(written, (_schema, name) =>
    tables[name]?.map(
      (column) => [column, { value: new Set([origin(name, column)]), influence: new Set() }] as const,
    ),
  );
  return columns?.map(([name, reach]) => [name, say(reach)]);
}

beforeAll(loadParser);

test.each<[string, [string, string][]]>([
  [
    'select id, amount * 2 as twice from o',
    [
      ['id', 'o.id |'],
      ['twice', 'o.amount |'],
    ],
  ],
  ["select name from c where city = 'Bern'", [['name', 'c.name | c.city']]],
  [
    'select c.* from o join c on c.id = o.customer',
    [
      ['id', 'c.id | c.id o.customer'],
      ['name', 'c.name | c.id o.customer'],
      ['city', 'c.city | c.id o.customer'],
    ],
  ],
  ["select case when status = 'x' then amount else 0 end from o", [['case', 'o.amount | o.status']]],
  [
    "select city, count(*), sum(amount) filter (where status = 'paid') as paid from o, c where c.id = customer group by city",
    [
      ['city', 'c.city | c.city c.id o.customer'],
      ['count', '| c.city c.id o.customer'],
      ['paid', 'o.amount | c.city c.id o.customer o.status'],
    ],
  ],
  [
    'select customer, count(distinct status) as states from o group by customer',
    [
      ['customer', 'o.customer | o.customer'],
      ['states', '| o.customer o.status'],
    ],
  ],
  ['select row_number() over (partition by customer order by id) as n from o', [['n', '| o.customer o.id']]],
  [
    'with a as (select id as k, amount from o), b(x, y) as (select * from a) select y from b order by x limit 1',
    [['y', 'o.amount | o.id']],
  ],
  [
    'select (select max(name) from c where c.id = o.customer) as who, exists (select from c where c.id = o.id) from o',
    [
      ['who', 'c.name | c.id o.customer'],
      ['exists', '| c.id o.id'],
    ],
  ],
  ['select id from o union all select id from c', [['id', 'c.id o.id |']]],
  ['select id from o except select id from c', [['id', 'o.id | c.id o.id']]],
  ['select x.v from o, lateral (values (amount), (id::numeric)) as x(v)', [['v', 'o.amount o.id |']]],
  ["select part from c, unnest(string_to_array(city, ',')) as part", [['part', 'c.city | c.city']]],
  [
    'select coalesce(name, city)::text, md5(row(c.*)::text) as h from c',
    [
      ['coalesce', 'c.city c.name |'],
      ['h', 'c.city c.id c.name |'],
    ],
  ],
  [
    'with recursive t(n) as (select id from o union all select n + 1 from t where n < 9) select n from t',
    [['n', 'o.id | o.id']],
  ],
  [
    'with recursive t(n, a, b, c) as (select 1, 0, 0, id from o union all select n + 1, b, c, c from t where n < 9) select a from t',
    [['a', 'o.id |']],
  ],
  [
    'with recursive a as (select y from b), b as (select amount as y from o) select y from a',
    [['y', 'o.amount |']],
  ],
  ['with o as (select amount + 1 as more from o) select more from o', [['more', 'o.amount |']]],
  [
    'select *, j.id + 1 as next from o join c using (id) as j',
    [
      ['id', 'c.id o.id | c.id o.id'],
      ['customer', 'o.customer | c.id o.id'],
      ['amount', 'o.amount | c.id o.id'],
      ['status', 'o.status | c.id o.id'],
      ['name', 'c.name | c.id o.id'],
      ['city', 'c.city | c.id o.id'],
      ['next', 'c.id o.id | c.id o.id'],
    ],
  ],
  ['select count(*) from (select distinct status from o) as z', [['count', '| o.status']]],
  ["with z as (select 1 from o where status = 'x') select c.id from c, z", [['id', 'c.id | o.status']]],
  [
    'select id from c order by id limit coalesce((select max(amount) from o), 1)',
    [['id', 'c.id | c.id o.amount']],
  ],
  ['select b from (o cross join (select 1) as one) as j(a, b, c)', [['b', 'o.customer |']]],
  ['select amount as a from o group by 1 order by a', [['a', 'o.amount | o.amount']]],
  ['select percentile_cont(0.5) within group (order by amount) as mid from o', [['mid', 'o.amount |']]],
])('%s', (written, expected) => {
  expect(lineage(written)).toEqual(expected);
});

test('what cannot be read has no lineage', () => {
  expect(lineage('select from where')).toBeUndefined();
  expect(lineage('delete from o')).toBeUndefined();
});

test.each([
  ['a + b', true],
  [`case when a > 1 then upper(b) else coalesce(c, 'x') end`, true],
  [
    'select a, count(*) filter (where b > 1) from t join u on t.id = u.id where c group by a order by 2 limit 3',
    true,
  ],
  ['sum(a) over (partition by b order by c)', true],
  ['(select count(*) from (select distinct d from u) as x)', false],
  ['select a from t union select a from u', false],
  ['with x as (select a from t) select a from x', false],
  ['select a from t join u using (id)', false],
  ['select a from t natural join u', false],
  ['select a, n from t, generate_series(1, t.b) as n', false],
  ['exists (select 1 from u where u.d)', false],
])('%s is read column by column: %s', (written, plain) => {
  expect(isPlain(written)).toBe(plain);
});
