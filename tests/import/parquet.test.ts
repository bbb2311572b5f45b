import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withDuck } from '../../electron/engine/files/duck/duck.ts';
import { type Sql, sql } from '../../shared/sql.ts';
import { openTestEngine } from '../open-test-engine.ts';
import { mapRows } from './map-rows.ts';
import { file, rowsOf } from './workspace-files.ts';

const fixtures = join(import.meta.dirname, '../fixtures/pyarrow');

const writeParquet = (path: string, select: Sql) =>
  withDuck(undefined, (duck) => duck.rows(sql`copy (${select}) to ${sql`${path}`} (format parquet)`));

test('Parquet keeps its types to the last digit, nulls and nested values', async () => {
  const at = await openTestEngine();
  await writeParquet(
    join(at.dir, 'all.parquet'),
    sql`select * from (values
      (1::smallint, 9007199254740993::bigint, 12345678901234.5600::decimal(18,4), 0.1::double, true, 'a "b", c'::varchar,
       date '0044-03-15 (BC)', timestamp '2024-01-31 10:00:00.123456', timestamptz '2024-01-31 10:00:00+02', '\x00\xFF'::blob,
       [1,2]::integer[], ['x "y"', null, 'back\slash'], {'a': 1.50::decimal(5,2), 'b': [null, 'ö']},
       'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, [0.5, 1, -2]::float[3], time '23:59:59', interval 36 hours),
      (null, null, null, 'nan'::double, null, '', null, null, null, null, [], null, null, null, [1, 2, 3]::float[3], null, null)
      ) as t(small, big, money, f, b, s, d, ts, tz, bin, ints, words, obj, id, v, "at", span)`,
  );
  const loaded = await at.engine.import.load({ path: 'all.parquet', types: { v: 'vector(3)' } });
  expect(loaded.columns.filter(({ readAsNull }) => readAsNull)).toEqual([]);
  expect(loaded).toMatchObject({
    table: 'all',
    format: { kind: 'parquet', settings: {} },
    dialect: null,
    account: { physical: 2, loaded: 2, rejected: 0, skipped: 0 },
  });
  expect(loaded.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'small smallint',
    'big bigint',
    'money numeric(18,4)',
    'f double precision',
    'b boolean',
    's text',
    'd date',
    'ts timestamp without time zone',
    'tz timestamp with time zone',
    'bin bytea',
    'ints integer[]',
    'words text[]',
    'obj jsonb',
    'id uuid',
    'v vector(3)',
    'at time without time zone',
    'span interval',
  ]);
  const texts = loaded.columns.map(({ name }) => `"${name}"::text`).join(', ');
  await at.engine.query.run({ text: "set timezone = 'UTC'" });
  expect(await rowsOf(at, `select ${texts} from "all" order by _row`)).toEqual([
    [
      '1',
      '9007199254740993',
      '12345678901234.5600',
      '0.1',
      'true',
      'a "b", c',
      '0044-03-15 BC',
      '2024-01-31 10:00:00.123456',
      '2024-01-31 08:00:00+00',
      '\\x00ff',
      '{1,2}',
      '{"x \\"y\\"",NULL,"back\\\\slash"}',
      '{"a": 1.5, "b": [null, "ö"]}',
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      '[0.5,1,-2]',
      '23:59:59',
      '36:00:00',
    ],
    [
      ...Array(3).fill(null),
      'NaN',
      null,
      '',
      ...Array(4).fill(null),
      '{}',
      null,
      null,
      null,
      '[1,2,3]',
      null,
      null,
    ],
  ]);
  await at.engine.import.load({ path: 'all.parquet', table: 'again', types: { f: 'double precision' } });
  expect(await rowsOf(at, 'select f::text from again order by _row')).toEqual([['0.1'], ['NaN']]);
  await writeParquet(
    join(at.dir, 'fine.parquet'),
    sql`select [1.5::decimal(38,10), 12345678901234567890.0123456789::decimal(38,10)] as sums,
      {'a': 1::decimal(20,2)} as inside, '2024-01-31 10:00:00.123456789'::timestamp_ns as ns, '2024-01-31 10:00:00'::timestamp_ns as whole`,
  );
  expect((await at.engine.import.load({ path: 'fine.parquet' })).open).toEqual([
    {
      says: 'ns: 1 value has nanoseconds; PostgreSQL keeps microseconds, so the last three digits of nanoseconds are cut',
    },
  ]);
  expect(await rowsOf(at, 'select sums::text, ns::text from fine')).toEqual([
    ['{1.5000000000,12345678901234567890.0123456789}', '2024-01-31 10:00:00.123456'],
  ]);
  const look = await at.engine.files.preview({ path: 'all.parquet' });
  expect(look.columns.filter(({ offers }) => offers)).toMatchObject([
    {
      name: 'v',
      type: 'real[]',
      offers: [{ type: 'vector(3)', evidence: 'every value is a list of 3 numbers' }],
    },
  ]);
  expect(look.columns[2]?.reason).toBe('the file says DECIMAL(18,4)');

  // A type that a person chose may not fit: those rows are rejected, with their text.
  const other = await at.engine.import.load({
    path: 'all.parquet',
    table: 'other',
    types: { f: 'numeric', s: 'date' },
  });
  expect(other.account).toMatchObject({ physical: 2, loaded: 1, rejected: 1 });
  const { rejects } = await at.engine.import.rejects({ table: 'other', offset: 0, limit: 9 });
  expect(rejects).toMatchObject([{ line: 1, column: 's', cause: '“a "b", c” is not a date (date).' }]);
  expect(
    rejects[0]?.raw.startsWith('1,9007199254740993,12345678901234.5600,0.1,true,"a ""b"", c",0044-03-15 BC,'),
  ).toBe(true);

  const whole = await readFile(join(at.dir, 'all.parquet'));
  await writeFile(join(at.dir, 'cut.csv'), whole.subarray(0, -20));
  await expect(at.engine.import.load({ path: 'cut.csv' })).rejects.toThrow(
    'cut.csv is cut off: its end is missing.',
  );
});

