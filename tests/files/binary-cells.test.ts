import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellWriter } from '../../electron/engine/files/binary/binary-cells.ts';
import { BinaryPiece } from '../../electron/engine/files/binary/binary-piece.ts';
import { isSureWord } from '../../electron/engine/files/binary/sure-words.ts';
import { classOf } from '../../electron/engine/files/cells/value-classes.ts';
import { withDuck } from '../../electron/engine/files/duck/duck.ts';
import { ident, join, sql, typeName } from '../../shared/sql.ts';
import { sharedDatabase } from '../open-test-engine.ts';

const database = sharedDatabase();

/** What the writer takes of these cells, as PostgreSQL reads it from binary and from text. */
async function bothWays(type: string, cells: readonly string[]) {
  const write = cellWriter(type);
  if (!write) throw new Error(`${type} has no writer`);
  const piece = new BinaryPiece(64);
  const taken = cells.filter((cell) => {
    const bytes = Buffer.from(cell);
    piece.reserve(bytes.length * 2 + 64);
    const before = piece.size;
    piece.int16(1);
    if (write(bytes, 0, bytes.length, piece) >= 0) return true;
    piece.size = before;
    return false;
  });
  const table = ident(`t_${type.replace(/\W/g, '_')}`);
  return database().use({}, async (session) => {
    await session.run(sql`set timezone = 'UTC'`);
    await session.run(sql`create table ${table} (c ${typeName(type)})`);
    expect(await session.copyIn(sql`copy ${table} from '/dev/blob' (format binary)`, piece.finished())).toBe(
      taken.length,
    );
    const binary = await session.query<{ c: string }>(sql`select c::text from ${table}`);
    const text = await session.query<{ c: string }>(
      sql`select value::${typeName(type)}::text as c from jsonb_array_elements_text(${JSON.stringify(taken)}::jsonb)`,
    );
    return { taken, binary: binary.map(({ c }) => c), text: text.map(({ c }) => c) };
  });
}

const digits = (most: number) => fc.stringMatching(new RegExp(`^-?(0|[1-9][0-9]{0,${most - 1}})$`));
const decimals = fc.stringMatching(/^-?(0|[1-9][0-9]{0,11})?\.[0-9]{1,12}$/);
const two = fc.stringMatching(/^[0-5][0-9]$/);
const days = fc.stringMatching(/^(00|1[0-9]|2[0-9]|99)[0-9]{2}-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])$/);
const clocks = fc
  .tuple(fc.stringMatching(/^[0-2][0-9]$/), two, fc.stringMatching(/^(|:[0-6][0-9](\.[0-9]{1,6})?)$/))
  .map(([hour, minute, rest]) => `${hour}:${minute}${rest}`);
const stamps = fc.tuple(days, fc.constantFrom(' ', 'T'), clocks).map((parts) => parts.join(''));
const zones = fc.stringMatching(/^(Z|[-+](0[0-9]|1[0-5])(:?[0-5][0-9])?)$/);

