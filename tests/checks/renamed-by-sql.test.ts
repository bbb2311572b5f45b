import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTestEngine } from '../open-test-engine.ts';

const rule = (column: string) =>
  `quality: [{ id: ${column}_there, type: custom, engine: assay, implementation: { kind: not_null, params: { column: ${column} }, failAbove: 0 } }]`;

const contract = (table: string, column: string) =>
  `schema: [{ name: ${table}, properties: [{ name: ${column}, classification: private }], ${rule(column)} }]\n`;

/** Tables `people` with a private `email` that is null once, and `firms` with a private `tax`; `made` runs SQL. */
async function openPeople() {
  const { engine, dir } = await openTestEngine();
  const made = (text: string) => engine.query.run({ text });
  await made(`create table people (email text, town text); insert into people values (null, 'Bern'), ('a@b', 'Ulm');
    create table firms (tax text, town text); insert into firms values ('1', 'Bern')`);
  await mkdir(join(dir, 'checks'), { recursive: true });
  const write = (file: string, text: string) => writeFile(join(dir, file), text);
  await write('checks/people.yaml', contract('people', 'email'));
  await write('checks/firms.yaml', contract('firms', 'tax'));
  const hidden = (table: string) => engine.checks.hidden({ table });
  const read = (file: string) => readFile(join(dir, file), 'utf8');
  const findings = async () =>
    (await engine.checks.run({})).findings.map(({ table, check, verdict }) => [table, check, verdict]);
  return { engine, made, write, hidden, read, findings };
}

test('a table that SQL renames keeps its rules and its private columns, and its file has the new name', async () => {
  const { made, hidden, read, findings } = await openPeople();
  await made('alter table people rename to persons');
  expect(await read('checks/people.yaml')).toContain('name: persons,');
  expect(await hidden('persons')).toEqual(['email']);
  expect(await findings()).toEqual([
    ['firms', 'tax_there', 'pass'],
    ['persons', 'email_there', 'fail'],
  ]);
  await made(
    'alter table persons rename to p2; alter table p2 rename to folk; create table people (email text)',
  );
  expect(await read('checks/people.yaml')).toContain('name: folk,');
  expect(await hidden('folk')).toEqual(['email']);
  expect(await hidden('people')).toEqual([]);
  await made(
    'create function renames() returns void language sql as $$ alter table folk rename to people2 $$',
  );
  await made('select renames()');
  expect(await read('checks/people.yaml')).toContain('name: people2,');
  expect(await hidden('people2')).toEqual(['email']);
});

test('two tables that swap their names swap their rules', async () => {
  const { made, hidden, findings } = await openPeople();
  await made(
    'alter table people rename to x; alter table firms rename to people; alter table x rename to firms',
  );
  expect(await hidden('firms')).toEqual(['email']);
  expect(await hidden('people')).toEqual(['tax']);
  expect(await findings()).toEqual([
    ['firms', 'email_there', 'fail'],
    ['people', 'tax_there', 'pass'],
  ]);
});

test('what is rolled back renames nothing, and what is dropped has no other name', async () => {
  const { made, hidden, read } = await openPeople();
  await expect(made('alter table people rename to persons; select 1 / 0')).rejects.toThrow(
    'division by zero',
  );
  await made('create table once (a int unique deferrable initially deferred)');
  await expect(
    made('alter table people rename to persons; insert into once values (1), (1)'),
  ).rejects.toThrow('duplicate');
  expect(await read('checks/people.yaml')).toContain('name: people,');
  expect(await hidden('people')).toEqual(['email']);
  await made('alter table people rename to persons; drop table persons');
  expect(await read('checks/people.yaml')).toContain('name: people,');
});

test('a table that takes the name of a dropped one takes its place in files', async () => {
  const { made, write, hidden, read } = await openPeople();
  await write(
    'assay.yaml',
    `version: 1
name: Shop
targets:
  - { name: there, kind: folder, path: /tmp/x, tables: { people: { mode: append }, firms: { private: { tax: mask } } } }
checks: { tables: { firms: { runAfter: [import] } } }
`,
  );
  expect(await hidden('people')).toEqual(['email']);
  await made('drop table people; alter table firms rename to people');
  expect(await read('assay.yaml')).toContain('tables: { people: { private: { tax: mask } } }');
  expect(await read('assay.yaml')).toContain('checks: { tables: { people: { runAfter: [ import ] } } }');
  expect(await hidden('people')).toEqual(expect.arrayContaining(['email', 'tax']));
});

test('a view that SQL renames keeps its private columns; a physical name is the one that follows', async () => {
  const { made, write, hidden, read } = await openPeople();
  await made('create table plain (a text); create view seen as select a from plain');
  await write('checks/seen.yaml', contract('seen', 'a'));
  await write(
    'checks/plain.yaml',
    'schema: [{ name: Plain things, physicalName: public.plain, properties: [{ name: a, tags: [pii] }] }]\n',
  );
  await made('alter view seen rename to looked_at; alter table plain rename to plainer');
  expect(await read('checks/seen.yaml')).toContain('name: looked_at,');
  expect(await hidden('looked_at')).toEqual(['a']);
  expect(await read('checks/plain.yaml')).toContain('name: Plain things, physicalName: public.plainer,');
  expect(await hidden('plainer')).toEqual(['a']);
});

test('relationships as the standard has them refer to the new name', async () => {
  const { made, write, read } = await openPeople();
  const file = (table: string) => `schema:
  - name: visits
    properties:
      - name: email
        relationships: [{ to: ${table}.email }, { to: "x.yaml#/schema/${table}/properties/email" }, { to: firms.people }]
    relationships:
      - { from: visits.people, to: [public.${table}.email, firms.tax] }
`;
  await write('checks/visits.yaml', file('people'));
  await made('alter table people rename to persons');
  expect(await read('checks/visits.yaml')).toBe(
    file('persons')
      .replaceAll('[{', '[ {')
      .replaceAll('}]', '} ]')
      .replace('[public', '[ public')
      .replace('tax]', 'tax ]'),
  );
});

