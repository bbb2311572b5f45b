import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { watchFolders } from '../../electron/engine/workspace/watch-folders.ts';
import type { CheckRule } from '../../shared/contract/checks.ts';
import { sql } from '../../shared/sql.ts';
import { openTestEngine, scratchFolder } from '../open-test-engine.ts';
import { makeTable, rule, sharedChecks } from './open-checks.ts';

const openChecks = sharedChecks();

const one = { rows: [{ a: 'x', b: '1' }] };

test('rules are written in the shape of the Open Data Contract Standard', async () => {
  const { room, dir } = await openChecks();
  await room.save({
    table: 'orders',
    rules: [
      rule(
        'id_filled',
        'not_null',
        { column: 'id', emptyToo: false },
        { description: 'Every order has a number.' },
      ),
      rule('id_once', 'unique', { columns: ['shop', 'id'] }, { warnAbove: 0, failAbove: 1.5 }),
    ],
  });
  expect(await readFile(join(dir, 'checks', 'orders.yaml'), 'utf8')).toBe(`apiVersion: v3.1.0
kind: DataContract
id: orders
name: orders
version: 1.0.0
status: active
schema:
  - name: orders
    physicalType: table
    properties:
      - name: id
        quality:
          - type: custom
            engine: assay
            id: id_filled
            description: Every order has a number.
            dimension: completeness
            severity: error
            implementation:
              kind: not_null
              params:
                column: id
                emptyToo: false
    quality:
      - type: custom
        engine: assay
        id: id_once
        dimension: uniqueness
        severity: error
        implementation:
          kind: unique
          params:
            columns:
              - shop
              - id
          warnAbove: 0
          failAbove: 1.5
`);
  expect(await room.list({})).toMatchObject([
    {
      table: 'orders',
      others: 0,
      problems: [],
      rules: [{ id: 'id_filled' }, { id: 'id_once', warnAbove: 0, failAbove: 1.5 }],
    },
  ]);
});

const written = `# agreed with the shop on Monday
apiVersion: v3.1.0
kind: DataContract
id: 53581432-6c55-4ba2-a65f-72344a91553a
name: Orders
version: 2.3.0
status: active
team: [ann, bob]
schema:
  - name: orders
    description: "What was ordered"
    properties:
      - name: a
        logicalType: string # as exported
        quality:
          - type: custom
            engine: soda
          # never empty
          - type: custom
            engine: assay
            id: a_filled
            severity: warning
            owner: ann
            implementation:
              kind: not_null
              params: { column: a } # only this one
      - name: b
        description: How it came
        classification: private
        primaryKey: true
`;