const kinds: readonly (readonly [string, fc.Arbitrary<string>, readonly string[]])[] = [
  ['smallint', digits(6), ['32767', '-32768', '32768', '007', '+5', ' 1', '']],
  ['integer', digits(11), ['2147483647', '-2147483648', '2147483648', '-0', '1_000', '0x1F']],
  ['bigint', digits(20), ['9223372036854775807', '-9223372036854775808', '9223372036854775808']],
  [
    'numeric',
    fc.oneof(digits(15), decimals),
    [
      '.5',
      '-.05',
      '0.00',
      '-0.0',
      '1.',
      '.',
      '-',
      '1e5',
      '0.00001',
      '123456789012.345678',
      '-0.000012345678',
    ],
  ],
  ['numeric(18,2)', fc.oneof(digits(12), fc.stringMatching(/^-?[1-9][0-9]{0,9}\.[0-9]{1,3}$/)), ['1.999']],
  ['numeric(4,3)', decimals, ['9.999', '10.5', '.001']],
  [
    'double precision',
    fc.oneof(decimals, fc.double({ noNaN: true }).map(String)),
    [
      '1e5',
      '-.5E-3',
      '1e400',
      '0.30000000000000004',
      '0.123456789012345678',
      '1.23456789012345678e2',
      '1.234567890123456e2',
    ],
  ],
  ['boolean', fc.constantFrom('true', 'FALSE', 'True', 't', 'tru'), ['yes', '1', 'trud']],
  ['date', days, ['2000-02-29', '1900-02-29', '2000-01-01', '0001-01-01', '2024-1-5', 'infinity']],
  ['timestamp without time zone', stamps, ['2024-01-01', '9999-12-31 23:59:59.999999', '2024-01-01 24:00']],
  ['timestamp with time zone', fc.tuple(stamps, zones).map((parts) => parts.join('')), ['2024-01-01 00:00']],
  ['time without time zone', clocks, ['23:59:59.999999', '9:05']],
  ['uuid', fc.uuid(), ['A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a0eebc999c0b4ef8bb6d6bb9bd380a11']],
  ['jsonb', fc.json().filter((text) => /^[[{]/.test(text) && !/\\u/.test(text)), ['{"a": [1]}', '5']],
  [
    'text',
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
    ['', ' a ', 'ü'.repeat(99)],
  ],
];

test.each(kinds)(
  '%s written for a binary COPY is what PostgreSQL reads from the text',
  async (type, cells, odd) => {
    const drawn = fc.sample(cells, 400);
    const { taken, binary, text } = await bothWays(type, [...odd, ...drawn]);
    expect(taken.length).toBeGreaterThan(40);
    expect(binary).toEqual(text);
  },
);

test('what is not exactly a value is not taken', () => {
  const refused = {
    integer: ['007', '+5', ' 1', '1_000'],
    date: ['1900-02-29', '2024-1-5'],
    'numeric(18,2)': ['1.999'],
  };
  for (const [type, cells] of Object.entries(refused)) {
    for (const cell of cells) {
      const bytes = Buffer.from(cell);
      expect(cellWriter(type)?.(bytes, 0, bytes.length, new BinaryPiece(128)), cell).toBe(-1);
    }
  }
});

/** How DuckDB sorts these cells, of which a column's type is judged elsewhere. */
const sorted = (cells: readonly string[]) =>
  withDuck(undefined, async (duck) => {
    const rows = await duck.rows(
      sql`select ${classOf(sql`v`, sql`trim(v)`)}::integer from (select unnest([${join([...cells])}]) as v)`,
    );
    return rows.map(([kind]) => kind);
  });

test('cells that are taken are of the class that DuckDB finds', async () => {
  for (const [type, cells, odd] of kinds.filter(([type]) => type !== 'text')) {
    const drawn = [...odd, ...fc.sample(cells, 200)].map((cell) => {
      const bytes = Buffer.from(cell);
      return { cell, kind: cellWriter(type)?.(bytes, 0, bytes.length, new BinaryPiece(4096)) ?? -1 };
    });
    const taken = drawn.filter(({ kind }) => kind >= 0);
    const found = await sorted(taken.map(({ cell }) => cell));
    expect(
      taken.map(({ cell, kind }) => [cell, kind]),
      type,
    ).toEqual(taken.map(({ cell }, at) => [cell, found[at]]));
  }
});

test('a sure word is text to DuckDB as well', async () => {
  const tricky = [
    'NA',
    'n/a',
    'NULL',
    'yes',
    'Nein ',
    'falsch',
    'fe80::1',
    'a1b2:0000::1',
    'Mar 5, 2024',
    'May 12, 2024',
  ];
  const usual = ['Oslo', 'Customer 123, Inc.', 'ORD-1-2', 'São Paulo', 'customer.1@example.com', '東京'];
  const drawn = fc.sample(
    fc.oneof(fc.stringMatching(/^[A-Za-z:]{1,4}[ :.0-9]{0,4}[a-z, 0-9]{0,9}$/), fc.uuid(), stamps, decimals),
    1200,
  );
  const isSure = (cell: string) => isSureWord(Buffer.from(cell), 0, Buffer.byteLength(cell));
  expect(usual.filter(isSure)).toEqual(usual);
  const words = [...tricky, ...drawn].filter(isSure);
  expect(words.length).toBeGreaterThan(40);
  const found = await sorted(words);
  expect(words.filter((_, at) => found[at] !== 19)).toEqual([]);
});
