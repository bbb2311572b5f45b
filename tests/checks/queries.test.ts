import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { decodePage } from '../../shared/decode-page.ts';
import { sharedTestEngine } from '../open-test-engine.ts';
import { rule } from './open-checks.ts';

const shared = sharedTestEngine();

const pipeline = `version: 1
name: totals
steps:
  - id: orders
    kind: source
    inputs: []
    params: { table: orders }
  - id: paid
    kind: filter
    inputs: [orders]
    params: { condition: "status = 'paid'" }
`;

const contract = `apiVersion: v3.1.0
kind: DataContract
id: paid
schema:
  - name: paid orders
    physicalType: query
    customProperties:
      - property: assayRows
        value: { pipeline: totals, step: paid }
    quality:
      - type: custom
        engine: assay
        id: bad_rows_of_mine
        implementation:
          kind: custom_sql
          params: { query: 'select _row from "paid orders" where amount > 100' }
  - name: left over
    customProperties:
      - property: assayRows
        value: { pipeline: totals, step: paid.rejects }
    quality:
      - { type: custom, engine: assay, id: id_once, implementation: { kind: unique, params: { columns: [id] } } }
  - name: nonsense
    customProperties:
      - property: assayRows
        value: 7
    quality:
      - { type: custom, engine: assay, id: id_once, implementation: { kind: unique, params: { columns: [id] } } }
`;

beforeAll(async () => {
  const { dir, engine } = shared();
  for (const folder of ['checks', 'pipelines', 'queries'])
    await mkdir(join(dir, folder), { recursive: true });
  const text = `create table orders (id int, status text, amount int, email text);
    insert into orders values (1, 'paid', 10, 'a@b.c'), (2, 'sent', 20, 'd@e.f'), (2, 'sent', 30, null), (4, 'paid', 400, 'x');`;
  const written = await engine.query.run({ text, writing: 'free' });
  expect(written).toHaveLength(2);
  await writeFile(join(dir, 'pipelines', 'totals.yaml'), pipeline);
  await writeFile(
    join(dir, 'queries', 'sent.sql'),
    "select email, id, amount from orders where status = 'sent' order by amount;\n",
  );
  await writeFile(join(dir, 'checks', 'paid.yaml'), contract);
});

test('rules look at the rows of queries and of steps, and their bad rows open as they are', async () => {
  const { dir, engine } = shared();
  const of = { query: 'sent' };
  expect(await engine.checks.columns({ of })).toMatchObject([
    { name: 'email' },
    { name: 'id' },
    { name: 'amount' },
  ]);
  const rules = [
    rule('filled', 'not_null', { column: 'email' }),
    rule('id_once', 'unique', { columns: ['id'] }),
    rule('dear', 'range', { column: 'amount', min: '25', max: '' }, { where: 'id = 2' }),
    rule('many', 'row_count', { min: 3, max: null }),
    rule('decides', 'functional_dependency', { by: ['id'], column: 'amount' }),
  ];
  await engine.checks.save({ table: 'sent ones', of, rules });
  expect(await readFile(join(dir, 'checks', 'sent ones.yaml'), 'utf8')).toContain('physicalType: query');
  const tables = ['left over', 'nonsense', 'paid orders', 'sent ones'];
  const { findings, problems } = await engine.checks.run({ tables });
  const found = findings.map(({ table, check, verdict, value, badRows, rowsRead }) => [
    table,
    check,
    verdict,
    value,
    badRows,
    rowsRead,
  ]);
  expect(found).toEqual([
    ['left over', 'id_once', 'fail', 0, 2, 2],
    ['paid orders', 'bad_rows_of_mine', 'fail', 50, 1, 2],
    ['sent ones', 'filled', 'fail', 50, 1, 2],
    ['sent ones', 'id_once', 'fail', 0, 2, 2],
    ['sent ones', 'dear', 'fail', 50, 1, 2],
    ['sent ones', 'many', 'fail', 2, 0, 2],
    ['sent ones', 'decides', 'fail', 0, 2, 2],
  ]);
  expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/assayRows names neither/)]);
  const opened = async (check: string) => {
    const finding = findings.find((one) => one.check === check);
    const page = await engine.tables.page({
      source: { of: 'finding', finding: finding?.id ?? 0 },
      offset: 0,
      limit: 10,
    });
    const { rows, columns, cell, address } = decodePage(page.bytes);
    return Array.from({ length: rows }, (_, at) => [
      address(at),
      ...columns.map((_column, place) => String(cell(at, place))),
    ]);
  };
  const decides = findings.find((one) => one.check === 'decides')?.id ?? 0;
  const page = await engine.tables.page({
    source: { of: 'finding', finding: decides },
    offset: 0,
    limit: 10,
  });
  expect(page.marks).toEqual([['amount'], ['amount']]);
  expect(await opened('filled')).toEqual([[2, 'null', '2', '30']]);
  expect(await opened('dear')).toEqual([[1, 'd@e.f', '2', '20']]);
  expect(await opened('bad_rows_of_mine')).toEqual([[2, '4', 'paid', '400', 'x']]);
  expect(findings.find(({ check }) => check === 'dear')?.sample).toEqual([
    { row: 1, cells: { amount: '20' } },
  ]);
});

