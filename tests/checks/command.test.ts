import { expect, test } from 'vitest';
import check from '../../electron/cli/commands/check.ts';
import type { Engine } from '../../shared/contract/index.ts';
import { makeTable, type OpenChecks, openChecks, rule } from './open-checks.ts';

const assayCheck = ({ room, dir }: OpenChecks, args: string[] = [], options: { strict?: boolean } = {}) =>
  check.run({
    args,
    options,
    dir,
    engine: async () => ({ checks: { run: (chosen: object) => room.run(chosen) } }) as unknown as Engine,
    long: {},
  });

test('says each finding, and ends with 1 where a rule fails', async () => {
  const open = await openChecks();
  await makeTable(open.database, 'orders', { rows: [{ id: '1' }, { id: null }, { id: '3' }] });
  await open.room.save({ table: 'orders', rules: [rule('id_filled', 'not_null', { column: 'id' })] });
  const { json, text, exit } = await assayCheck(open);
  expect(exit).toBe(1);
  expect(text).toContain('fail     orders  id_filled  66.67%  1 of 3    `id` is filled in');
  expect(json).toMatchObject({
    verdict: 'fail',
    findings: [
      {
        check: 'id_filled',
        kind: 'not_null',
        table: 'orders',
        columns: ['id'],
        verdict: 'fail',
        value: 66.67,
        rowsRead: 3,
        badRows: 1,
        sql: 'select _row from "orders" where "id" is null',
      },
    ],
    problems: [],
  });
});

test('a warning and a table without rows end with 0, under --strict with 1; an error always ends with 1', async () => {
  const open = await openChecks();
  await makeTable(open.database, 'warned', { rows: [{ id: null }, { id: '3' }] });
  await makeTable(open.database, 'empty', { rows: [], types: { id: 'text' } });
  const filled = rule('id_filled', 'not_null', { column: 'id' }, { warnAbove: 0, failAbove: 100 });
  for (const table of ['warned', 'empty', 'gone']) await open.room.save({ table, rules: [filled] });
  const exits = [];
  for (const table of ['warned', 'empty', 'gone']) {
    for (const strict of [false, true])
      exits.push([table, strict, (await assayCheck(open, [table], { strict })).exit]);
  }
  expect(exits).toEqual([
    ['warned', false, 0],
    ['warned', true, 1],
    ['empty', false, 0],
    ['empty', true, 1],
    ['gone', false, 1],
    ['gone', true, 1],
  ]);
});

test('a workspace without rules says what to do', async () => {
  const { text, exit } = await assayCheck(await openChecks());
  expect(text).toMatch(/^There are no rules to check/);
  expect(exit).toBe(0);
});