test('a file that cannot be written is told, and what it calls private stays private', async () => {
  const { engine, made, write, hidden, read } = await openPeople();
  const file = unwritable('l');
  await made('create table long (secret text)');
  await write(file, contract('long', 'secret'));
  await expect(
    made('alter table people rename to persons; alter table long rename to longer'),
  ).rejects.toThrow(
    `"people" is called "persons" now, "long" is called "longer" now, but ${file} has the old name still.`,
  );
  expect(await read('checks/people.yaml')).toContain('name: persons,');
  expect((await engine.tables.list({})).map(({ name }) => name)).toEqual(['firms', 'longer', 'persons']);
  expect(await hidden('longer')).toEqual(['secret']);
  await made('create table long (secret text)');
  expect(await hidden('longer')).toEqual(['secret']);
  await write(file, contract('longer', 'secret'));
  expect(await hidden('longer')).toEqual(['secret']);
  expect(await hidden('long')).toEqual([]);
});

/** Room for the name, and none for the one that a half-written file has. */
const unwritable = (letter: string) => `checks/${letter.repeat(245)}.yaml`;

test('what a file that cannot follow calls private stays so beside what others say by the new name', async () => {
  const { engine, made, write, hidden } = await openPeople();
  const file = unwritable('l');
  await write(file, contract('people', 'town'));
  await expect(made('alter table people rename to persons')).rejects.toThrow(`but ${file} has the old name`);
  expect((await hidden('persons')).toSorted()).toEqual(['email', 'town']);
  await made('create table people (email text, town text)');
  expect((await hidden('persons')).toSorted()).toEqual(['email', 'town']);
  await expect(engine.tables.rename({ table: 'persons', to: 'folk' })).resolves.toBeNull();
  expect((await hidden('folk')).toSorted()).toEqual(['email', 'town']);
  await write(file, contract('folk', 'email'));
  expect(await hidden('folk')).toEqual(['email']);
});

test('a file from before a renaming counts beside one that has the new name', async () => {
  const { made, write, hidden } = await openPeople();
  await write('checks/more.yaml', contract('people', 'town'));
  await made('alter table people rename to persons');
  await write('checks/more.yaml', contract('people', 'town'));
  expect((await hidden('persons')).toSorted()).toEqual(['email', 'town']);
});

test('another table with the old name takes nothing of the first one with it to a third', async () => {
  const { made, write, hidden } = await openPeople();
  const file = unwritable('l');
  await made('create table visits (email text)');
  await write(file, contract('visits', 'email'));
  await expect(made('alter table visits rename to stays')).rejects.toThrow('has the old name');
  await made('create table visits (email text)');
  expect(await hidden('stays')).toEqual(['email']);
  expect(await hidden('visits')).toEqual(['email']);
  await expect(made('alter table visits rename to others')).rejects.toThrow('has the old name');
  expect(await hidden('stays')).toEqual(['email']);
  expect(await hidden('others')).toEqual([]);
});

test('a table that the app renames before anybody asked what is private is private', async () => {
  const { engine, made, write, hidden } = await openPeople();
  await made('create table visits (email text)');
  await write(unwritable('l'), contract('visits', 'email'));
  await expect(engine.tables.rename({ table: 'visits', to: 'stays' })).rejects.toThrow('has the old name');
  await made('create table visits (email text)');
  expect(await hidden('stays')).toEqual(['email']);
});

test('a table that comes back under another name from another schema is as private as it was', async () => {
  const { made, hidden } = await openPeople();
  expect(await hidden('people')).toEqual(['email']);
  await made('create schema apart; alter table people set schema apart');
  await made('alter table apart.people rename to persons');
  await made('alter table apart.persons set schema public');
  expect(await hidden('persons')).toEqual(['email']);
});

test('whatever names tables get from one another, each keeps its private column', async () => {
  const { made, hidden, write } = await openPeople();
  const names = ['a', 'b', 'c', 'd', 'e'];
  await made('create table a (pa text); create table b (pb text); create table c (pc text)');
  for (const name of ['a', 'b', 'c']) await write(`checks/${name}.yaml`, contract(name, `p${name}`));
  let owners: (string | undefined)[] = ['pa', 'pb', 'pc', undefined, undefined];
  const step = async ([order, fills]: readonly [number[], boolean]) => {
    const apart = owners.map((owner, at) => (owner ? `alter table ${names[at]} rename to x${at};` : ''));
    const back = order.map((from, to) =>
      owners[from] ? `alter table x${from} rename to ${names[to]};` : '',
    );
    const next = order.map((from) => owners[from]);
    const free = next.indexOf(undefined);
    const fill = fills && free >= 0 ? `create table ${names[free]} (pa text, pb text, pc text);` : '';
    const drop = fill === '' ? '' : `drop table ${names[free]};`;
    await made(apart.join('') + back.join('') + fill);
    owners = next;
    for (const [at, owner] of owners.entries())
      if (owner || at === free) expect(await hidden(names[at] as string)).toEqual(owner ? [owner] : []);
    if (drop) await made(drop);
  };
  const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
  await fc.assert(fc.asyncProperty(fc.tuple(orders, fc.boolean()), step), { numRuns: 8, endOnFailure: true });
});

test('a private column that SQL renames before anybody asked what is private is private', async () => {
  const { made, hidden } = await openPeople();
  await made('alter table people rename column email to mail; alter table people rename to persons');
  expect(await hidden('persons')).toContain('mail');
});
