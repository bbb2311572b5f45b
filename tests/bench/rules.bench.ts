import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkedTable } from '../../electron/engine/checks/checked-table.ts';
import { planRule } from '../../electron/engine/checks/plan-rule.ts';
import { runTable } from '../../electron/engine/checks/run-table.ts';
import { openWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import type { CheckRule } from '../../shared/contract/checks.ts';
import { sql } from '../../shared/sql.ts';
import { defineBench } from './harness.ts';

const rows = 1_000_000;

/** Ten columns as shops have them: few values and many, text and numbers, nulls, and a thousandth of the rows wrong. */
const makeOrders = sql`create table orders as
  select n as _row, n::int as order_id, (n * 7919 % 20000)::int as customer_id,
    case when n % 97 = 0 then null else 'user' || n || '@mail.example' end as email,
    case when n % 1009 = 0 then 'PAID' else (array['paid', 'shipped', 'delivered', 'cancelled'])[1 + (random() * 3)::int] end as status,
    (array['DE', 'FR', 'US', 'GB', 'ES', 'IT'])[1 + (random() * 5)::int] as country,
    ((n * 7919) % 100000)::numeric(10,2) / 100 as amount, (random() * 50)::int as quantity,
    date '2024-01-01' + (random() * 700)::int as ordered_on, date '2026-01-03' + (random() * 9)::int as shipped_on,
    'note number ' || n as note
  from generate_series(1::bigint, ${rows}) n`;

type Kind = readonly [kind: string, params: Record<string, unknown>];

/** The rules of a table as people write them: what is filled in, in a range, one of a list, of a form, in step. */
const twenty: readonly Kind[] = [
  ['not_null', { column: 'order_id' }],
  ['not_null', { column: 'customer_id' }],
  ['not_null', { column: 'email' }],
  ['not_null', { column: 'status' }],
  ['not_null', { column: 'amount' }],
  ['not_null', { column: 'ordered_on' }],
  ['range', { column: 'order_id', min: '1', max: '' }],
  ['range', { column: 'amount', min: '0', max: '100000' }],
  ['range', { column: 'quantity', min: '0', max: '100' }],
  ['range', { column: 'ordered_on', min: '2023-01-01', max: '2027-01-01' }],
  ['range', { column: 'shipped_on', min: '2023-01-01', max: '2027-01-01' }],
  ['accepted_values', { column: 'status', values: ['paid', 'shipped', 'delivered', 'cancelled'] }],
  ['accepted_values', { column: 'country', values: ['DE', 'FR', 'US', 'GB', 'ES', 'IT'] }],
  ['format', { column: 'country', format: 'country' }],
  ['pattern', { column: 'status', pattern: '^[a-z]+$' }],
  ['format', { column: 'email', format: 'email' }],
  ['length', { column: 'note', min: 1, max: 100 }],
  ['length', { column: 'status', min: 4, max: 10 }],
  ['compare_columns', { column: 'ordered_on', operator: '<=', other: 'shipped_on' }],
  ['business_rule', { condition: 'amount >= 0 and quantity >= 0' }],
];

const texts = ['email', 'status', 'country', 'note'];
const numbers = ['order_id', 'customer_id', 'amount', 'quantity'];
const days = ['ordered_on', 'shipped_on'];

/** Bounds that hold in nearly all rows, wider with each `at`. */
const numberRange = (column: string, at: number): Kind => [
  'range',
  { column, min: String(-at), max: String(100_000_000 + at) },
];
const dayRange = (column: string, at: number): Kind => [
  'range',
  { column, min: `20${20 - at}-01-01`, max: `20${30 + at}-01-01` },
];

/** Ten rules for each of the ten columns: filled in, ranges or lengths, lists, forms, and how columns compare. */
const hundred: readonly Kind[] = [
  ...[...texts, ...numbers, ...days].map((column): Kind => ['not_null', { column }]),
  ...numbers.flatMap((column) => [0, 1, 2, 3, 4, 5].map((at) => numberRange(column, at))),
  ...days.flatMap((column) => [0, 1, 2, 3, 4, 5].map((at) => dayRange(column, at))),
  ...texts.flatMap((column) => [0, 1, 2, 3].map((at): Kind => ['length', { column, min: 1, max: 100 + at }])),
  ...['status', 'country'].flatMap((column): Kind[] => [
    [
      'accepted_values',
      { column, values: ['paid', 'shipped', 'delivered', 'cancelled', 'DE', 'FR', 'US', 'GB', 'ES', 'IT'] },
    ],
    [
      'accepted_values',
      {
        column,
        values: ['paid', 'shipped', 'delivered', 'cancelled', 'PAID', 'DE', 'FR', 'US', 'GB', 'ES', 'IT'],
      },
    ],
    ['pattern', { column, pattern: '^[A-Za-z]+$' }],
    ['pattern', { column, pattern: '^.{2,10}$' }],
    ['format', { column, format: 'country' }],
  ]),
  ['format', { column: 'email', format: 'email' }],
  ['pattern', { column: 'note', pattern: '^note ' }],
  ...['email', 'note'].map((column): Kind => ['business_rule', { condition: `${column} not like ' %'` }]),
  ...['email', 'note'].map((column): Kind => ['business_rule', { condition: `${column} <> ''` }]),
  ...(['<=', '<', '<>', '<='] as const).map(
    (operator, at): Kind => [
      'compare_columns',
      { column: at === 3 ? 'quantity' : 'ordered_on', operator, other: at === 3 ? 'order_id' : 'shipped_on' },
    ],
  ),
  ...numbers.map((column): Kind => ['business_rule', { condition: `${column} >= 0` }]),
  ...days.map((column): Kind => ['business_rule', { condition: `${column} < date '2040-01-01'` }]),
  ...numbers.flatMap((column): Kind[] => [
    ['business_rule', { condition: `status <> 'paid' or ${column} >= 0` }],
    ['conditional', { when: `country = 'DE'`, holds: `${column} is not null` }],
  ]),
];

const rulesOf = (kinds: readonly Kind[]): CheckRule[] =>
  kinds.map(([kind, params], at) => ({ id: `r${at}`, kind, params, failAbove: 0 }));

let dir: string;
let workspace: Workspace;
const signal = new AbortController().signal;

async function prepare(): Promise<void> {
  dir = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  workspace = await openWorkspace({ dir, create: true });
  await workspace.database.run(sql`select setseed(0.5)`);
  await workspace.database.run(makeOrders);
}

async function cleanup(): Promise<void> {
  await workspace.close();
  await rm(dir, { recursive: true });
}

const together = (rules: readonly CheckRule[]) =>
  runTable({ database: workspace.database, signal }, 'orders', rules, () => {});

/** The plain way: count the bad rows of each rule by a query of its own. */
async function oneByOne(rules: readonly CheckRule[]): Promise<void> {
  const { database } = workspace;
  const table = await checkedTable(database, 'orders');
  for (const rule of rules) {
    const plan = planRule(rule, 'orders', table?.columns ?? []);
    if (plan.by === 'row') await database.one(sql`select count(*) from orders where ${plan.breaks}`);
  }
}

const bench = (name: string, goal: number, runs: number, kinds: readonly Kind[]) => {
  const rules = rulesOf(kinds);
  return defineBench({
    name,
    unit: 'ms',
    goal,
    peerName: 'one query per rule',
    runs,
    prepare,
    ours: () => together(rules),
    peer: () => oneByOne(rules),
    cleanup,
  });
};

export default [bench('rules-20', 0.4, 3, twenty), bench('rules-100', 0.2, 1, hundred)];