test('rows that are not to be had make errors with a reason; private columns stay so in queries', async () => {
  const { dir, engine } = shared();
  const cases = {
    gone: { query: 'no such query' },
    'no step': { pipeline: 'totals', step: 'nowhere' },
    'no table': { sql: 'select * from nowhere' },
    two: { sql: 'select 1; select 2' },
    asks: { sql: 'select * from orders where id = :id' },
    divides: { sql: 'select 1 / (id - 1) as id from orders' },
    deletes: { sql: 'delete from orders returning *' },
    orders: { sql: 'select 1 as id' },
  };
  const id = rule('ok', 'not_null', { column: 'id' });
  for (const [table, of] of Object.entries(cases)) await engine.checks.save({ table, of, rules: [id] });
  const tables = Object.keys(cases);
  const { findings } = await engine.checks.run({ tables });
  expect(findings.map(({ verdict }) => verdict)).toEqual(tables.map(() => 'error'));
  const reasons = Object.fromEntries(findings.map(({ table, reason }) => [table, reason]));
  expect(reasons).toMatchObject({
    gone: expect.stringMatching(/^There is no query "no such query"/),
    'no step': expect.stringMatching(/^There is no step "nowhere"/),
    'no table': expect.stringMatching(
      /^It reads a table that is not there\. .* PostgreSQL says: relation "nowhere" does not exist\.$/,
    ),
    two: expect.stringMatching(/^The query has more than one statement/),
    asks: expect.stringMatching(/^The query asks for a value of :id/),
    divides: expect.stringMatching(
      /^It divides by zero in some row\. Guard the divisor.* division by zero\.$/,
    ),
    orders: expect.stringMatching(/^There is a table "orders" too/),
  });
  for (const table of tables) await engine.checks.save({ table, rules: [] });
  await writeFile(
    join(dir, 'checks', 'private.yaml'),
    'apiVersion: v3.1.0\nkind: DataContract\nschema:\n  - name: orders\n    properties:\n      - { name: email, classification: private }\n',
  );
  const form = rule('form', 'format', { column: 'email', format: 'email' });
  await engine.checks.save({ table: 'mails', of: { sql: 'select email from orders' }, rules: [form] });
  const [masked] = (await engine.checks.run({ tables: ['mails'] })).findings;
  expect(masked?.sample).toEqual([{ row: 4, cells: { email: '•••' } }]);
  const number = rule('number', 'business_rule', { condition: 'email::int > 0' });
  await engine.checks.save({ table: 'mails', of: { sql: 'select email from orders' }, rules: [number] });
  await engine.query.run({
    text: 'create view written as select lower(email) as address from orders',
    writing: 'free',
  });
  const renamed = [
    rule('form', 'format', { column: 'address', format: 'email' }),
    rule('number', 'business_rule', { condition: 'address::int > 0' }),
  ];
  await engine.checks.save({ table: 'written', rules: renamed });
  const said = (await engine.checks.run({ tables: ['mails', 'written'] })).findings;
  expect(said.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^Some value cannot be read.* invalid input syntax for type integer: "•••"\.$/),
    null,
    expect.stringMatching(/^Some value cannot be read.* invalid input syntax for type integer: "•••"\.$/),
  ]);
  expect(said[1]?.sample).toEqual([{ row: 4, cells: { address: '•••' } }]);
  const telling = [
    rule('taken', 'business_rule', { condition: 'left(email, 2)::regclass is not null' }),
    rule('number', 'business_rule', { condition: 'make_date(length(email) + 9999999, 1, 1) is not null' }),
    rule('named', 'custom_sql', { query: 'select _row, email as _column from orders' }),
    rule('no_column', 'business_rule', { condition: 'nowhere > 1' }),
  ];
  await rm(join(dir, 'checks', 'orders.yaml'), { force: true });
  await engine.checks.save({ table: 'orders', rules: telling });
  const [taken, made, named, written] = (await engine.checks.run({ tables: ['orders'] })).findings;
  expect(taken?.reason).toContain('PostgreSQL refused it (42P01); its words are not shown');
  expect(made?.reason).toMatch(/date out of range: •••\.$/);
  expect(named?.sample[0]).toEqual({ row: 1, cells: {} });
  expect(written?.reason).toContain('column "nowhere" does not exist');
});

