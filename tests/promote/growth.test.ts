import { expect, test } from 'vitest';
import type { PromotedObject } from '../../electron/engine/promote/objects/objects.ts';
import { columnsInWords } from '../../electron/engine/promote/plan/column-words.ts';
import { growthOf } from '../../electron/engine/promote/plan/growth.ts';
import { stayingHere } from '../../electron/engine/promote/plan/planning.ts';
import type { Existing } from '../../electron/engine/promote/target/existing.ts';

const table = (name: string, rows: number, columns: Readonly<Record<string, string>>) =>
  ({
    ...{ kind: 'table', form: 'table', to: 'public', name, rows, by: [] },
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  }) as unknown as PromotedObject;

test('with more rows, events are advised to be kept by month, and large tables to lie together by what they share', () => {
  const objects = [
    table('events', 2_000_000, { id: 'bigint', customer_id: 'integer', seen: 'timestamp without time zone' }),
    table('orders', 1_500_000, { id: 'bigint', customer_id: 'integer' }),
    table('countries', 200, { id: 'integer', name: 'text' }),
  ];
  const [ten, hundred] = growthOf(
    objects,
    { rows: 3_500_200, bytes: 1000, ms: 10 },
    new Map([['events', 800]]),
  );
  expect([ten?.rows, ten?.bytes, ten?.ms]).toEqual([35_002_000, 10_000, 100]);
  expect(ten?.advice.map(({ sql }) => sql)).toEqual([
    'create table "public"."events" (…) partition by range ("seen");\ncreate table "public"."events_rest" partition of "public"."events" default;',
  ]);
  expect(ten?.advice[0]?.says).toContain('partition: { by: seen, every: year }');
  expect(hundred?.advice[0]?.says).toContain('partition: { by: seen, every: month }');
  expect(hundred?.advice[1]?.says).toBe(
    'With Citus: events, orders distributed by customer_id; countries on every server.',
  );
  expect(hundred?.advice[1]?.sql).toBe(
    `select create_distributed_table('"public"."events"', 'customer_id');\n` +
      `select create_distributed_table('"public"."orders"', 'customer_id', colocate_with => '"public"."events"');\n` +
      `select create_reference_table('"public"."countries"');`,
  );
});

test('a plan names the columns that a table gets and those whose types change', () => {
  const there = {
    carried: {
      columns: [
        { name: 'a', type: 'integer' },
        { name: 'b', type: 'text' },
      ],
    },
  };
  const said = columnsInWords(
    table('t', 1, { a: 'bigint', b: 'text', c: 'date' }),
    there as unknown as Existing,
  );
  expect(said).toEqual(['New columns: c date.', 'Types change: a from integer to bigint.']);
});

test('without vectors, what holds them and what is made of it is neither sent nor compared', () => {
  const made = (object: PromotedObject, reads: readonly string[]) =>
    ({ ...object, made: { reads } }) as never;
  const [plain, vectors] = [table('t', 1, { a: 'text' }), table('v', 1, { e: 'vector(2)' })];
  const view = made(table('w', 1, { id: 'text' }), ['public.v']);
  const objects = [plain, { ...vectors, schema: 'public' }, view];
  const left = (vector: 'missing' | 'installed') =>
    stayingHere(objects, { vector }, true).map(({ name }) => name);
  expect([left('missing'), left('installed')]).toEqual([['v', 'w'], []]);
});
