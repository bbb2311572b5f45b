import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  Decimal,
  Field,
  Int64,
  makeData,
  makeVector,
  Struct,
  Table,
  TimestampMicrosecond,
  TimestampNanosecond,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import { expect, test } from 'vitest';
import { openTestEngine } from '../open-test-engine.ts';
import { mapRows } from './map-rows.ts';
import { file, rowsOf } from './workspace-files.ts';

/** The same table, written by pyarrow 2 in four ways. */
const fixtures = join(import.meta.dirname, '../fixtures/pyarrow');
const names = ['uncompressed.feather', 'lz4.feather', 'zstd.feather', 'stream.arrows'];

const rows = [
  [
    '1',
    '18446744073709551615',
    '12345678901234.5600',
    '0.1',
    'true',
    'Zoë "q", x',
    '2024-01-31',
    '2024-01-31 10:00:00.123456',
    '2024-01-31 10:00:00+00',
    '\\x00ff',
    '{1,2}',
    '[0.5,1,2]',
    '{"a": 1, "b": ["x", null]}',
    'red',
    '23:59:59',
    'large',
  ],
  [
    null,
    '0',
    '-0.0100',
    'NaN',
    'false',
    '',
    '0001-01-01',
    null,
    null,
    '\\x',
    '{}',
    '[1,2,3]',
    '{"a": null, "b": null}',
    'blue',
    null,
    null,
  ],
  ['3', ...Array(12).fill(null), 'red', null, ''],
];

test('Arrow files and streams keep their types, whichever way they are compressed', async () => {
  const at = await openTestEngine();
  await at.engine.query.run({ text: "set timezone = 'UTC'" });
  for (const [n, name] of names.entries()) {
    const table = `t${n}`;
    const loaded = await at.engine.import.load({
      path: join(fixtures, name),
      table,
      types: { e: 'vector(3)' },
    });
    expect([name, loaded.format.kind, loaded.account]).toMatchObject([
      name,
      'arrow',
      { physical: 3, loaded: 3, rejected: 0 },
    ]);
    expect(loaded.columns.map(({ name: column, type }) => `${column} ${type}`)).toEqual([
      'i bigint',
      'u numeric',
      'm numeric(18,4)',
      'f double precision',
      'b boolean',
      's text',
      'd date',
      'ts timestamp without time zone',
      'tz timestamp with time zone',
      'bin bytea',
      'l integer[]',
      'e vector(3)',
      'o jsonb',
      'c text',
      't time without time zone',
      'ls text',
    ]);
    const texts = loaded.columns.map(({ name: column }) => `"${column}"::text`).join(', ');
    expect([name, await rowsOf(at, `select ${texts} from ${table} order by _row`)]).toEqual([name, rows]);
  }
  const look = await at.engine.files.preview({ path: join(fixtures, 'lz4.feather') });
  expect(look.columns.find(({ offers }) => offers)).toMatchObject({
    name: 'e',
    type: 'real[]',
    offers: [{ type: 'vector(3)', evidence: 'every value is a list of 3 numbers' }],
  });
});

test('what is nested keeps its digits, and nanoseconds that are cut are told', async () => {
  const at = await openTestEngine();
  const inside = new Struct([
    new Field('sum', new Decimal(2, 20), true),
    new Field('at', new TimestampMicrosecond(), true),
    new Field('big', new Int64(), true),
  ]);
  const sum = Uint32Array.from([1234567890, 5, 0, 0]);
  const row = { sum, at: 1_706_695_200_123, big: 9007199254740993n };
  const table = new Table({
    o: vectorFromArray([row, null], inside),
    ns: makeVector(makeData({ type: new TimestampNanosecond(), data: BigInt64Array.from([1n, 1_000_000n]) })),
  });
  await file(at, 'nested.arrow', tableToIPC(table, 'file'));
  const { open } = await at.engine.import.load({ path: 'nested.arrow' });
  expect(open).toMatchObject([{ says: expect.stringMatching(/^ns: 1 value has nanoseconds; .* are cut$/) }]);
  expect(
    await rowsOf(at, "select o->>'sum' as sum, o->>'big' as big, o->>'at' as at from nested order by _row"),
  ).toEqual([
    ['227094043.70', '9007199254740993', '2024-01-31 10:00:00.123'],
    [null, null, null],
  ]);
});

test('cut and old Arrow files are refused in words', async () => {
  const at = await openTestEngine();
  const whole = await readFile(join(fixtures, 'stream.arrows'));
  await writeFile(join(at.dir, 'cut.arrows'), whole.subarray(0, whole.length - 700));
  await expect(at.engine.import.load({ path: 'cut.arrows' })).rejects.toThrow(
    /^cut\.arrows is cut off or damaged/,
  );
  const feather = await readFile(join(fixtures, 'uncompressed.feather'));
  await writeFile(join(at.dir, 'cut.csv'), feather.subarray(0, 3000));
  await expect(at.engine.import.load({ path: 'cut.csv' })).rejects.toThrow(/^cut\.csv is cut off or damaged/);
  await file(at, 'old.feather', 'FEA1 and so on');
  await expect(at.engine.import.load({ path: 'old.feather' })).rejects.toThrow(
    'old.feather is a Feather file of the first version.',
  );
  expect(await at.engine.tables.list({})).toEqual([]);
});