test('what is measured of a private column is shown nowhere, but how many and how alike are', async () => {
  const { dir, engine } = shared();
  await engine.query.run({
    text: 'create table people as select n as _row, n as id, (777000 + n)::int as pay from generate_series(1::bigint, 9) n',
    writing: 'free',
  });
  const figure = (id: string, of: string) =>
    rule(id, 'aggregate_bound', { column: 'pay', figure: of, min: 99 });
  await engine.checks.save({
    table: 'people',
    rules: [
      figure('distinct', 'distinct'),
      figure('largest', 'largest'),
      rule('agree', 'reconciliation', {
        table: 'people',
        figure: 'largest',
        column: 'pay',
        other: 'id',
        max: 1,
      }),
      rule('filled', 'completeness', { column: 'pay', min: 100 }),
      rule('many', 'sql_value', { query: 'select count(*) from people where pay > 5', min: 1 }),
      rule('most', 'sql_value', { query: 'select max(p) from (select pay as p from people) as q', max: 1 }),
      rule('usual', 'usual_value', { figure: 'mean', column: 'pay', season: 'none' }),
    ],
  });
  const file = join(dir, 'checks', 'people.yaml');
  const told = async () => {
    const { findings } = await engine.checks.run({ tables: ['people'] });
    return [findings, await engine.checks.history({ table: 'people', check: 'largest', limit: 1 })] as const;
  };
  expect(JSON.stringify(await told())).toContain('777,009');
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace('- name: pay', '- name: pay\n        private: true'),
  );
  const [findings, history] = await told();
  expect(JSON.stringify([findings, history])).not.toMatch(/77[67],?\d/);
  const shown = findings.map(({ check, verdict, value }) => [check, verdict, value]);
  expect(Object.fromEntries(shown.map(([check, ...rest]) => [check, rest]))).toEqual({
    distinct: ['fail', 9],
    largest: ['pass', null],
    agree: ['fail', null],
    filled: ['pass', 100],
    many: ['pass', 9],
    most: ['fail', null],
    usual: ['not evaluated', null],
  });
  await writeFile(
    join(dir, 'pipelines', 'paid.yaml'),
    `version: 1
name: paid
steps:
  - { id: source, kind: source, params: { table: people } }
  - { id: output, kind: output, inputs: [source], params: { table: paid, mode: replace, key: [] } }
`,
  );
  await engine.pipelines.run({ name: 'paid' });
  const low = rule('low', 'range', { column: 'pay', min: '', max: '1' });
  await engine.checks.save({ table: 'paid', rules: [low, figure('largest', 'largest')] });
  const made = await engine.checks.run({ tables: ['paid'] });
  expect(made.findings.map(({ badRows, verdict }) => [badRows, verdict])).toEqual([
    [9, 'fail'],
    [0, 'pass'],
  ]);
  expect(JSON.stringify(made)).not.toMatch(/777,?\d/);

  // The pipeline's file goes: what it made of private columns stays private, the findings from before lost their values.
  await rm(join(dir, 'pipelines', 'paid.yaml'));
  const kept = await engine.checks.history({ table: 'people', check: 'largest', limit: 9 });
  const again = await engine.checks.run({ tables: ['paid'] });
  expect(JSON.stringify([kept, again])).not.toMatch(/77[67],?\d/);
  expect(again.findings[0]?.sample[0]).toMatchObject({ cells: { pay: '•••' } });
  await expect(engine.checks.monitor({ table: 'people', check: 'usual' })).rejects.toMatchObject({
    problem: { code: 'bad_input', message: expect.stringContaining('"pay"') },
  });
});

