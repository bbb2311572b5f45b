import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Copies } from '../../electron/engine/columns/copies.ts';
import { CopyAhead } from '../../electron/engine/columns/copy-ahead.ts';
import { CopyPages } from '../../electron/engine/columns/copy-pages.ts';
import { RowOrders } from '../../electron/engine/database/row-order.ts';
import { runQuery } from '../../electron/engine/query/run-query.ts';
import { addressAnd } from '../../electron/engine/tables/page-table.ts';
import { askedOfCopy, askedOfPostgres, textsOf } from '../../electron/engine/tables/profile/asked.ts';
import { profileColumn } from '../../electron/engine/tables/profile/profile-column.ts';
import { copyReading, postgresReading } from '../../electron/engine/tables/profile/readings.ts';
import { relate } from '../../electron/engine/tables/relations/relate.ts';
import { relatedInCopy, relatedInPostgres } from '../../electron/engine/tables/relations/table-relations.ts';
import { viewInPostgres } from '../../electron/engine/tables/view-in-postgres.ts';
import { typeFamily, userColumns } from '../../shared/column.ts';
import type { ColumnProfile } from '../../shared/contract/tables.ts';
import { type DecodedPage, decodePage } from '../../shared/decode-page.ts';
import { ident, join as list, nothing, sql, toText, typeName } from '../../shared/sql.ts';
import { type Filter, filter } from '../../shared/view/filters.ts';
import { sameInCopy, type View, wholeTable } from '../../shared/view/view.ts';
import { scratchFolder, sharedDatabase } from '../open-test-engine.ts';

const database = sharedDatabase();
const never = new AbortController().signal;

