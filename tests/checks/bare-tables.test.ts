import { expect, test } from 'vitest';
import { runTable } from '../../electron/engine/checks/run-table.ts';
import type { CheckDefinition } from '../../shared/define-check.ts';
import type { ExampleTable } from '../../shared/define-step.ts';
import { checks } from '../../shared/registry.ts';
import { sharedDatabase } from '../open-test-engine.ts';
import { columnsOf } from '../steps/example-rows.ts';
import { hostileCheckExample } from './hostile-check.ts';
import { makeTable, rule } from './open-checks.ts';

const database = sharedDatabase();

const none = 'not evaluated';

/** What the first example of each kind says of three rows of nulls, of no row, and of its own first row. */
const expected: Readonly<Record<string, readonly [nulls: string, empty: string, one: string]>> = {
  accepted_values: [none, none, 'pass'],
  aggregate_bound: [none, none, 'pass'],
  business_rule: [none, none, 'pass'],
  columns: ['pass', 'pass', 'pass'],
  compare_columns: [none, none, 'pass'],
  completeness: ['fail', none, 'pass'],
  conditional: [none, none, 'pass'],
  custom_sql: ['pass', none, 'pass'],
  drift: ['fail', none, 'fail'],
  foreign_key: [none, none, 'pass'],
  format: [none, none, 'pass'],
  freshness: [none, none, 'fail'],
  functional_dependency: [none, none, 'pass'],
  json_schema: [none, none, 'pass'],
  length: [none, none, 'pass'],
  misspelt: [none, none, 'pass'],
  monotonic: [none, none, 'pass'],
  near_duplicates: [none, none, 'pass'],
  near_vectors: [none, none, 'pass'],
  no_gaps: [none, none, 'pass'],
  not_null: ['fail', none, 'pass'],
  outliers: [none, none, none],
  pattern: [none, none, 'pass'],
  postcode: [none, none, 'pass'],
  range: [none, none, 'pass'],
  reconciliation: ['fail', 'fail', 'fail'],
  row_count: ['pass', 'fail', 'fail'],
  row_count_change: [none, none, none],
  same_in_table: ['fail', none, 'pass'],
  sql_value: ['pass', 'pass', 'pass'],
  sum_of_columns: [none, none, 'pass'],
  sum_to_total: [none, none, 'pass'],
  text_type: [none, none, 'pass'],
  unique: [none, none, 'pass'],
  usual_value: [none, none, none],
};

const hostile = `it's "a"; --`;

async function verdictOn(kind: string, rows: ExampleTable['rows'], definition: CheckDefinition) {
  const [example] = definition.examples;
  if (!example) throw new Error(`${kind} has no example.`);
  const types = Object.fromEntries(columnsOf(example.table).map(({ name, type }) => [name, type]));
  const table = { ...example.table, types, rows };
  const named = hostileCheckExample(definition, { ...example, table }, hostile, `${hostile}9`);
  for (const [other, its] of Object.entries(named.others ?? {})) await makeTable(database(), other, its);
  await makeTable(database(), `${hostile}9`, named.table);
  const evaluating = { database: database(), signal: new AbortController().signal };
  const [found] = await runTable(evaluating, `${hostile}9`, [rule('a_rule', kind, named.params)], () => {});
  return found;
}

test('there is an expectation for every kind', () => {
  expect(Object.keys(expected)).toEqual([...checks.keys()].sort());
});

test.each([...checks])('%s never passes for want of something to look at', async (kind, definition) => {
  const first = definition.examples[0]?.table.rows.slice(0, 1) ?? [];
  const found = [];
  for (const rows of [[{}, {}, {}], [], first]) found.push(await verdictOn(kind, rows, definition));
  expect(found.map((one) => one?.verdict)).toEqual(expected[kind]);
  for (const one of found.filter((each) => each?.verdict === none)) expect(one?.reason).toMatch(/\w.*\.$/);
});