test('what cannot be told to be made of something else counts as private; a file that cannot be read hides its table', async () => {
  const { dir, engine } = shared();
  const text = `create table members (_row bigint, mail text, level text);
    insert into members values (1, 'ann@secret.org', 'x'), (2, 'bob@secret.org', 'y');
    create function mails() returns setof text language sql as 'select mail from members'`;
  await engine.query.run({ text, writing: 'free' });
  const file = join(dir, 'checks', 'members.yaml');
  const contract = (says: string) =>
    `apiVersion: v3.1.0\nschema:\n  - name: members\n    properties:\n      - { name: mail address, physicalName: mail, ${says} }\n      - { name: level }\n`;
  const ways = {
    taken: `select j.a from members m, json_table(to_jsonb(m), '$' columns (a text path '$.mail')) as j`,
    pairs: 'select e.value as a from members m, jsonb_each_text(to_jsonb(m)) as e',
    typed: 'select t.mail as a from json_to_recordset((select json_agg(m) from members m)) as t(mail text)',
    some: 'select mail as a from members tablesample system (100)',
    spelt: `select query_to_xml('select mail from members', true, true, '')::text as a`,
    called: 'select mails() as a',
    statistics: 'select most_common_vals::text as a from pg_stats',
  };
  const short = rule('short', 'length', { column: 'a', max: 0 });
  for (const [table, query] of Object.entries(ways))
    await engine.checks.save({ table, of: { sql: query }, rules: [short] });
  const tables = Object.keys(ways);
  await engine.checks.run({ tables });
  expect(JSON.stringify(await engine.checks.latest({ table: 'taken' }))).toContain('@secret');
  for (const marked of [
    'classification: PII',
    'classification: highly confidential',
    'tags: [gdpr, sensitive]',
    "private: 'true'",
    "customProperties: [{ property: private, value: 'true' }]",
    'customProperties: [{ property: dataClassification, value: Personal }]',
  ]) {
    await writeFile(file, contract(marked));
    expect((await engine.checks.list({})).find(({ table }) => table === 'members')?.columns, marked).toEqual([
      { name: 'mail', private: true },
      { name: 'mail address', private: true },
      { name: 'level', private: false },
    ]);
  }
  const { findings } = await engine.checks.run({ tables });
  expect(findings.map(({ table, verdict }) => [table, verdict])).toEqual(
    tables
      .toSorted()
      .map((table) => [table, ['statistics', 'spelt'].includes(table) ? expect.any(String) : 'fail']),
  );
  expect(JSON.stringify(findings)).not.toContain('@secret');
  const kept = await Promise.all(
    tables.map((table) => engine.checks.history({ table, check: 'short', limit: 9 })),
  );
  expect(kept.flat().length).toBe(2 * tables.length);
  expect(JSON.stringify(kept)).not.toContain('@secret');

  for (const open of ['non-sensitive', 'public', 'internal']) {
    await writeFile(file, contract(`classification: ${open}`));
    expect((await engine.checks.list({})).find(({ table }) => table === 'members')?.columns[0]?.private).toBe(
      false,
    );
  }
  await writeFile(file, `${contract('classification: private')}    quality: [ oh`);
  const refused = { problem: { code: 'bad_input', at: { table: 'members' } } };
  await expect(engine.checks.suggest({ tables: ['members'] })).rejects.toMatchObject(refused);
  const all = await engine.checks.suggest({});
  expect(all.problems).toMatchObject([refused.problem]);
  const { file: page } = await engine.documentation.write({ folder: join(dir, 'docs') });
  expect(await readFile(page, 'utf8')).not.toContain('@secret');
  await rm(file);
});

test('rows of a view or a query are held against what they were before, however often they are checked', async () => {
  const { engine } = shared();
  const write = (text: string) => engine.query.run({ text, writing: 'free' });
  await write(
    'create table loads as select n from generate_series(1, 20) as n; create view seen as select n from loads;',
  );
  const rules = [rule('moved', 'row_count_change', { fall: 20 })];
  await engine.checks.save({ table: 'seen', rules });
  await engine.checks.save({ table: 'asked', of: { sql: 'select n from seen' }, rules });
  const run = async () => {
    const { findings } = await engine.checks.run({ tables: ['seen', 'asked'] });
    return findings.map(({ verdict, value }) => [verdict, value]);
  };
  const both = (verdict: string, value: number) => [
    [verdict, value],
    [verdict, value],
  ];
  expect(await run()).toEqual(both('not evaluated', 20));
  await write('delete from loads where n > 3');
  expect(await run()).toEqual(both('fail', 3));
  expect(await run()).toEqual(both('fail', 3));
  await write('delete from loads where n > 2; insert into loads values (5)');
  expect(await run()).toEqual(both('pass', 3));
});