/** What each type finds hard, as text; null is among the values of every column. */
const hard: Readonly<Record<string, readonly string[]>> = {
  smallint: ['-32768', '0', '7', '32767'],
  integer: ['-2147483648', '-1', '0', '1', '2147483647'],
  bigint: ['-9223372036854775808', '-1', '0', '9007199254740993', '9223372036854775807'],
  'numeric(12,2)': ['-0.50', '0.00', '1.50', '1.05', '9999999999.99'],
  numeric: ['0', '0.10', '0.1', '1e20', '-12345678901234567890.000000000001', '99.9'],
  numeric_wide: ['1e60', '0.1234567890123456789', '-3', '2.5'],
  bigint_far: ['9007199254740993', '9007199254740994', '9007199254740997'],
  numeric_far: ['100000000000000000001', '100000000000000000002', '100000000000000000007'],
  numeric_odd: ['NaN', 'Infinity', '-Infinity', '5', '-5.5'],
  real: ['NaN', '-Infinity', 'Infinity', '-0', '0', '0.1', '3.4028235e38', '1e-37'],
  'double precision': [
    'NaN',
    '-Infinity',
    'Infinity',
    '-0',
    '0',
    '0.1',
    '0.30000000000000004',
    '1e308',
    '-1e-300',
    '-1e200',
  ],
  boolean: ['true', 'false'],
  text: [
    '',
    ' ',
    'a',
    'A',
    'b',
    'ä',
    'Ä',
    'é',
    'z',
    'Z',
    'null',
    '\\N',
    'NaN',
    '"',
    'a,b',
    'x\ny',
    '😀',
    'İ',
    'ß',
    'ſ',
    '1',
    '10',
    '9',
    '한',
    '"a"',
  ],
  ascii: [
    '',
    'a',
    'A',
    'abc',
    'ABC',
    'a.c',
    'a-c 12',
    'x,y',
    "it's",
    '"q"',
    'tab\there',
    'two\nlines',
    'three\r\nlines',
    'a\rb',
    '%',
    '\\',
  ],
  date: [
    '1969-12-31',
    '0044-03-15 BC',
    '0001-01-01',
    '1582-10-10',
    '2024-02-29',
    'infinity',
    '-infinity',
    '5874897-12-31',
  ],
  plain_date: ['1899-12-30', '1969-12-31', '1970-01-01', '2024-02-29', 'infinity', '-infinity'],
  'timestamp without time zone': [
    '1969-12-31 23:59:59.999999',
    '0044-03-15 10:00:00 BC',
    '2024-02-29 00:00:00',
    '2024-02-29 00:00:00.000001',
    'infinity',
    '-infinity',
  ],
  timestamp_far: ['294276-12-31 23:59:59', '2024-02-29 00:00:00'],
  'timestamp with time zone': [
    '2024-03-31 01:30:00+01',
    '2024-03-31 00:30:00Z',
    '1800-01-01 00:00:00+05:53',
    'infinity',
    '2024-03-31 02:30:00+02',
  ],
  'time without time zone': ['00:00:00', '23:59:59.999999', '12:00:00.5', '12:00:00.45', '24:00:00'],
  uuid: [
    '00000000-0000-0000-0000-000000000000',
    'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ],
  interval: ['1 mon', '30 days', '-00:00:01', '1 year 2 mons 3 days 04:05:06.7'],
  jsonb: ['{"b": 1, "a": [null]}', '"x"', 'null', '1.50', '{}'],
  'integer[]': ['{}', '{1,2}', '{NULL}', '{10}'],
  'character(4)': ['ab', 'ab  ', 'abc', ''],
  marked: ['\ufeff', '\ufeffa', 'a'],
  collated: ['a', 'B', 'ä', 'b', ''],
};

const typeOf = (name: string) =>
  ({
    numeric_wide: 'numeric',
    numeric_odd: 'numeric',
    numeric_far: 'numeric',
    bigint_far: 'bigint',
    ascii: 'text',
    plain_date: 'date',
    timestamp_far: 'timestamp without time zone',
    collated: 'text',
    marked: 'text',
  })[name] ?? name;
const columnNames = Object.keys(hard);
const rowCount = 2400;

/** Fills the table so that values of different columns meet in many ways. */
async function makeTable(): Promise<void> {
  const cells = columnNames.map((name, at) => {
    const values = [...(hard[name] as readonly string[]), null];
    const step = [1, 7, 11, 13, 17, 19, 23, 29][at % 8] as number;
    const place = sql`1 + (g * ${step}::int + g / ${at + 3}::int) % ${values.length}::int`;
    const collation = name === 'collated' ? sql` collate pg_c_utf8` : nothing;
    const value = sql`(array[${list(values)}])[${place}]::${typeName(typeOf(name))}`;
    return sql`${value}${collation} as ${ident(name)}`;
  });
  const make = sql`create table hard as select ${list(cells)} from generate_series(1, ${rowCount}) as g`;
  await runQuery(database(), { text: toText(make), limit: 1, values: {}, writing: 'free' }, never);
}

const anyColumn = fc.constantFrom(...columnNames);
const oneOf = (column: string) =>
  fc.constantFrom(...(hard[column] as readonly string[]), '0', '1.5', '2020-01-01', 'a');
const words = fc.constantFrom('a', 'A', 'ä', '', 'b', '.', '😀', 'ß', 'i', 'AB', '"');
const patterns = fc
  .array(
    fc.constantFrom(
      'a',
      'A',
      'b',
      '.',
      '[a-z]',
      '[^a-c]',
      '\\.',
      '-',
      ' ',
      '[0-9]',
      '"',
      '\\d',
      '|',
      '(',
      ')',
    ),
    { minLength: 1, maxLength: 4 },
  )
  .chain((atoms) =>
    fc
      .tuple(fc.constantFrom('', '^'), fc.constantFrom('', '*', '+', '?', '{1,2}'), fc.constantFrom('', '$'))
      .map(([start, repeat, end]) => `${start}${atoms.join('')}${repeat}${end}`),
  );

const anyFilter = anyColumn.chain((column) =>
  fc.oneof(
    fc.record({
      kind: fc.constant('values'),
      column: fc.constant(column),
      values: fc.array(fc.option(oneOf(column)), { minLength: 1, maxLength: 3 }),
      not: fc.boolean(),
    }),
    fc.record(
      {
        kind: fc.constant('range'),
        column: fc.constant(column),
        from: oneOf(column),
        to: oneOf(column),
        fromOpen: fc.boolean(),
        toOpen: fc.boolean(),
      },
      { requiredKeys: ['kind', 'column'] },
    ),
    fc.record({ kind: fc.constant('filled'), column: fc.constant(column), not: fc.boolean() }),
    fc.record({
      kind: fc.constant('recent'),
      column: fc.constantFrom('plain_date', 'timestamp without time zone', 'timestamp with time zone'),
      count: fc.integer({ min: 1, max: 900 }),
      unit: fc.constantFrom('day', 'week', 'month', 'year'),
    }),
    fc.record({
      kind: fc.constantFrom('contains', 'starts'),
      column: fc.constantFrom('text', 'ascii', column),
      text: words.filter((word) => word !== ''),
      ignoreCase: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('matches'),
      column: fc.constantFrom('text', 'ascii'),
      pattern: patterns,
      not: fc.boolean(),
    }),
  ),
) as fc.Arbitrary<unknown>;

const anyView: fc.Arbitrary<View> = fc.record({
  sort: fc.array(fc.record({ column: anyColumn, descending: fc.boolean() }), { maxLength: 3 }),
  filters: fc.array(
    anyFilter.map((one) => filter.parse(one) as Filter),
    { maxLength: 2 },
  ),
});

const textOf = (page: DecodedPage) =>
  Array.from({ length: page.rows }, (_, row) =>
    [page.address(row), ...page.columns.map((_, column) => page.cell(row, column))].map(String).join(' | '),
  );

/** Copies in a folder of their own. */
async function emptyCopies() {
  const folder = await scratchFolder();
  const ends: (() => void)[] = [];
  const place = {
    scratch: join(folder, 'scratch'),
    statePath: (...parts: string[]) => join(folder, ...parts),
    onClose: (end: () => void) => ends.push(end),
  };
  const end = () => {
    for (const one of ends) one();
  };
  return { copies: new Copies(place, database(), new RowOrders()), folder: join(folder, 'columns'), end };
}

/** The copy of the table. */
async function openCopies() {
  const { copies, end } = await emptyCopies();
  const { table, copy } = await copies.lookWhenCopied('hard', never);
  if (!copy) throw new Error('The table was not copied.');
  return { copies, table, copy, end };
}

test('what a copy answers is what PostgreSQL answers, row by row and cell by cell', async () => {
  await makeTable();
  const { copies, table, copy, end } = await openCopies();
  const incomparable = columnNames.filter((name) => typeof copy.columns.get(name)?.key !== 'string');
  expect(incomparable).toEqual([
    'numeric_wide',
    'numeric_odd',
    'timestamp_far',
    'interval',
    'jsonb',
    'integer[]',
    'character(4)',
    'marked',
    'collated',
  ]);
  const pages = new CopyPages(copies.files);
  const columns = userColumns(table.columns).filter(({ name }) => copy.columns.has(name));
  const everything = await database().rows(
    sql`select ${addressAnd(columns)} from public.hard as t order by _row`,
  );
  const whole = new Map(textOf(decodePage(everything.bytes)).map((text, at) => [at + 1, text]));
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyView, async (view) => {
      if (!sameInCopy(view, (name) => copy.columns.get(name))) return;
      compared++;
      const limit = 40;
      const total = await pages.filtered.total(copy, view);
      const offset = Math.max(0, total - limit);
      const ours = [...(await answers(0)), ...(await answers(offset))];
      const { bytes } = await database().rows(
        sql`select _row as address from ${viewInPostgres(table, view)}`,
      );
      const order = decodePage(bytes);
      const all = Array.from({ length: order.rows }, (_, row) => whole.get(Number(order.cell(row, 0))));
      expect({ total, rows: ours }).toEqual({
        total: all.length,
        rows: [...all.slice(0, limit), ...all.slice(offset, offset + limit)],
      });

      async function answers(at: number) {
        const bytes = await pages.page(copy as never, view, columns, { offset: at, limit }, never);
        return textOf(decodePage(bytes as Uint8Array));
      }
    }),
    { numRuns: Number(process.env['ASSAY_RUNS'] ?? 160) },
  );
  end();
  expect(compared).toBeGreaterThan(40);
}, 60_000);

