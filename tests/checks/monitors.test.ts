import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tellFailures } from '../../electron/engine/checks/alerts/alerts.ts';
import { BackgroundRuns } from '../../electron/engine/checks/background-runs.ts';
import { LoadWatch } from '../../electron/engine/checks/monitors/watch-loads.ts';
import { runAfter } from '../../electron/engine/checks/run-by-itself.ts';
import { SavedRules } from '../../electron/engine/checks/run-saved-rules.ts';
import type { CheckRule } from '../../shared/contract/checks.ts';
import { sql } from '../../shared/sql.ts';
import { replay, usualAt, usualBounds } from '../../shared/usual-values.ts';
import { makeTable, type OpenChecks, openChecks, rule } from './open-checks.ts';
import { repeat } from './table-of.ts';

const day = 86_400_000;
const daily = (values: readonly number[], from = Date.UTC(2026, 0, 1, 6)) =>
  values.map((value, at) => ({ value, at: new Date(from + at * day).toISOString() })).toReversed();

test('weekends, and the ends of months, are held against their like', () => {
  const weekly = daily(repeat(84, (at) => (at % 7 === 2 || at % 7 === 3 ? 40 + (at % 2) : 100 + (at % 3))));
  const next = new Date(Date.UTC(2026, 0, 1, 6) + 84 * day);
  const at = (days: number) => usualBounds(usualAt(weekly, 'auto', new Date(next.getTime() + days * day)), 5);
  expect(at(0).min).toBeGreaterThan(80);
  expect(at(2).max).toBeLessThan(60);
  const monthly = daily(
    repeat(180, (n) => {
      const moment = new Date(Date.UTC(2026, 0, 1, 6) + n * day);
      return new Date(moment.getTime() + 3 * day).getMonth() === moment.getMonth()
        ? 100 + (n % 3)
        : 300 + (n % 5);
    }),
  );
  const judged = replay(monthly, { season: 'auto', tolerance: 5, least: 7 });
  const alarms = monthly.slice(0, 90).filter(({ value }, place) => {
    const bounds = judged[place];
    return bounds !== undefined && (value < bounds.min || value > bounds.max);
  });
  expect(alarms).toEqual([]);
});

test('an incident is no example, and four values in a row are a new level', () => {
  const values = daily([10, 11, 10, 12, 11, 10, 11, 12, 90, 11]);
  const marked = values.map((one) => (one.value === 90 ? { ...one, incident: 'doubled' } : one));
  expect(usualAt(marked, 'none', new Date()).values).toBe(9);
  expect(usualBounds(usualAt(marked, 'none', new Date()), 5).max).toBeLessThan(20);
  const shifted = daily([...repeat(20, (at) => 10 + (at % 3)), 50, 51, 50, 52]);
  expect(usualAt(shifted, 'none', new Date()).middle).toBeGreaterThan(45);
});

