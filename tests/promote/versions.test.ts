import { generateKeyPairSync } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { proven } from '../../electron/cli/shown-receipt.ts';
import { connectServer } from '../../electron/engine/promote/connection/server-session.ts';
import { isIntact, signed } from '../../electron/engine/promote/receipts/signature.ts';
import type { Receipt } from '../../shared/contract/promote.ts';
import { ident, sql } from '../../shared/sql.ts';
import { openTestEngine } from '../open-test-engine.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const accepted = { target: 'prod', acceptDestructive: true } as const;

test('several versions are kept, rolled back one by one; changes made there are shown and never replaced unasked', async () => {
  const { engine, ask, dir, target } = await openTarget(
    server,
    'create table t as select 1 as a; create table one as select 1 as id; create table other as select 1 as id',
  );
  await engine.workspace.saveTarget({ target: { ...target, keep: 2 } });
  await ask(`create table one (id int primary key); create table other (id int primary key references one);
    alter table one add foreign key (id) references other`);
  for (const version of [1, 2, 3, 4]) {
    await engine.query.run({ text: `update t set a = ${version}` });
    await engine.promote.apply(accepted);
  }
  expect(
    await ask(
      `select schemaname, count(*)::int as n from pg_tables where schemaname like 'assay_kept%' group by 1`,
    ),
  ).toMatchObject([{ n: 3 }, { n: 3 }]);
  await ask('update t set a = 99');
  const { drift } = await engine.promote.plan({ target: 'prod' });
  expect(drift).toMatchObject([{ table: 't', columns: ['a'], rowsThen: 1, rowsNow: 1 }]);
  await expect(engine.promote.apply(accepted)).rejects.toMatchObject({
    problem: { message: expect.stringContaining('changed on the target since') },
  });
  expect(await ask('select a from t')).toEqual([{ a: 99 }]);
  await engine.query.run({ text: 'update t set a = 5' });
  await engine.promote.apply({ ...accepted, acceptDrift: true });

  for (const before of [99, 3]) {
    expect((await engine.promote.rollback({ target: 'prod' })).status).toBe('rolled back');
    expect(await ask('select a from t')).toEqual([{ a: before }]);
  }
  await expect(engine.promote.rollback({ target: 'prod' })).rejects.toMatchObject({
    problem: { message: expect.stringContaining('has lost the table that it replaced') },
  });
  const receipts = await engine.promote.receipts({});
  expect(receipts.map(({ status }) => status)).toEqual([
    'rolled back',
    'rolled back',
    'verified',
    'verified',
    'verified',
  ]);
  const there = await ask('select receipt from assay_promotions.promotion order by at desc');
  const { receipt: _file, ...last } = receipts[0] as Receipt;
  expect(there[0]?.['receipt']).toMatchObject(last);
  const file = JSON.parse(await readFile(join(dir, String(receipts[0]?.receipt)), 'utf8')) as Receipt;
  expect([isIntact(file), isIntact(there[0]?.['receipt'] as Receipt)]).toEqual([true, true]);
  const [mine = ''] = receipts.map(({ receipt }) => String(receipt));
  expect(await engine.promote.proof({ file: mine })).toMatchObject({ intact: true, own: true });
  for (const status of ['verified', 'perfect']) {
    await writeFile(join(dir, mine), JSON.stringify({ ...file, status }));
    expect(await engine.promote.proof({ file: mine })).toMatchObject({
      intact: false,
      own: true,
      says: 'Its file was changed after it was signed: nothing in it is proven.',
    });
  }
  const foreign = join(dir, 'foreign.json');
  await writeFile(foreign, JSON.stringify(signed(file, generateKeyPairSync('ed25519').privateKey)));
  const theirs = await engine.promote.proof({ file: foreign });
  expect(theirs).toMatchObject({ intact: true, own: false });
  const exits = [undefined, theirs.key ?? '', 'another'].map((key) => proven(theirs, 'prod', key).exit);
  expect(exits).toEqual([1, 0, 1]);
  await writeFile(foreign, '{"id": 1}');
  await expect(engine.promote.proof({ file: foreign })).rejects.toMatchObject({
    problem: { code: 'bad_input', message: `${foreign} is not a receipt.` },
  });
});