/** Numbers that were added up in another order differ in their last places. */
const rounded = (_key: string, value: unknown) =>
  typeof value === 'number' && !Number.isSafeInteger(value) ? Number(value.toPrecision(9)) : value;

const floatSum = (profile: ColumnProfile) =>
  typeFamily(profile.type) === 'float'
    ? { ...profile, sum: Number(Number(profile.sum).toPrecision(9)) }
    : profile;

const floatWord = (text: string | null) =>
  /^[-\d]*\d/.test(text ?? '') ? String(Number(Number(text).toPrecision(9))) : text;

/** Extremes of floats are the same number, written in another way. */
const floatEnds = (profile: ColumnProfile) =>
  typeFamily(profile.type) === 'float'
    ? {
        ...profile,
        min: floatWord(profile.min),
        max: floatWord(profile.max),
        starts: profile.starts.map((start) => start && Number(start)),
        end: Number(profile.end),
        top: profile.top.map(({ value, count }) => [floatWord(value), count]),
      }
    : profile;

const comparable = (profile: ColumnProfile) =>
  JSON.parse(JSON.stringify(floatEnds(floatSum(profile) as ColumnProfile), rounded)) as unknown;

test('a profile from a copy is the profile that PostgreSQL gives, column by column', async () => {
  const { copies, table, copy, end } = await openCopies();
  const filters = [filter.parse({ kind: 'range', column: 'integer', from: '0' })];
  for (const view of [wholeTable, { sort: [], filters }]) {
    for (const column of userColumns(table.columns)) {
      const copied = copy.columns.get(column.name);
      const theirs = postgresReading(column);
      if (!copied || (copied.key === null && theirs.ordered)) continue;
      const ours = await copies.files.use(undefined, ({ rows }) =>
        profileColumn(
          askedOfCopy(copy, view, async (statement) => textsOf(await rows(statement))),
          copyReading(copied),
        ),
      );
      const right = await profileColumn(askedOfPostgres(database(), table, view), theirs);
      expect(comparable(ours)).toEqual(comparable(right));
    }
  }
  end();
}, 60_000);