test('an hour is that of the place, whichever the clocks are set to', () => {
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Europe/Berlin';
  try {
    // Every night at two, in winter and in summer.
    const nights = ['2026-03-26T01:00Z', '2026-03-27T01:00Z', '2026-03-30T00:00Z', '2026-03-31T00:00Z'];
    const values = nights.map((at, place) => ({ value: 100 + place, at })).toReversed();
    expect(usualAt(values, 'hour', new Date('2026-04-01T00:00Z')).values).toBe(4);
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

/** Loads a table anew, so many rows, and lets the watch see it. */
async function load({ database }: OpenChecks, watch: LoadWatch, rows: number): Promise<void> {
  await makeTable(database, 'orders', {
    types: { id: 'integer', day: 'date' },
    rows: repeat(rows, (at) => ({ id: at, day: '2026-01-02', note: at % 2 ? 'x' : null })),
  });
  watch.look();
  await watch.settled();
}

test('each load is remembered; a value is held against those before it, never against itself; incidents are left out', async () => {
  const open = await openChecks();
  const { database, room } = open;
  const seen: string[] = [];
  const watch = new LoadWatch(
    database,
    async ({ table, cause }) => void seen.push(`${table} ${cause}`),
    (thrown) => {
      throw thrown;
    },
  );
  for (const rows of [10, 11, 10, 12]) await load(open, watch, rows);
  expect(seen).toEqual(repeat(4, () => 'orders query'));
  const figures = await database.query<{ column: string; figure: string; value: number }>(sql`
    select column_name as column, figure, value from assay.figures where version = 4 and figure <> 'age' order by 1, 2`);
  expect(figures.map(({ column, figure, value }) => [column, figure, value])).toEqual([
    ['', 'rows', 12],
    ['day', 'distinct', 1],
    ['day', 'least', 1767312000],
    ['day', 'most', 1767312000],
    ['day', 'nulls', 0],
    ['id', 'distinct', 12],
    ['id', 'least', 0],
    ['id', 'mean', 5.5],
    ['id', 'median', 5.5],
    ['id', 'most', 11],
    ['id', 'nulls', 0],
    ['id', 'upper tenth', 9.9],
    ['note', 'distinct', 1],
    ['note', 'empty', 0],
    ['note', 'nulls', 50],
  ]);
  const params = { figure: 'rows', column: '', season: 'none', tolerance: 5, least: 4 };
  await room.save({ table: 'orders', rules: [rule('volume', 'usual_value', params)] });
  const run = async () => (await room.run({})).findings[0];
  expect(await run()).toMatchObject({
    verdict: 'not evaluated',
    reason: expect.stringContaining('3 comparable values of the 4'),
  });
  await load(open, watch, 1);
  const failed = await run();
  expect(failed).toMatchObject({ verdict: 'fail', value: 1 });
  expect((await run())?.bounds).toEqual(failed?.bounds);
  const { values, needed } = await room.monitor({ table: 'orders', check: 'volume' });
  expect(values.every(({ changes }) => changes.length === 0)).toBe(true);
  expect([needed, values.map(({ value }) => value)]).toEqual([4, [1, 12, 10, 11, 10]]);
  expect(values.map(({ bounds }) => bounds !== null)).toEqual([true, false, false, false, false]);
  const at = values[0]?.at ?? '';
  expect(
    (await room.incident({ table: 'orders', check: 'volume', at, note: 'half a file' })).values[0],
  ).toMatchObject({ incident: 'half a file' });
  await load(open, watch, 11);
  expect(await run()).toMatchObject({ verdict: 'pass', bounds: failed?.bounds });
  await expect(
    room.incident({ table: 'orders', check: 'volume', at: '2020-01-01T00:00:00.000Z', note: null }),
  ).rejects.toMatchObject({ problem: { code: 'not_found' } });
  const cards = await room.scores({});
  expect(cards.map(({ table }) => table)).toEqual([null, 'orders']);
  expect(cards[1]?.scores).toMatchObject([
    { name: 'Completeness', value: '81.82%', met: false },
    { name: 'Accuracy errors', value: null, met: null },
    { name: 'Consistency', value: null, met: null },
    { name: 'Freshness', value: '0 min', met: null },
  ]);
  const range = (id: string, column: string) => rule(id, 'range', { column, min: '0', max: '' });
  const rules = [rule('volume', 'usual_value', params), range('low', 'id'), range('gone', 'no such column')];
  await room.save({ table: 'orders', rules });
  await room.run({ ids: ['low', 'gone'] });
  expect((await room.scores({}))[1]?.scores[1]).toMatchObject({
    ...{ name: 'Accuracy errors', value: '0%', met: null },
    says: 'Rows that break the one rule on ranges and business rules. One more was not evaluated, or measures a value that fails.',
  });
  await makeTable(database, 'orders', {
    types: { id: 'bigint', day: 'date' },
    rows: [{ id: 1, day: '2026-01-02' }],
  });
  watch.look();
  await watch.settled();
  const [latest] = (await room.monitor({ table: 'orders', check: 'volume' })).values;
  expect(latest?.changes).toEqual(['`note` (text) is missing', '`id` is bigint, not integer']);
  // A column of another sort of values has no history from before.
  const days = rule('days', 'usual_value', { ...params, figure: 'distinct', column: 'day' });
  await room.save({ table: 'orders', rules: [days] });
  const remembered = async () => (await room.monitor({ table: 'orders', check: 'days' })).values.length;
  expect(await remembered()).toBe(7);
  await makeTable(database, 'orders', { rows: [{ id: 1, day: 'Friday' }] });
  watch.look();
  await watch.settled();
  expect(await remembered()).toBe(1);
  await database.run(sql`update assay.tables set name = 'renamed' where name = 'orders'`);
  expect(await database.query(sql`select distinct table_name from assay.figures`)).toEqual([
    { table_name: 'renamed' },
  ]);
  await watch.stop();
});

test('of files that an editor saves, also half written, those rules run that are new or changed', async () => {
  const { room, database, dir, context } = await openChecks();
  await makeTable(database, 'orders', { rows: [{ id: null }] });
  const aside = { runs: new BackgroundRuns(context.emit), failed: () => {}, afterSave: true };
  const saved = new SavedRules(context, aside);
  const [there, twice] = ['there', 'twice'].map((id) => rule(id, 'not_null', { column: 'id' }));
  const runs = async () => {
    saved.look();
    await saved.settled();
    const found = await database.query<{ check: string }>(
      sql`select quality_check as check from assay.data_quality_checks order by id`,
    );
    return found.map(({ check }) => check);
  };
  await room.save({ table: 'orders', rules: [there as CheckRule] });
  expect(await runs()).toEqual(['there']);
  const file = join(dir, 'checks', 'orders.yaml');
  const written = await readFile(file, 'utf8');
  await writeFile(file, written.slice(0, written.indexOf('kind: not_null')).concat('{'));
  expect(await runs()).toEqual(['there']);
  await writeFile(file, written);
  expect(await runs()).toEqual(['there']);
  await writeFile(join(dir, 'checks', 'second.yaml'), 'schema: [{ name: orders }]\n');
  await room.save({ table: 'orders', rules: [there, twice] as CheckRule[] });
  expect(await runs()).toEqual(['there', 'twice']);
});

test('checks run by themselves where the workspace wants it; a command is told only where it was allowed', async () => {
  const { room, database, dir, context, events } = await openChecks();
  await makeTable(database, 'orders', { rows: [{ id: null }] });
  await room.save({ table: 'orders', rules: [rule('there', 'not_null', { column: 'id' })] });
  const failed: unknown[] = [];
  const runs = new BackgroundRuns(context.emit);
  const aside = { runs, failed: (thrown: unknown) => failed.push(thrown), afterSave: false };
  const { signal } = new AbortController();
  const after = async (moment: 'import' | 'save') => {
    await runAfter(context, { table: 'orders', moment }, signal, aside);
    return room.history({ table: 'orders', check: 'there', limit: 10 });
  };
  expect(await after('save')).toHaveLength(1);
  const [first] = await after('import');
  expect(first?.verdict).toBe('fail');
  const told = () => events.filter((event) => event.event === 'task');
  const steps = (task: number, title: string) =>
    ['running', 'running', 'running', 'done'].map((status) => [task, title, status]);
  expect(told().map(({ task, title, status }) => [task, title, status])).toEqual([
    ...steps(1, 'Checking orders after saving'),
    ...steps(2, 'Checking orders after its import'),
  ]);
  await database.run(sql`create view bare as select id from orders`);
  await room.save({ table: 'bare', rules: [rule('seen', 'not_null', { column: 'id' })] });
  await after('import');
  expect(await room.history({ table: 'bare', check: 'seen', limit: 2 })).toMatchObject([{ verdict: 'fail' }]);
  await room.save({ table: 'bare', rules: [] });
  const condition = '(select count(*) from generate_series(1, 1e9)) > 0';
  await room.save({
    table: 'slow',
    of: { sql: 'select * from orders' },
    rules: [rule('slow', 'business_rule', { condition })],
  });
  const stopped = runAfter(context, { table: 'orders', moment: 'import' }, signal, aside);
  await expect
    .poll(() => told().some(({ progress }) => progress?.title === 'Checking slow'), { timeout: 20_000 })
    .toBe(true);
  runs.stop(4);
  await stopped;
  expect(told().at(-1)).toMatchObject({ task: 4, status: 'cancelled' });
  await room.save({ table: 'slow', rules: [] });
  await database.run(sql`delete from assay.data_quality_checks where id > ${first?.id ?? 0}`);
  await runAfter(context, { table: 'nosuch', moment: 'import' }, signal, aside);
  const settings = join(dir, 'assay.yaml');
  const before = await readFile(settings, 'utf8');
  const wish = (command: string) =>
    writeFile(
      settings,
      `${before}checks:\n  tables: { orders: { runAfter: [] } }\n  alerts: { desktop: true, command: ${JSON.stringify(command)} }\n`,
    );
  await wish(`node -e "process.stdin.pipe(require('fs').createWriteStream('told.json'))"`);
  expect(await after('import')).toHaveLength(2);
  if (!first) throw new Error('Nothing failed.');
  await tellFailures(context, [first]);
  expect(await readFile(join(dir, 'told.json'), 'utf8').catch(() => 'not told')).toBe('not told');
  expect(await room.allowAlerts({ allow: true })).toMatchObject({ allowed: true });
  await tellFailures(context, [first]);
  expect(JSON.parse(await readFile(join(dir, 'told.json'), 'utf8'))).toMatchObject({
    findings: [{ table: 'orders', check: 'there', verdict: 'fail', badRows: 1 }],
  });
  // Where no window stays open, a run has told before it ends.
  await room.save({ table: 'orders', rules: [rule('later', 'not_null', { column: 'id' })] });
  await room.run({});
  expect(await readFile(join(dir, 'told.json'), 'utf8')).toContain('"check":"later"');
  await wish('exit 3');
  expect(await room.alerts({})).toMatchObject({ allowed: false, desktop: true, command: 'exit 3' });
  await room.allowAlerts({ allow: true });
  await expect(tellFailures(context, [first])).rejects.toMatchObject({
    problem: { message: expect.stringContaining('ended with 3') },
  });
  expect(failed).toEqual([]);
});
