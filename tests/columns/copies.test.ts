import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { decodePage } from '../../shared/decode-page.ts';
import { type View, view as viewSchema } from '../../shared/view/view.ts';
import { sharedTestEngine } from '../open-test-engine.ts';

const shared = sharedTestEngine();
const rows = 3000;

const run = (text: string) => shared().engine.query.run({ text });
const make = (table: string) =>
  run(
    `create table ${table} as select g as id, g % 7 as kind, 'n' || g as name, g * 0.5 as amount from generate_series(1, ${rows}) g`,
  );

const view = (given: Partial<View>): View => viewSchema.parse(given);
const byKind = view({
  sort: [
    { column: 'kind', descending: true },
    { column: 'id', descending: false },
  ],
  filters: [{ kind: 'range', column: 'id', from: '100', fromOpen: false, toOpen: false }],
});

async function ids(table: string, asked: View, offset: number, limit: number) {
  const { bytes, total } = await shared().engine.tables.page({
    source: { of: 'table', table, view: asked },
    offset,
    limit,
  });
  const page = decodePage(bytes);
  return { total, ids: Array.from({ length: page.rows }, (_, row) => page.cell(row, 0)) };
}

const folder = () => join(shared().dir, '.assay', 'columns');
const copies = async () =>
  existsSync(folder()) ? (await readdir(folder())).filter((name) => name.endsWith('.duckdb')) : [];

/** Looks until the copy stands. */
async function copied(table: string): Promise<string> {
  const before = await copies();
  await ids(table, byKind, 0, 1);
  return vi.waitFor(
    async () => {
      const added = (await copies()).find((name) => !before.includes(name));
      expect(added).toBeDefined();
      return join(folder(), added as string);
    },
    { timeout: 30_000, interval: 50 },
  );
}

test('a look makes a copy, and a copy gives the same rows', async () => {
  await make('looked');
  const before = await ids('looked', byKind, 1700, 5);
  await copied('looked');
  expect(await ids('looked', byKind, 1700, 5)).toEqual(before);
  const wanted = Array.from({ length: rows - 99 }, (_, at) => at + 100);
  wanted.sort((a, b) => (b % 7) - (a % 7) || a - b);
  expect(before).toEqual({ total: 2901, ids: wanted.slice(1700, 1705) });
});

test('a table that was changed never shows an old answer, whatever changed it', async () => {
  await make('changed');
  await copied('changed');
  const first = async () => (await ids('changed', byKind, 0, 1)).ids[0];
  await run('update changed set kind = 99 where id = 2000');
  expect(await first()).toBe(2000);
  await copied('changed');
  await run('insert into changed (id, kind) values (5000, 100)');
  expect(await ids('changed', byKind, 0, 2)).toEqual({ total: 2902, ids: [5000, 2000] });
  await run('delete from changed where id = 5000');
  expect(await first()).toBe(2000);
  await run('do $$ begin update changed set kind = 101 where id = 150; end $$');
  expect(await first()).toBe(150);
  await run(
    `create function touch_all() returns bigint language sql as 'update changed set kind = 102 where id = 151 returning 1::bigint'`,
  );
  await run('select touch_all()');
  expect(await first()).toBe(151);
  await run('alter table changed rename column name to called');
  const { bytes } = await shared().engine.tables.page({
    source: { of: 'table', table: 'changed', view: byKind },
    offset: 0,
    limit: 1,
  });
  expect(decodePage(bytes).columns.map(({ name }) => name)).toEqual(['id', 'kind', 'called', 'amount']);
  await run('truncate changed');
  expect(await ids('changed', byKind, 0, 1)).toEqual({ total: 0, ids: [] });
});

test('a copy that is damaged or gone is replaced by PostgreSQL, and then by another copy', async () => {
  await make('damaged');
  const file = await copied('damaged');
  const right = await ids('damaged', byKind, 10, 4);
  await rm(file);
  expect(await ids('damaged', byKind, 10, 4)).toEqual(right);
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 30_000 });
  await rm(file);
  await writeFile(file, 'not a database');
  expect(await ids('damaged', byKind, 10, 4)).toEqual(right);
  await vi.waitFor(async () => expect((await ids('damaged', byKind, 10, 4)) && existsSync(file)).toBe(true), {
    timeout: 30_000,
  });
});

