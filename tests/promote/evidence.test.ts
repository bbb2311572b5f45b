import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowHash } from '../../electron/engine/promote/verify/checksums.ts';
import { toText } from '../../shared/sql.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Values of a type that look alike, lie at its edges, or are often taken for one another. */
const nasty: Readonly<Record<string, readonly string[]>> = {
  smallint: ['-32768', '0', '32767'],
  integer: ['-2147483648', '0', '-1', '2147483647'],
  bigint: [
    ...['-9223372036854775808', '0', '2147483648', '9223372036854775807'],
    ...['1', '-1', '4294967296', '-4294967296', '4294967297'],
  ],
  numeric: [
    '0',
    '0.0',
    '0.00',
    '1.5',
    '1.50',
    '-1.5',
    '10000',
    '1',
    '-1',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e40',
    '-1e-40',
    '9'.repeat(200),
  ],
  'numeric(12,2)': ['0', '-0.01', '0.01', '9999999999.99', 'NaN'],
  real: ['0', '-0', '1e-45', '3.4e38', 'NaN', 'Infinity', '-Infinity', '0.1'],
  'double precision': [
    '0',
    '-0',
    '5e-324',
    '1.7e308',
    'NaN',
    'Infinity',
    '-Infinity',
    '0.1',
    '0.30000000000000004',
  ],
  boolean: ['true', 'false'],
  text: [
    '',
    ' ',
    'a',
    'A',
    'ä',
    'a\u0308',
    '\u00e4',
    'straße',
    'ffi',
    'ﬃ',
    '数据',
    'مرحبا',
    '😀',
    '\t\r\n',
    '\\N',
    "'; drop--",
    'null',
  ],
  'character(4)': ['', 'a', 'a b', '😀'],
  'character varying(8)': ['', 'a ', ' a', 'İi'],
  date: ['4713-01-01 BC', '0001-01-01', '1999-12-31', '2000-01-01', '5874897-12-31', 'infinity', '-infinity'],
  time: ['00:00', '23:59:59.999999', '24:00', '00:00:00.000001', '01:11:34.967296'],
  'time with time zone': ['00:00+14', '10:00+00', '12:00+02'],
  timestamp: [
    '4713-01-01 00:00 BC',
    '1969-12-31 23:59:59.999999',
    '294276-12-31 23:59:59.999999',
    '2000-01-01 00:00:00.000001',
    '2000-01-01 01:11:34.967296',
    'infinity',
    '-infinity',
  ],
  'timestamp with time zone': [
    '2024-03-31 02:30+01',
    '2024-03-31 02:30+02',
    '0001-01-01 00:00 BC',
    'infinity',
    '-infinity',
  ],
  interval: ['0', '1 month', '30 days', '720 hours', '-1 year 2 days -03:04:05.000006'],
  uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  json: ['{"a": 1}', '{"a":1}', '{"a": 1, "a": 2}', 'null', '"ü"', '1.0', '[]'],
  jsonb: ['{"a": 1}', '{"a": 1.0}', '{"b": 1, "a": [1, null]}', 'null', '"null"', '1e400'],
  bytea: ['\\x', '\\x00', '\\x0000', '\\xff27', '\\x5c78'],
  'integer[]': ['{}', '{NULL}', '{1,NULL,3}', '{{1,2},{3,4}}', '[0:1]={1,2}', '{1,2}'],
  'text[]': ['{}', '{NULL}', '{"NULL"}', '{""}', '{"a,b"}', '{"{}"}'],
  'numeric[]': ['{1.5}', '{1.50}', '{NaN}'],
  'vector(3)': ['[0,0,0]', '[-0,0,0]', '[1,2,3]', '[1.0000001,2,3]', '[1e-38,3e38,-1]'],
  inet: ['10.0.0.1', '10.0.0.1/24', '::1'],
  money: ['0', '-1.23'],
  int4range: ['empty', '[1,5)', '(,)', '[1,)'],
  bit: ['0', '1'],
  xml: ['<a/>', '<a></a>'],
};

const types = Object.keys(nasty);
const cell = (type: string) => fc.option(fc.constantFrom(...(nasty[type] ?? [''])), { freq: 8 });
const row = fc.tuple(...types.map(cell));
const literal = (value: string | null, type: string) =>
  value === null ? `null::${type}` : `'${value.replaceAll("'", "''")}'::${type}`;

const insert = (rows: readonly (readonly (string | null)[])[]) =>
  rows
    .map((cells) => `(${cells.map((value, at) => literal(value, types[at] ?? '')).join(', ')})`)
    .join(',\n');