test('a value that joins others in a rule leaves the remarks beside them', async () => {
  const { room, dir } = await openChecks();
  await room.save({
    table: 't',
    rules: [rule('known', 'accepted_values', { column: 'a', values: ['paid', 'open'] })],
  });
  const file = join(dir, 'checks', 't.yaml');
  const text = (await readFile(file, 'utf8')).replace('- paid', '- paid # money is there');
  await writeFile(file, text.replace('column: a', 'column: a # of the order'));
  const [listed] = await room.list({});
  const [known] = listed?.rules ?? [];
  const params = { ...known?.params, values: ['new', 'paid'] };
  await room.save({ table: 't', rules: [{ ...(known as CheckRule), params }] });
  const after = await readFile(file, 'utf8');
  expect(after).toMatch(/- new\n +- paid # money is there\n/);
  expect(after).toContain('column: a # of the order');
  expect((await room.list({}))[0]?.rules[0]?.params).toMatchObject({ column: 'a', values: ['new', 'paid'] });
});

test('what was written by hand stays: comments, unknown keys, other rules', async () => {
  const { room, dir } = await openChecks();
  const file = join(dir, 'checks', 'shop orders.yml');
  await mkdir(join(dir, 'checks'));
  await writeFile(file, written);
  const [listed] = await room.list({});
  expect(listed).toMatchObject({
    table: 'orders',
    description: 'What was ordered',
    columns: [
      { name: 'a', private: false },
      { name: 'b', description: 'How it came', private: true },
    ],
    others: 1,
    rules: [
      { id: 'a_filled', kind: 'not_null', params: { column: 'a' }, warnAbove: 0, failAbove: 100 },
      { id: 'required_b', kind: 'not_null', params: { column: 'b' } },
      { id: 'primary_key', kind: 'unique', params: { columns: ['b'] } },
      {
        id: 'declared_columns',
        kind: 'columns',
        params: {
          columns: [
            { name: 'a', type: 'any text' },
            { name: 'b', type: '' },
          ],
          others: true,
        },
      },
    ],
  });
  await room.save({
    table: 'orders',
    rules: [...(listed?.rules ?? []), rule('b_range', 'range', { column: 'b', min: '1', max: '' })],
  });
  const after = await readFile(file, 'utf8');
  expect(after).toContain('# agreed with the shop on Monday');
  expect(after).toContain('logicalType: string # as exported');
  expect(after).toContain('# never empty');
  expect(after).toContain('owner: ann');
  expect(after).toContain('params: { column: a } # only this one');
  expect(after).toContain('team: [ ann, bob ]');
  expect(after.indexOf('engine: soda')).toBeLessThan(after.indexOf('id: a_filled'));
  expect((await room.list({}))[0]?.rules.map(({ id }) => id)).toEqual([
    'a_filled',
    'b_range',
    'required_b',
    'primary_key',
    'declared_columns',
  ]);
  expect(after).toContain('primaryKey: true');
  await room.save({ table: 'orders', rules: [] });
  expect((await readFile(file, 'utf8')).includes('engine: assay')).toBe(false);
  expect(await room.list({})).toMatchObject([{ table: 'orders', others: 1, rules: [] }]);
});

test('saving what was read changes nothing but the form of lists', async () => {
  const { room, dir } = await openChecks();
  await room.save({
    table: 't',
    rules: [rule('x', 'not_null', { column: 'a' }), rule('y', 'unique', { columns: ['a', 'b'] })],
  });
  const file = join(dir, 'checks', 't.yaml');
  const before = await readFile(file, 'utf8');
  await room.save({ table: 't', rules: [...((await room.list({}))[0]?.rules ?? [])] });
  expect(await readFile(file, 'utf8')).toBe(before);
});

test('the last rule taken away removes the file', async () => {
  const { room, dir } = await openChecks();
  await room.save({ table: 't', rules: [rule('x', 'not_null', { column: 'a' })] });
  await room.save({ table: 't', rules: [] });
  expect(existsSync(join(dir, 'checks', 't.yaml'))).toBe(false);
});

test('a file that cannot be read is listed with its line and takes nothing else down', async () => {
  const { room, dir, database } = await openChecks();
  await makeTable(database, 'fine', one);
  await room.save({ table: 'fine', rules: [rule('a', 'not_null', { column: 'a' })] });
  await writeFile(join(dir, 'checks', 'broken.yaml'), 'apiVersion: v3.1.0\nschema:\n  - name: [unclosed\n');
  await writeFile(join(dir, 'checks', 'newer.yaml'), 'apiVersion: v4.0.0\nschema: [{ name: newer }]\n');
  const listed = await room.list({});
  expect(listed.map(({ table, problem }) => [table, problem?.code])).toEqual([
    ['broken', 'bad_input'],
    ['fine', undefined],
    ['newer', 'newer_version'],
  ]);
  expect(listed[0]?.problem?.at?.line).toBeGreaterThan(2);
  const { verdict, findings, problems } = await room.run({});
  expect(findings.map(({ check, verdict: each }) => [check, each])).toEqual([['a', 'pass']]);
  expect(verdict).toBe('error');
  expect(problems).toHaveLength(2);
});

test('a rule that cannot be read is a problem with its line; the rest of the file counts, and stays when saved', async () => {
  const { room, dir } = await openChecks();
  await mkdir(join(dir, 'checks'));
  const file = join(dir, 'checks', 't.yaml');
  const entry = (id: string, rest: string) =>
    `      - { type: custom, engine: assay, id: ${id}, implementation: ${rest} }\n`;
  await writeFile(
    file,
    `apiVersion: v3.1.0\nkind: DataContract\nschema:\n  - name: t\n    quality:\n${entry('good', '{ kind: not_null, params: { column: a } }')}${entry('no_kind', '{ params: {} }')}${entry('good', '{ kind: unique }')}`,
  );
  const [listed] = await room.list({});
  expect(listed?.rules.map(({ id }) => id)).toEqual(['good']);
  expect(listed?.problems.map(({ message, at }) => [at?.line, message])).toEqual([
    [
      7,
      't.yaml, line 7: this rule cannot be read: implementation.kind: Invalid input: expected string, received undefined.',
    ],
    [8, 't.yaml, line 8: the id "good" is used twice; the second rule is not run.'],
  ]);
  await room.save({ table: 't', rules: [] });
  expect(await readFile(file, 'utf8')).toContain('id: no_kind');
});

test('rules of one table in two files: the first counts, the second is a problem', async () => {
  const { room, dir } = await openChecks();
  await room.save({ table: 't', rules: [rule('x', 'not_null', { column: 'a' })] });
  await writeFile(join(dir, 'checks', 'z.yaml'), 'apiVersion: v3.1.0\nschema: [{ name: t }]\n');
  const listed = await room.list({});
  expect(listed.map(({ rules, problems }) => [rules.length, problems.length])).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test('tables of any name get a file', async () => {
  const { room, dir } = await openChecks();
  for (const table of ['../up', 'a/b', 'Größe 数据', 'x.y', 'con?']) {
    expect((await room.save({ table, rules: [rule('x', 'not_null', { column: 'a' })] })).table).toBe(table);
  }
  expect((await readdir(join(dir, 'checks'))).sort()).toEqual([
    '%2E.%2Fup.yaml',
    'Größe 数据.yaml',
    'a%2Fb.yaml',
    'con%3F.yaml',
    'x.y.yaml',
  ]);
  expect(await room.list({})).toHaveLength(5);
});

const misspelt = `apiVersion: v3.1.0
schema:
  - name: t
    Quality: []
    properties:
      - name: a
        logicalType: string
        logicalTypeOptions: { maxlength: 3, uniqueItems: true, format: ipv6 }
        enum: [x, y]
      - name: b
        physicalType: numeric
        qualty: []
      - name: c
        physicalType: NUMBER(38,0)
        logicalType: integer
      - name: gone
        logicalType: date
        x-tag: a team's own
    quality:
      - { type: sql, query: 'select count(*) from t where \${property} is null', mustBe: 0 }
      - { type: sql, query: 'select 1 from nowhere', mustBe: 0, id: broken }
      - { type: custom, engine: Assay, id: filled, implementation: { kind: not_null, params: { column: a } } }
`;

test('the rule on declared columns is gone once it is taken away, also where the file says that they are checked', async () => {
  const { room, dir } = await openChecks();
  await mkdir(join(dir, 'checks'));
  const file = join(dir, 'checks', 't.yaml');
  await writeFile(
    file,
    `apiVersion: v3.1.0
schema:
  - name: t
    customProperties:
      - { property: team, value: shop }
      - { property: assayColumnsUnchecked, value: false }
    properties:
      - name: a
        logicalType: string
`,
  );
  expect((await room.list({}))[0]?.rules.map(({ id }) => id)).toEqual(['declared_columns']);
  await room.save({ table: 't', rules: [] });
  expect((await room.list({}))[0]?.rules).toEqual([]);
  const after = await readFile(file, 'utf8');
  expect(after.match(/assayColumnsUnchecked/g)).toHaveLength(1);
  expect(after).toContain('property: team, value: shop');
});

test('columns that a contract declares are checked by themselves; misspelt keys and a bad entry are told and stop nothing else', async () => {
  const { room, dir, database } = await openChecks();
  await mkdir(join(dir, 'checks'));
  const file = join(dir, 'checks', 't.yaml');
  await writeFile(file, misspelt);
  const types = { b: 'numeric(10,2)', c: 'bigint' };
  await makeTable(database, 't', { types, rows: [{ a: 'x', b: '1', c: '1', more: 'y' }] });
  const { findings, problems, unevaluated, verdict } = await room.run({});
  expect(verdict).toBe('fail');
  expect(findings.map(({ check, verdict: one, class: of, reason }) => [check, one, of, reason])).toEqual([
    ['broken', 'error', 'business rule', expect.stringContaining('nowhere')],
    ['filled', 'pass', 'completeness', null],
    ['declared_columns', 'fail', 'schema', '`gone` (any date) is missing'],
  ]);
  expect(problems.map(({ message }) => message)).toEqual([
    't.yaml, line 4: the key "Quality" is not known, so that nothing of it is read; "quality" may be meant.',
    't.yaml, line 8: the key "maxlength" is not known, so that nothing of it is read; "maxLength" may be meant.',
    't.yaml, line 12: the key "qualty" is not known, so that nothing of it is read; "quality" may be meant.',
    expect.stringMatching(/^t\.yaml, line 20: this rule cannot be run: it stands at no property/),
  ]);
  expect(unevaluated).toEqual([
    't.yaml, line 9: "enum" is not evaluated: the standard does not know it.',
    't.yaml, line 8: "uniqueItems" is not evaluated: Assay does not evaluate it.',
    't.yaml, line 8: the format "ipv6" is not evaluated: Assay does not know it.',
  ]);
  // A word that may make a column private is not passed over: until it is mended all columns are.
  await writeFile(
    file,
    misspelt
      .replace('enum: [x, y]', 'clasification: private')
      .replace('schema:', 'slaProperties: []\nschema:'),
  );
  expect(await room.hidden({ table: 't' })).toEqual(['a', 'b', 'c', 'more']);
  expect((await room.list({}))[0]?.unevaluated?.at(-1)).toMatch(
    /^t\.yaml, line 2: "slaProperties" is not evaluated/,
  );
  await writeFile(file, misspelt);
  const [listed] = await room.list({});
  await room.save({ table: 't', rules: [...(listed?.rules ?? [])] });
  expect(parse(await readFile(file, 'utf8'))).toEqual(parse(misspelt));
  await room.save({ table: 't', rules: [] });
  expect((await room.list({}))[0]).toMatchObject({ rules: [], columns: [{}, {}, {}, { name: 'gone' }] });
});

test('contracts in folders below and as JSON are read, know what is private, and keep their form', async () => {
  const { room, dir, database } = await openChecks();
  await makeTable(database, 't', { rows: [{ a: null, b: '1' }] });
  await makeTable(database, 'u', { rows: [{ a: null }] });
  await mkdir(join(dir, 'checks', 'shop', 'deep'), { recursive: true });
  const column = { name: 'a', classification: 'private' };
  const quality = [{ metric: 'nullValues', mustBe: 0, id: 'there' }];
  const contract = (name: string) => ({
    apiVersion: 'v3.1.0',
    schema: [{ name, properties: [{ ...column, quality }] }],
  });
  const json = join(dir, 'checks', 'shop', 'deep', 't.json');
  await writeFile(json, JSON.stringify(contract('t'), null, 4));
  await writeFile(join(dir, 'checks', 'shop', 'u.yml'), stringify(contract('u')));
  await writeFile(join(dir, 'checks', 'rejected-suggestions.json'), '[]');
  const { findings, problems } = await room.run({});
  expect(problems).toEqual([]);
  expect(findings.map(({ table, check, verdict }) => [table, check, verdict])).toEqual([
    ['t', 'there', 'fail'],
    ['u', 'there', 'fail'],
  ]);
  expect(await room.hidden({ table: 't' })).toEqual(['a']);
  expect(await room.hidden({ table: 'u' })).toEqual(['a']);
  await database.run(sql`create view over_t as select a as b, 1 as c from t`);
  await database.run(sql`create view plain as select 1 as a`);
  expect(await room.hidden({ table: 'over_t' })).toEqual(['b', 'c']);
  expect(await room.hidden({ table: 'plain' })).toEqual([]);
  const [listed] = await room.list({});
  await room.save({ table: 't', rules: [...(listed?.rules ?? []), rule('b', 'not_null', { column: 'b' })] });
  const after = await readFile(json, 'utf8');
  expect(after.startsWith('{\n    "apiVersion": "v3.1.0",\n')).toBe(true);
  expect(JSON.parse(after).schema[0].properties[1]).toMatchObject({ name: 'b', quality: [{ id: 'b' }] });
  expect((await room.list({}))[0]?.rules.map(({ id }) => id)).toEqual(['there', 'b']);
});

test('two rules of one id are refused before anything is written', async () => {
  const { room, dir } = await openChecks();
  const twice = rule('x', 'not_null', { column: 'a' });
  await expect(room.save({ table: 't', rules: [twice, twice] })).rejects.toMatchObject({
    problem: { code: 'bad_input' },
  });
  expect(existsSync(join(dir, 'checks'))).toBe(false);
});

test('a change made by a text editor is told', async () => {
  const { room, dir, events } = await openChecks();
  await room.save({ table: 't', rules: [rule('x', 'not_null', { column: 'a' })] });
  await vi.waitFor(() => expect(events.length).toBeGreaterThan(3));
  events.length = 0;
  const file = join(dir, 'checks', 't.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('column: a', 'column: b'));
  await vi.waitFor(() => expect(events).toContainEqual({ event: 'changed', room: 'checks' }), 3000);
});

test('findings of a rule that cannot be read any more stay as they were', async () => {
  const { room, database } = await openChecks();
  await database.run(sql`create table t (_row bigint, a int)`);
  const rules = [rule('one', 'not_null', { column: 'a' }), rule('two', 'not_null', { column: 'a' })];
  const { file } = await room.save({ table: 't', rules });
  await room.run({});
  await writeFile(file, (await readFile(file, 'utf8')).replace('id: two', 'id: 2 %'));
  const latest = async () => (await room.latest({})).map(({ check }) => check);
  expect((await room.run({})).problems).toHaveLength(1);
  expect(await latest()).toEqual(['one', 'two']);
  await room.save({ table: 't', rules: rules.slice(0, 1) });
  expect(await latest()).toEqual(['one', 'two']);
  await rm(file);
  await room.save({ table: 't', rules: rules.slice(0, 1) });
  expect(await latest()).toEqual(['one']);
});

test('watching ends when it is told to', async () => {
  const dir = await scratchFolder();
  await mkdir(join(dir, 'checks'));
  const changed = vi.fn();
  const { follow, close } = watchFolders(dir);
  follow('checks', changed);
  await writeFile(join(dir, 'checks', 'a.yaml'), '');
  await vi.waitFor(() => expect(changed).toHaveBeenCalled(), 3000);
  close();
  changed.mockClear();
  await writeFile(join(dir, 'checks', 'b.yaml'), '');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(changed).not.toHaveBeenCalled();
});

/** Files and folders under `dir` that this process watches. */
function watchedUnder(dir: string): readonly string[] {
  const { libuv } = process.report.getReport() as { libuv: { type: string; filename?: string }[] };
  return libuv.flatMap(({ type, filename = '' }) =>
    type === 'fs_event' && filename.startsWith(dir) ? [filename] : [],
  );
}

test('watching ends with the engine', async () => {
  const { dir, close } = await openTestEngine();
  expect(watchedUnder(dir)).toEqual([dir]);
  await close();
  await expect.poll(() => watchedUnder(dir)).toEqual([]);
});

const careless = `apiVersion: v3.1.0
kind: DataContract
schema:
  - name: t
    physicalName: shop.orders
    properties:
      - name: a
      - name: b # only a name
        quality: { type: library, metric: nullValues, mustBe: 0 }
      - name: c
        relationships:
          - to: public.customers.id
          - to: customers
    quality:
      - { type: libary, metric: rowCount, mustBeGreaterThan: 0 }
      - { type: sql, mustBe: 0 }
      - { type: custom, engine: assay, id: few, implementation: { kind: unique, params: { columns: [a] }, failAbve: 5 } }
      - only words
      - type: custom
        engine: assay
        id: some
        severity: warning
        implementation: { kind: not_null, params: { column: a }, limitsIn: rows, warnAbove: 3 }
      - { type: custom, engine: assay, id: many, severity: warning, implementation: { kind: row_count, params: { min: 100, max: null }, limitsIn: rows } }
      - { type: library, metric: rowCount, mustBeGreaterOrEqualTo: 90, severity: warning, name: at_least }
`;

test('what a file says in another shape than the standard’s is told with its place, and stays; a rule that only warns does so', async () => {
  const { room, dir, database } = await openChecks();
  await mkdir(join(dir, 'checks'));
  const file = join(dir, 'checks', 't.yaml');
  await writeFile(file, careless);
  await makeTable(database, 'orders', { rows: [{ a: null, b: '1', c: '1' }] });
  await makeTable(database, 'customers', { rows: [{ id: '1' }] });
  const [listed] = await room.list({});
  expect(listed?.table).toBe('orders');
  expect(listed?.rules.map(({ id }) => id)).toEqual(['some', 'many', 'at_least', 'refers_c']);
  expect(listed?.problems.map(({ message }) => message)).toEqual([
    't.yaml, line 9: "quality" is no list of rules, so that nothing of it is read.',
    't.yaml, line 13: this relationship is not run: it has to go "to" a TABLE.COLUMN.',
    't.yaml, line 15: this rule is not run: its type "libary" is not known; "library" may be meant.',
    't.yaml, line 16: this rule is not run: it has no query.',
    't.yaml, line 17: this rule cannot be run: its implementation has a key "failAbve" that is not known; "failAbove" may be meant.',
    't.yaml, line 18: this entry of "quality" is not read: it has no keys.',
  ]);
  const { verdict, findings } = await room.run({});
  expect([verdict, findings.map(({ check, verdict: one }) => [check, one])]).toEqual([
    'error',
    [
      ['some', 'pass'],
      ['many', 'warn'],
      ['at_least', 'warn'],
      ['refers_c', 'pass'],
    ],
  ]);
  await room.save({ table: 'orders', rules: [...(listed?.rules ?? [])] });
  expect(parse(await readFile(file, 'utf8'))).toEqual(parse(careless));
  const noted = listed?.rules.map((one) => (one.id === 'some' ? { ...one, notes: 'asked' } : one)) ?? [];
  await room.save({ table: 'orders', rules: noted });
  expect((await room.list({}))[0]?.rules).toEqual(noted);
  expect(await readFile(file, 'utf8')).toMatch(/id: some\n +severity: warning\n/);
});

test('saving what was read is the identity, whatever it is', async () => {
  const { room, dir } = await openChecks();
  await mkdir(join(dir, 'checks'));
  const file = join(dir, 'checks', 't.yaml');
  const limits = fc.record(
    {
      warnAbove: fc.integer({ min: 0, max: 100 }),
      failAbove: fc.integer({ min: 0, max: 100 }),
      limitsIn: fc.constantFrom('rows', 'percent'),
      where: fc.constant('a > 0'),
      timeLimit: fc.constant(5),
    },
    { requiredKeys: [] },
  );
  const entry = fc.record(
    {
      severity: fc.constantFrom('error', 'warning', 'info', 'critical'),
      description: fc.constant('why'),
      dimension: fc.constantFrom('accuracy', 'completeness'),
      tags: fc.constant(['x']),
      implementation: limits,
    },
    { requiredKeys: ['implementation'] },
  );
  const property = fc.record(
    {
      required: fc.boolean(),
      classification: fc.constantFrom('public', 'pii'),
      quality: fc.constantFrom([], [{ metric: 'nullValues', mustBe: 0, severity: 'warning' }], {
        metric: 'x',
      }),
    },
    { requiredKeys: [] },
  );
  const cases = fc.tuple(fc.array(entry, { maxLength: 4 }), fc.array(property, { maxLength: 3 }));
  await fc.assert(
    fc.asyncProperty(cases, async ([entries, properties]) => {
      const quality = entries.map(({ implementation, ...rest }, at) => ({
        ...{ type: 'custom', engine: 'assay', id: `r${at}`, ...rest },
        implementation: { kind: 'not_null', params: { column: 'a' }, ...implementation },
      }));
      const columns = properties.map((one, at) => ({ name: `p${at}`, ...one }));
      const contract = { apiVersion: 'v3.1.0', schema: [{ name: 't', properties: columns, quality }] };
      await writeFile(file, stringify(contract));
      const rules = async () => [...((await room.list({}))[0]?.rules ?? [])];
      const before = await rules();
      await room.save({ table: 't', rules: before });
      expect(await rules()).toEqual(before);
      expect(withoutEmpty(parse(await readFile(file, 'utf8')))).toEqual(withoutEmpty(contract));
    }),
    { numRuns: 25 },
  );
});

/** The same without lists that hold nothing. */
const withoutEmpty = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, one) => (Array.isArray(one) && one.length === 0 ? undefined : one)),
  );