test('lists of numbers in delimited text become vectors when that is asked for', async () => {
  const at = await openTestEngine();
  await file(at, 'v.csv', 'id,e\n1,"[0.5,1,2]"\n2,"[1, 2, 3]"\n3,"[1,2]"\n4,\n');
  const vectors = await at.engine.import.load({ path: 'v.csv', types: { e: 'vector(3)' } });
  expect(vectors.account).toMatchObject({ loaded: 3, rejected: 1 });
  expect(await rowsOf(at, 'select e::text from v order by _row')).toEqual([
    ['[0.5,1,2]'],
    ['[1,2,3]'],
    [null],
  ]);
  const { rejects } = await at.engine.import.rejects({ table: 'v', offset: 0, limit: 9 });
  expect(rejects).toMatchObject([
    { line: 4, column: 'e', cause: '“[1,2]” is not a list of so many numbers (vector(3)).' },
  ]);
});

// decimal256.parquet by pyarrow 25: id int64, o struct<a: int32, x: decimal256(76,10)>, w decimal256(76,10), n decimal128(18,2).
test('decimals of more than 38 digits keep them all, in whichever way they are asked for', async () => {
  const at = await openTestEngine();
  const path = join(fixtures, 'decimal256.parquet');
  const look = await at.engine.files.preview({ path });
  expect(look.format.open).toEqual([]);
  expect(look.columns.map(({ name, type, reason }) => [name, type, reason])).toEqual([
    ['id', 'bigint', 'the file says BIGINT'],
    ['o', 'jsonb', 'the file says a nested type with DECIMAL(76,10)'],
    ['w', 'numeric(76,10)', 'the file says DECIMAL(76,10)'],
    ['n', 'numeric(18,2)', 'the file says DECIMAL(18,2)'],
  ]);
});

const long = '123456789012345678901234567890123456789012345678901234567890.0123456789';