test('every type and nasty value arrives as it was, and changing any one cell there is named, with the row', {
  timeout: 120_000,
}, async () => {
  const columns = types.map((type, at) => `c${at} ${type}`).join(', ');
  const { engine, ask, dir } = await openTarget(server, `create table t (id int, ${columns})`);
  const rows = fc.sample(row, { numRuns: 30, seed: 42 });
  const all = types.map((type, at) =>
    (nasty[type] ?? []).map((value) => rows[0]?.map((_, column) => (column === at ? value : null)) ?? []),
  );
  await engine.query.run({
    text: `insert into t (id, ${types.map((_, at) => `c${at}`).join(', ')}) select row_number() over (), v.* from (values ${insert([...rows, ...all.flat()])}) v`,
  });
  const receipt = await engine.promote.apply({ target: 'prod' });
  expect(receipt).toMatchObject({ status: 'verified', tables: [{ rows: 30 + all.flat().length }] });

  const [sizes] = await ask('select max(id)::int as last from t');
  const last = Number(sizes?.['last']);
  for (const [at, type] of types.entries()) {
    const values = nasty[type] ?? [];
    const id = last - all.slice(at).flat().length + 1;
    const other = literal(values[1] ?? null, type);
    await ask(`update t set c${at} = ${other} where id = ${id}`);
  }
  const verified = await engine.promote.verify({ target: 'prod' });
  const table = verified.tables[0];
  const named = table?.columns
    .filter(({ checksum, serverChecksum }) => checksum !== serverChecksum)
    .map(({ name }) => name);
  expect(named).toEqual([...types.map((_, at) => `c${at}`), '(whole rows)']);
  expect(table?.differences).toHaveLength(5);
  for (const { here, there, columns: differ } of table?.differences ?? []) {
    expect(here?.['id']).toBe(there?.['id']);
    expect(differ).toHaveLength(1);
  }
  // What is private is shown to nobody, here or there; that it differs is told.
  await mkdir(join(dir, 'checks'), { recursive: true });
  const shy = ['id', ...types.map((_, at) => `c${at}`)].map((name) => `{ name: ${name}, private: true }`);
  await writeFile(join(dir, 'checks', 't.yaml'), `schema: [{ name: t, properties: [${shy}] }]\n`);
  const [masked] = (await engine.promote.verify({ target: 'prod' })).tables;
  expect(masked?.differences).toHaveLength(5);
  for (const { here, there, columns: differ } of masked?.differences ?? []) {
    const shown = [here, there].flatMap((one) => Object.values(one ?? {}));
    expect(shown.filter((value) => value !== null && value !== '•••')).toEqual([]);
    expect(differ).toHaveLength(1);
  }
  const told = await ask(`${types.map(toldApart).join(' union all ')} order by at`);
  expect(told.map(({ type, hashes }) => [type, hashes])).toEqual(
    told.map(({ type, values }) => [type, values]),
  );
});

/** How many of a type's values there are, and how many are told apart. */
const toldApart = (type: string, at: number) => {
  const values = [...new Set(nasty[type])].map((value) => `(${literal(value, type)})`);
  const hash = toText(rowHash([{ name: 'v', type }]));
  return `select '${type}' as type, ${values.length} as values, count(distinct ${hash})::int as hashes, ${at} as at from (values ${values}) as t (v)`;
};

/** A server that changes one cell of whatever is loaded: each staging table gets a trigger as it is made. */
const spoiling = `
  create function spoil() returns trigger language plpgsql as $$ begin if new.id = 7 then new.amount := 10.5; end if; return new; end $$;
  create function spoil_staging() returns event_trigger language plpgsql as $$ declare made record; begin
    for made in select * from pg_event_trigger_ddl_commands() where object_type = 'table' and object_identity like 'assay_staging%.t'
    loop execute format('create trigger spoil before insert on %s for each row execute function public.spoil()', made.object_identity); end loop;
  end $$;
  create event trigger spoil_it on ddl_command_end when tag in ('CREATE TABLE') execute function spoil_staging()`;

test('a cell that arrives changed is named with its row, and nothing is swapped in', async () => {
  const { engine, ask } = await openTarget(
    server,
    'create table t as select n as id, n * 1.50 as amount from generate_series(1, 500) n',
  );
  await ask(spoiling);
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toMatchObject({
    problem: {
      code: 'server_failed',
      message: expect.stringMatching(
        /t arrived different .*amount.*\n.*here id = "7", amount = "10.50"; there id = "7", amount = "10.5"/,
      ),
    },
  });
  expect(await ask(`select to_regclass('t') as t`)).toEqual([{ t: null }]);
  expect(await ask(`select 1 from pg_namespace where nspname like 'assay_staging%'`)).toEqual([]);
});

test('a check that counts other rows there stops the swap, and both numbers are told', async () => {
  const { engine, ask } = await openTarget(
    server,
    `create table t as select n as id from generate_series(1, 3) n; create table other as select n as id from generate_series(1, 3) n`,
  );
  await engine.promote.apply({ target: 'prod', tables: ['other'] });
  await ask('delete from other where id > 1');
  await engine.checks.save({
    table: 't',
    rules: [
      { id: 'known', kind: 'foreign_key', params: { columns: ['id'], table: 'other', references: ['id'] } },
    ],
  });
  await ask('alter table other rename to gone; create view other as select * from gone');
  const answer = engine.promote.apply({ target: 'prod', tables: ['t'] });
  await expect(answer).rejects.toMatchObject({ problem: { message: expect.stringContaining('known') } });
  expect(await ask(`select to_regclass('t') as t`)).toEqual([{ t: null }]);
});

test('vectors have the same nearest rows on both sides', async () => {
  const { engine } = await openTarget(
    server,
    `create table v as select n as id, ('[' || sin(n) || ',' || cos(n) || ',' || sin(n * 3) || ']')::vector(3) as at from generate_series(1, 60) n`,
  );
  const receipt = await engine.promote.apply({ target: 'prod' });
  expect(receipt.tables[0]?.neighbours).toEqual({ sampled: 3, equal: true });
});