test('a sorted view is put in order once, and says what it does', async () => {
  await make('arranged');
  await shared().engine.tables.arrange({ table: 'arranged', view: byKind });
  const all = await ids('arranged', byKind, 0, 3000);
  const kinds = all.ids.map((id) => (id as number) % 7);
  expect(kinds).toEqual([...kinds].sort((a, b) => b - a));
  expect((await ids('arranged', byKind, 2899, 10)).ids).toEqual(all.ids.slice(2899));
});

test('a view of a column that is gone says which', async () => {
  await make('narrow');
  const lost = view({ filters: [{ kind: 'filled', column: 'gone', not: false }] });
  await expect(ids('narrow', lost, 0, 1)).rejects.toMatchObject({
    problem: { code: 'not_found', at: { table: 'narrow', column: 'gone' } },
  });
});

test('many who look at once share one copy', async () => {
  await make('shared');
  await copied('shared');
  await run('update shared set kind = 50 where id = 300');
  await copied('shared');
  const kept = await copies();
  const all = await Promise.all(Array.from({ length: 12 }, (_, at) => ids('shared', byKind, at, 1)));
  expect(all[0]).toEqual({ total: 2901, ids: [300] });
  expect(await copies()).toEqual(kept);
});

test('where no copy can be kept PostgreSQL answers', async () => {
  await make('uncopied');
  await rm(folder(), { recursive: true, force: true });
  await writeFile(folder(), 'in the way');
  const { rows: profiled } = await shared().engine.tables.profile({ table: 'uncopied', columns: ['kind'] });
  expect(profiled).toBe(rows);
  await shared().engine.tables.arrange({ table: 'uncopied', view: byKind });
  expect(await ids('uncopied', byKind, 0, 1)).toEqual({ total: 2901, ids: [104] });
  await rm(folder());
});

test('whoever cancels does not wait for a copy, which is made all the same; others hear how far it is', async () => {
  await run('create table sizeable as select g as id from generate_series(1, 120000) g');
  const copied = async () => (await copies()).some((name) => name.endsWith('-120000.duckdb'));
  const stop = new AbortController();
  const sorted = shared().engine.tables.arrange(
    { table: 'sizeable', view: view({ sort: [{ column: 'id', descending: true }] }) },
    { signal: stop.signal, onProgress: () => stop.abort() },
  );
  const heard: (string | undefined)[] = [];
  const profiled = shared().engine.tables.profile(
    { table: 'sizeable', columns: ['id'] },
    { onProgress: ({ title, done, total, unit }) => heard.push(`${title}: ${done} of ${total} ${unit}`) },
  );
  await expect(sorted).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  expect(await copied()).toBe(false);
  await vi.waitFor(async () => expect(await copied()).toBe(true), { timeout: 30_000 });
  expect(await profiled).toMatchObject({ rows: 120_000, sampled: null });
  expect(heard).toContain('Copying sizeable to profile it: 120000 of 120000 rows');
});

test('a copy does not outlive the words, formulas and collations of its columns', async () => {
  await make('worded');
  await run("create type mood as enum ('sad', 'glad'); alter table worded add mood mood default 'sad'");
  await run('alter table worded add twice int generated always as (id * 2) virtual');
  await copied('worded');
  const last = async () => {
    const { bytes } = await shared().engine.tables.page({
      source: { of: 'table', table: 'worded', view: byKind },
      offset: 0,
      limit: 1,
    });
    return [4, 5].map((column) => decodePage(bytes).cell(0, column));
  };
  expect(await last()).toEqual(['sad', 208]);
  await run("alter type mood rename value 'sad' to 'sorry'");
  await run('alter table worded alter twice set expression as (id * 3)');
  expect(await last()).toEqual(['sorry', 312]);
  await run("update worded set name = 'A' where id = 7; update worded set name = 'a' where id = 8");
  await copied('worded');
  await run('alter table worded alter name type text collate "und-x-icu"');
  const byName = view({ sort: [{ column: 'name', descending: false }], filters: [] });
  expect(await ids('worded', byName, 0, 2)).toMatchObject({ ids: [8, 7] });
  await expect(run('set track_counts = off; update worded set kind = 3')).rejects.toThrow(/not seen/);
});