test('decimals of more than 38 digits stay beside the rows they belong to, nested and packed in any way', async () => {
  const at = await openTestEngine();
  for (const codec of ['zstd', 'lz4', 'gzip', 'brotli', 'snappy']) {
    const path = join(fixtures, `wide-${codec}.parquet`);
    const { account, columns } = await at.engine.import.load({ path, table: codec });
    expect([codec, account]).toMatchObject([codec, { physical: 4, loaded: 4, rejected: 0, skipped: 0 }]);
    expect(columns.map(({ type }) => type)).toEqual([
      'bigint',
      'numeric(76,10)',
      'numeric(76,10)[]',
      'jsonb',
      'jsonb',
      'text',
    ]);
    expect([
      codec,
      await rowsOf(at, `select id::text, w::text, l::text, o::text, lo::text, t from ${codec} order by _row`),
    ]).toEqual([
      codec,
      [
        [
          '1',
          long,
          `{${long},NULL}`,
          `{"a": 1, "s": "é\\"", "x": ${long}}`,
          `[{"a": 1, "s": null, "x": ${long}}, null]`,
          'x',
        ],
        ['2', null, '{}', null, null, null],
        ['3', '-0.0000000001', null, '{"a": null, "s": null, "x": null}', '[]', ''],
        [
          '4',
          '0.0000000000',
          '{-0.0000000001}',
          '{"a": 2, "s": "", "x": -0.0000000001}',
          '[{"a": null, "s": null, "x": null}]',
          'y',
        ],
      ],
    ]);
  }
  const path = join(fixtures, 'wide-zstd.parquet');
  await at.engine.import.load({ path, table: 'texts', allText: true });
  expect(await rowsOf(at, 'select w from texts order by _row')).toEqual([
    [long],
    [null],
    ['-0.0000000001'],
    ['0.0000000000'],
  ]);
  await at.engine.import.load({ path, table: 'typed', types: { w: 'numeric', id: 'text' } });
  expect(await rowsOf(at, 'select w::text, pg_typeof(w)::text from typed where _row = 1')).toEqual([
    [long, 'numeric'],
  ]);
});

test('maps keep every entry, moments all that PostgreSQL has, and what it cannot have costs its row alone', async () => {
  const at = await openTestEngine();
  const load = (name: string) =>
    at.engine.import.load({ path: join(fixtures, `${name}.parquet`), table: name });
  const repeated =
    '1 map with a key that stands more than once; loaded as a list of its entries, so that none is lost';
  expect((await load('maps')).open).toEqual([{ says: `m: ${repeated}` }, { says: `lm: ${repeated}` }]);
  expect(await rowsOf(at, 'select m::text, lm::text, dm::text, nm::text from maps order by _row')).toEqual(
    mapRows,
  );

  const { open, columns } = await load('moments');
  expect(columns.map(({ type }) => type)).toEqual([
    'timestamp without time zone',
    'timestamp with time zone',
    'jsonb',
    'timestamp without time zone[]',
    'time without time zone',
  ]);
  const cut =
    '1 value has nanoseconds; PostgreSQL keeps microseconds, so the last three digits of nanoseconds are cut';
  expect(open).toEqual([
    {
      says: 'z: the file has nanoseconds; PostgreSQL keeps microseconds, so their last three digits are cut',
    },
    ...['t', 'l', 'c'].map((name) => ({ says: `${name}: ${cut}` })),
  ]);
  expect(await rowsOf(at, 'select t::text, o::text, l::text, c::text from moments where _row = 1')).toEqual([
    [
      '2024-01-31 10:00:00.123456',
      '{"t": "2024-01-31 10:00:00.123456789"}',
      '{"2024-01-31 10:00:00.123456",NULL}',
      '23:59:59.999999',
    ],
  ]);

  expect((await load('far')).account).toMatchObject({ physical: 3, loaded: 2, rejected: 1 });
  expect(await rowsOf(at, "select id::text, t::text, p->>'y' from far order by _row")).toEqual([
    ['1', '1970-01-01 00:00:00', `0.5${'0'.repeat(29)}`],
    ['3', null, `-0.25${'0'.repeat(28)}`],
  ]);
  const { rejects } = await at.engine.import.rejects({ table: 'far', offset: 0, limit: 9 });
  expect(rejects).toMatchObject([{ line: 2, raw: '2,146140482-04-24 15:36:27.904,' }]);
});

test('wide decimals are whole beside times and texts, and refused beside what cannot be read with them', async () => {
  const at = await openTestEngine();
  const { open } = await at.engine.import.load({ path: join(fixtures, 'beside.parquet'), table: 'b' });
  expect(open).toEqual([
    {
      says: 'b: 1 text that is no UTF-8; what cannot be read of it stands as \ufffd. Write the column as binary to keep its bytes',
    },
  ]);
  expect(await rowsOf(at, 'select s::text, b::text from b order by _row')).toEqual([
    ['{"d": 7, "h": "x", "t": "01:00:00"}', '{"d": 1, "u": "ok"}'],
    ['{"d": 100, "h": null, "t": null}', '{"d": 1, "u": "\ufffd bad"}'],
    [null, '{"d": 1, "u": null}'],
  ]);
  await expect(
    at.engine.import.load({ path: join(fixtures, 'half.parquet'), table: 'h' }),
  ).rejects.toMatchObject({
    problem: { message: '"s" has DECIMAL(39,0) beside values of a kind that cannot be read with it.' },
  });
});