test('a receipt that was changed, or signed with another key under this one’s name, is found out', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const bare = {
    id: 'x',
    status: 'verified',
    tables: [{ table: 't', rows: 1 }],
    signature: null,
    receipt: null,
  };
  const receipt = signed(bare as unknown as Receipt, privateKey);
  expect(isIntact(receipt)).toBe(true);
  expect(isIntact({ ...receipt, status: 'differs' })).toBe(false);
  const other = signed(receipt, generateKeyPairSync('ed25519').privateKey);
  const forged = { publicKey: receipt.signature?.publicKey ?? '', value: other.signature?.value ?? '' };
  expect(isIntact({ ...receipt, signature: forged })).toBe(false);
});

test('environments of one database are schemas, each with its own versions and the keys that rules say', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table t as select 1 as a;
     create table keyed as select g as "the id", 'code ' || g as code, g % 2 as half, repeat('x', g * 3000) as long
       from generate_series(1, 3) as g`,
  );
  const unique = (...columns: string[]) => ({
    id: `${columns.join('-').replaceAll(' ', '-')}-once`,
    kind: 'unique',
    params: { columns },
  });
  await engine.checks.save({
    table: 'keyed',
    rules: [
      { id: 'there', kind: 'not_null', params: { column: 'the id' } },
      ...[unique('code'), unique('the id'), unique('half'), unique('long')],
      { ...unique('half', 'code'), where: 'half = 1' },
    ],
  });
  for (const schema of ['dev', 'staging']) {
    await engine.workspace.saveTarget({ target: { ...target, name: schema, schema, keep: 1 } });
  }
  await ask(`create schema dev; alter default privileges in schema dev grant select on tables to public;
    create table dev.keyed (a int primary key); alter table dev.keyed rename to older; create type dev.t as enum ('x')`);
  await expect(engine.promote.plan({ target: 'dev' })).rejects.toThrow('dev.t is no table and no view');
  await ask('drop type dev.t');
  const { changes } = await engine.promote.plan({ target: 'dev' });
  expect(changes.find(({ object }) => object === 'dev.keyed')?.says).toBe(
    'Created with 3 rows and 4 columns. Primary key: the id, as its rules say. Unique: code, as its rules say.',
  );
  const both = await Promise.allSettled(
    ['dev', 'staging'].map((name) => engine.promote.apply({ target: name, acceptFailing: true })),
  );
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await ask(`select has_table_privilege('public', 'dev.t', 'select') as open`)).toEqual([
    { open: true },
  ]);
  expect(
    await ask(
      `select pg_get_constraintdef(oid) as key from pg_constraint where conrelid = 'dev.keyed'::regclass and contype in ('p', 'u') order by 1`,
    ),
  ).toEqual([{ key: 'PRIMARY KEY ("the id")' }, { key: 'UNIQUE (code)' }]);
  await engine.query.run({ text: 'update t set a = 2' });
  await engine.promote.apply({ target: 'staging', acceptFailing: true });
  expect(await ask('select (select a from dev.t) as dev, (select a from staging.t) as staging')).toEqual([
    { dev: 1, staging: 2 },
  ]);
  await engine.promote.rollback({ target: 'dev' });
  expect(await ask(`select to_regclass('dev.t') as dev, to_regclass('staging.t')::text as staging`)).toEqual([
    { dev: null, staging: 'staging.t' },
  ]);
  // A version that somebody reads is let go of later, and by its own environment only.
  const reader = await connectServer(target, undefined, new AbortController().signal);
  onTestFinished(() => reader.close());
  const kept = () =>
    ask(`select schemaname as name from pg_tables where schemaname like 'assay_kept%' and tablename = 't'`);
  const again = { target: 'staging', tables: ['t'], acceptDestructive: true };
  expect((await engine.promote.apply(again)).status).toBe('verified');
  const [{ name } = {}] = await kept();
  await reader.run(sql`begin`);
  await reader.query(sql`select * from ${ident(String(name), 't')}`);
  expect((await engine.promote.apply(again)).status).toBe('verified');
  expect(await kept()).toHaveLength(2);
  await reader.run(sql`rollback`);
  expect((await engine.promote.apply({ ...again, target: 'dev' })).status).toBe('verified');
  expect(await kept()).toHaveLength(2);
  await engine.promote.apply(again);
  expect(await kept()).toHaveLength(1);
});

test('a receipt that was never written here is taken up from the server, if this workspace signed it', async () => {
  const opened = await openTarget(server, 'create table t as select 1 as a');
  await opened.engine.promote.plan({ target: 'prod' });
  await opened.close();
  const before = `${opened.dir}-before`;
  await cp(opened.dir, before, { recursive: true });
  onTestFinished(() => rm(before, { recursive: true }));
  const first = await openTestEngine(opened.dir);
  const receipt = await first.engine.promote.apply({ target: 'prod' });
  await first.close();
  const { engine } = await openTestEngine(before);
  expect(await engine.promote.receipts({})).toEqual([]);
  expect(await engine.promote.rollback({ target: 'prod' })).toMatchObject({
    id: receipt.id,
    status: 'rolled back',
  });
  expect(await opened.ask(`select to_regclass('t') as t`)).toEqual([{ t: null }]);
  // Who has not heard of that hears of it, and undoes nothing else instead.
  const unheard = await openTestEngine(opened.dir);
  const heard = await unheard.engine.promote.rollback({ target: 'prod' });
  expect([heard.id, heard.status]).toEqual([receipt.id, 'rolled back']);
  await expect(unheard.engine.promote.rollback({ target: 'prod' })).rejects.toThrow('Nothing was promoted');
});

test('what was sent as it is and is masked from now on stays readable in what is kept: somebody has to say what becomes of that', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table people as select n as id, 'p' || n || '@x.org' as email from generate_series(1, 4) n`,
  );
  const only = { target: 'prod', acceptDestructive: true };
  const say = (email: 'keep' | 'mask') =>
    engine.workspace.saveTarget({
      target: { ...target, tables: { people: { private: { email } } } },
    });
  await say('keep');
  await engine.promote.apply(only);
  await say('mask');
  const toldOf = async () =>
    (await engine.promote.plan(only)).plain.map(({ says }) => says.replace(/ as it was.*/, ''));
  expect(await toldOf()).toEqual(['people: the version that is replaced now holds email']);
  await expect(engine.promote.apply(only)).rejects.toThrow(
    'the version that is replaced now holds email as it was',
  );
  expect((await engine.promote.apply({ ...only, plainVersions: 'keep' as const })).notes).toContain(
    'Accepted: 1 version of people stays there with email as it was.',
  );
  expect(await toldOf()).toEqual(['people: 1 version kept there holds email']);
  const [{ schema } = {}] = await ask(
    `select schemaname as schema from pg_tables where tablename = 'people' and schemaname like 'assay_kept%'
      and query_to_xml(format('select email from %I.people', schemaname), true, true, '')::text like '%@x.org%'`,
  );
  await ask(`create view looks as select email from ${schema}.people`);
  await expect(engine.promote.apply({ ...only, plainVersions: 'drop' as const })).rejects.toThrow(
    'view looks depends on table',
  );
  await ask('drop view looks');
  expect((await engine.promote.apply({ ...only, plainVersions: 'drop' as const })).notes).toContain(
    '1 version of people that held email as it was was let go.',
  );
  expect(await toldOf()).toEqual([]);
  expect((await engine.promote.rollback({ target: 'prod' })).status).toBe('rolled back');
  await expect(engine.promote.rollback({ target: 'prod' })).rejects.toThrow(
    'has lost the table that it replaced',
  );
});