/** Kinds whose bad rows are told by the rows beside them: without one, the next is bad. */
const byNeighbours = ['no_gaps'];

test.each([...checks].filter(([kind, { examples }]) => !byNeighbours.includes(kind) && examples[0]?.bad))(
  '%s finds nothing on the clean twin',
  async (kind, definition) => {
    const rows = definition.examples[0]?.table.rows ?? [];
    const bad = definition.examples[0]?.bad ?? [];
    const clean = rows.filter((_, at) => !bad.includes(at));
    expect((await verdictOn(kind, clean, definition))?.badRows).toBe(0);
  },
);

test.each<[string, string, Record<string, unknown>, ExampleTable, ExampleTable | undefined, string, RegExp]>([
  [
    'no row meets the first condition',
    'conditional',
    { when: "a = 'x'", holds: 'b = 1' },
    { types: { b: 'integer' }, rows: [{ a: 'y', b: 1 }] },
    undefined,
    none,
    /^No row meets the first condition/,
  ],
  [
    'more than half are equal, and one is far off',
    'outliers',
    { column: 'n', method: 'mad', factor: null },
    { types: { n: 'integer' }, rows: [{ n: 0 }, { n: 0 }, { n: 0 }, { n: 9000 }] },
    undefined,
    none,
    /no spread to measure by/,
  ],
  [
    'the reference has no rows',
    'drift',
    { column: 'n', table: 'other', reference: 'n', method: 'js', max: 0.1, warnMax: null },
    { rows: [{ n: 'a' }] },
    { types: { n: 'text' }, rows: [] },
    none,
    /^One of the two tables has nothing to compare/,
  ],
  [
    'neither table has a key',
    'reconciliation',
    { table: 'other', figure: 'keys', column: 'k', other: '', max: 0, warnMax: null },
    { rows: [{ k: null }] },
    { rows: [{ k: null }] },
    none,
    /^There was nothing to compare/,
  ],
  [
    'a sum is held against no rows, whose sum is 0',
    'reconciliation',
    { table: 'other', figure: 'sum', column: 'k', other: '', max: 0, warnMax: null },
    { types: { k: 'integer' }, rows: [{ k: 7 }] },
    { types: { k: 'integer' }, rows: [] },
    'fail',
    /^It is 7, more than 0/,
  ],
  [
    'an empty table has few distinct values',
    'aggregate_bound',
    { column: 'n', figure: 'distinct', min: null, max: 5, warnMin: null, warnMax: null },
    { types: { n: 'text' }, rows: [] },
    undefined,
    none,
    /^The table has no rows/,
  ],
  [
    'the only date has not come yet',
    'freshness',
    { column: 'd', max: 24, warnMax: null },
    { types: { d: 'date' }, rows: [{ d: '2999-01-01' }] },
    undefined,
    none,
    /^No row has a `d` that has come already/,
  ],
  [
    'a condition would be passed over',
    'sql_value',
    { query: 'select 1', min: 0, max: null, warnMin: null, warnMax: null },
    { rows: [{ a: 'x' }] },
    undefined,
    'error',
    /takes no condition on rows/,
  ],
  [
    'a collection of another table',
    'near_vectors',
    { column: '', collection: 'nowhere', distance: null },
    { rows: [{ a: 'x' }] },
    undefined,
    'error',
    /nowhere/,
  ],
])('%s: %s', async (_says, kind, params, table, other, verdict, reason) => {
  if (other) await makeTable(database(), 'other', other);
  await makeTable(database(), 'checked', table);
  const evaluating = { database: database(), signal: new AbortController().signal };
  const [found] = await runTable(
    evaluating,
    'checked',
    [rule('a_rule', kind, params, kind === 'sql_value' ? { where: 'true' } : {})],
    () => {},
  );
  expect(found?.verdict, found?.reason ?? '').toBe(verdict);
  expect(found?.reason).toMatch(reason);
});