// decimals.feather by pyarrow 25: l list<decimal128(18,2)>, neg decimal128(5,-2), s list<string>.
test('decimals keep their digits in lists, and with digits left out before the point', async () => {
  const at = await openTestEngine();
  const loaded = await at.engine.import.load({ path: join(fixtures, 'decimals.feather'), table: 't' });
  expect(loaded.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'l numeric(18,2)[]',
    'neg numeric(7,0)',
    's text[]',
  ]);
  expect(await rowsOf(at, 'select l::text, neg::text, s::text from t order by _row')).toEqual([
    ['{-698823161880590.49,NULL,0.10}', '12300', String.raw`{"a \"b\"","c\\d",NULL,"NULL",""}`],
    ['{}', '-500', '{"x,y"}'],
    [null, '0', null],
  ]);
});

// The files that these read are written by tests/fixtures/pyarrow/generate.py.
test('nothing nested is lost: repeated keys, members of one name, keys that are days', async () => {
  const at = await openTestEngine();
  const load = (name: string) =>
    at.engine.import.load({ path: join(fixtures, `${name}.feather`), table: name });
  const repeated =
    '1 map with a key that stands more than once; loaded as a list of its entries, so that none is lost';
  expect((await load('maps')).open).toEqual([{ says: `m: ${repeated}` }, { says: `lm: ${repeated}` }]);
  expect(await rowsOf(at, 'select m::text, lm::text, dm::text, nm::text from maps order by _row')).toEqual(
    mapRows,
  );
  const odd = await load('odd');
  expect(odd.columns[0]?.reason).toBe(
    'the file says Struct<{a:Int64, a:Utf8}>; members of one name get a number, so that none is lost',
  );
  expect(odd.open).toEqual([
    {
      says: 'u: 1 text that is no UTF-8; what cannot be read of it stands as \ufffd. Write the column as binary to keep its bytes',
    },
  ]);
  expect(await rowsOf(at, 'select s::text, u from odd order by _row')).toEqual([
    ['{"a": 1, "a_2": "x"}', 'ok'],
    ['{"a": 2, "a_2": null}', '\ufffd bad'],
    ['{"a": 3, "a_2": "y"}', null],
  ]);
});

test('moments keep what PostgreSQL has of them, spans of time are intervals, and what is cut is told', async () => {
  const at = await openTestEngine();
  await at.engine.query.run({ text: "set timezone = 'UTC'" });
  const { columns, open } = await at.engine.import.load({
    path: join(fixtures, 'moments.feather'),
    table: 'm',
  });
  const cut =
    '1 value has nanoseconds; PostgreSQL keeps microseconds, so the last three digits of nanoseconds are cut';
  expect(open).toEqual([
    ...['t', 'z', 'o', 'l', 'c', 'fine'].map((name) => ({ says: `${name}: ${cut}` })),
    { says: 'd: 2 moments as far away as the file can write, loaded as infinity' },
  ]);
  const texts = columns.map(({ name }) => `"${name}"::text`).join(', ');
  expect(await rowsOf(at, `select ${texts} from m order by _row`)).toEqual([
    [
      '2024-01-31 10:00:00.123456',
      '2024-01-31 10:00:00.123456+00',
      '{"t": "2024-01-31 10:00:00.123456"}',
      '{"2024-01-31 10:00:00.123456",NULL}',
      '23:59:59.999999',
      '-25:01:01',
      '00:00:00.000001',
      '1 mon 15 days 00:00:01.5',
      'infinity',
    ],
    [...Array(7).fill(null), '-1 mons -2 days -00:00:00.000003', '-infinity'],
  ]);
});

test('kinds of columns that cannot be read are called by their names, with how to write them anew', async () => {
  const at = await openTestEngine();
  for (const [name, kind, hint] of [
    ['list-view', 'ListView', /pa\.list_/],
    ['run-end', 'RunEndEncoded', /run_end_decode/],
  ] as const) {
    const load = at.engine.import.load({ path: join(fixtures, `${name}.feather`) });
    await expect(load).rejects.toMatchObject({
      problem: {
        message: `${name}.feather has a column of Arrow’s kind ${kind}, which cannot be read here.`,
        hint: expect.stringMatching(hint),
      },
    });
  }
});

test('columns of nothing are null, and texts keep a U+FEFF that they begin with', async () => {
  const at = await openTestEngine();
  await at.engine.import.load({ path: join(fixtures, 'nothing.feather'), table: 'n' });
  const points =
    'string_to_array(t, null) = string_to_array(d, null) as same, ascii(t) as first, length(t) as length';
  expect(await rowsOf(at, `select n, l::text, ${points} from n order by _row`)).toEqual([
    [null, '{NULL}', true, 0xfeff, 2],
    [null, '{}', true, 0xfeff, 2],
    [null, null, null, null, null],
  ]);
});