test('what columns have to do with one another is the same from a copy and from PostgreSQL', async () => {
  const { copies, table, copy, end } = await openCopies();
  const told = userColumns(table.columns).filter(
    ({ name, type }) => typeof copy.columns.get(name)?.key === 'string' || typeFamily(type) === 'decimal',
  );
  const asked = { ...table, columns: told };
  const filters = [filter.parse({ kind: 'filled', column: 'integer', not: true })];
  for (const view of [wholeTable, { sort: [], filters }]) {
    const ours = await copies.files.use(undefined, (columnar) =>
      relate(relatedInCopy(columnar, asked, copy, view, rowCount), never),
    );
    const right = await database().use({}, (session) =>
      relate(relatedInPostgres(session, asked, view, rowCount), never),
    );
    expect(JSON.parse(JSON.stringify(ours, rounded))).toEqual(JSON.parse(JSON.stringify(right, rounded)));
    expect(ours.missing.patterns.length).toBeGreaterThan(5);
    expect(ours.correlations.length).toBeGreaterThan(20);
  }
  end();
});

test('what is in the last days is another answer on another day', async () => {
  const { copies, copy, end } = await openCopies();
  const { filtered } = new CopyPages(copies.files);
  const last = (column: string, count: number) =>
    filtered.total(copy, {
      sort: [],
      filters: [filter.parse({ kind: 'recent', column, count, unit: 'day' })],
    });
  const having = (column: string, values: readonly string[]) =>
    filtered.total(copy, { sort: [], filters: [filter.parse({ kind: 'values', column, values })] });
  const moment = 'timestamp without time zone';
  const days = await having('plain_date', ['2024-02-29']);
  const moments = await having(moment, ['2024-02-29 00:00:00', '2024-02-29 00:00:00.000001']);
  expect([days, moments]).toEqual([343, 686]);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2024, 1, 29, 23) });
  onTestFinished(() => void vi.useRealTimers());
  expect([await last('plain_date', 1), await last(moment, 1)]).toEqual([days, moments]);
  vi.setSystemTime(Date.UTC(2024, 2, 1, 1));
  expect([await last('plain_date', 1), await last(moment, 1)]).toEqual([0, 0]);
  expect([await last('plain_date', 2), await last(moment, 2)]).toEqual([days, moments]);
  end();
});

test('a table is copied after it was loaded, before anybody looks at it', async () => {
  const { copies, folder, end } = await emptyCopies();
  const ahead = new CopyAhead(database(), copies, 0);
  await database().run(
    sql`update assay.tables set updated_at = now() + interval '1 minute' where name = 'hard'`,
  );
  ahead.look();
  ahead.look();
  await vi.waitFor(async () => expect(await readdir(folder)).toEqual([expect.stringMatching(/\.duckdb$/)]), {
    timeout: 30_000,
  });
  expect((await copies.look('hard')).copy?.rows).toBe(rowCount);
  end();
});
