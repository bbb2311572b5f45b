import { expect, test } from 'vitest';
import { file, rowsOf } from '../import/workspace-files.ts';
import { sharedTestEngine } from '../open-test-engine.ts';

const shared = sharedTestEngine();

const repeat = (most: string, least: string, bad = 1) => [
  ...Array(1000 - bad).fill(most),
  ...Array(bad).fill(least),
];

const cases: readonly [string, readonly string[], string, number][] = [
  ['whole numbers', ['1', '-20', '2147483647'], 'integer', 0],
  ['large numbers', ['1', '2147483648'], 'bigint', 0],
  ['numbers beyond 64 bits', ['1', '92233720368547758080'], 'numeric', 0],
  ['money', ['1.50', '-0.25', '100.00'], 'numeric(18,2)', 0],
  ['decimals of several scales', ['1', '2.5', '3.125'], 'numeric', 0],
  ['exponents', ['1e5', '2.5', '-3E-2'], 'double precision', 0],
  ['exponents beside money of many digits', ['1.5e3', '123456789012345678.12'], 'numeric', 0],
  ['exponents beside wholes that floating point rounds', ['1.5e3', '9007199254740993'], 'numeric', 0],
  ['exponents of many digits', ['1.234567890123456789e2', '2.5', '3'], 'numeric', 0],
  ['floating point as programs write it', ['1e-05', '0.30000000000000004', '-2.5'], 'double precision', 0],
  ['names with an e', ['1e5', '2e5', '12e9'], 'text', 0],
  ['names with an e among numbers', ['1234', '12e9', '77'], 'text', 0],
  ['leading zeros', ['1', '002', '3'], 'text', 0],
  ['phone numbers', ['+4930123456', '+4930123457'], 'text', 0],
  ['truth', ['true', 'FALSE', ''], 'boolean', 0],
  ['days', ['2024-02-29', '1999-12-31'], 'date', 0],
  ['no days', ['2024-02-30', '2024-13-01'], 'text', 0],
  ['days, day first', ['31/12/2024', '01/02/2024'], 'date', 0],
  ['days that may be months', ['01/02/2024', '03/04/2024'], 'text', 0],
  ['German days', ['31.12.2024', '1.2.2024'], 'date', 0],
  [
    'moments',
    ['2024-01-01 10:00', '2024-01-01T10:00:00.123456', '2024-01-01'],
    'timestamp without time zone',
    0,
  ],
  [
    'moments with a zone',
    ['2024-01-01T10:00:00Z', '2024-01-01 10:00:00+02:00'],
    'timestamp with time zone',
    0,
  ],
  ['identifiers', ['00000000-0000-4000-8000-0000000000ff'], 'uuid', 0],
  ['objects', ['{"a": 1}', '[1, 2]'], 'jsonb', 0],
  ['objects that jsonb refuses', ['{"a": "\\u0000"}'], 'text', 0],
  ['words for nothing', ['1', 'NA', 'null', '-'], 'integer', 0],
  ['one in a thousand', repeat('5', 'five'), 'integer', 1],
  ['two in a hundred', repeat('5', 'five', 20), 'text', 0],
  ['numbers after many words', [...Array(5000).fill('word'), ...Array(5000).fill('7')], 'text', 0],
  ['yes and no', ['yes', 'No', 'YES'], 'boolean', 0],
  ['ja and nein', ['ja', 'nein', 'NA'], 'boolean', 0],
  ['only yes', ['yes', 'yes', 'yes'], 'text', 0],
  ['days, month first', ['12/31/2024', '01/02/2024'], 'date', 0],
  ['days with dashes', ['31-12-2024', '01-02-2024'], 'date', 0],
  ['both orders', ['12/31/2024', '31/12/2024'], 'text', 0],
  ['short years', ['31/12/24', '01/02/24'], 'date', 0],
  ['months by name', ['31 Jan 2024', '1 February 2024'], 'date', 0],
  ['months by name first', ['Jan 31, 2024', 'Feb 1, 2024'], 'date', 0],
  ['several ways of days', ['2024-01-31', '31.01.2024', '31 Jan 2024'], 'date', 0],
  ['days with times', ['31/12/2024 10:30', '01/02/2024 23:59:01'], 'timestamp without time zone', 0],
  ['times of half a day', ['12/31/2024 10:30 PM', '01/02/2024 1:05 AM'], 'timestamp without time zone', 0],
  ['German moments', ['31.12.2024 10:30', '1.2.2024 07:05:01'], 'timestamp without time zone', 0],
  ['times', ['10:30', '23:59:01'], 'time without time zone', 0],
  ['times of half a day alone', ['3:05 PM', '11:59:01 am', '12:00AM'], 'time without time zone', 0],
  ['times, some of half a day', ['3:05 PM', '23:59', '07:30:00'], 'time without time zone', 0],
  ['no times', ['13:05 PM', '3:65 PM'], 'text', 0],
  ['addresses of hosts', ['10.0.0.1', '192.168.1.0/24', 'fe80::1'], 'inet', 0],
  ['addresses of the new kind', ['::1', '2001:db8::/32', '1:2:3:4:5:6:7:8'], 'inet', 0],
  ['decimal commas', ['1,5', '12,50', '-3'], 'numeric', 0],
  ['thousands and decimal commas', ['1.234,56', '1.234', '12,5'], 'numeric', 0],
  ['thousands', ['1,234.50', '1,234', '17'], 'numeric', 0],
  ['commas that may be either', ['1,234', '2,500'], 'text', 0],
  ['gaps between thousands', ['1 234,5', '12 000,25'], 'numeric', 0],
  ['dollars', ['$12.50', '-$3.25', '($4.00)'], 'numeric(18,2)', 0],
  ['typographic minus', ['−12', '7', '−1,234.5'], 'numeric', 0],
  ['dollars with thousands', ['$1,234.50', '$12'], 'numeric', 0],
  ['euros', ['€ 1.234,50', '12,00 €', '-3 €'], 'numeric', 0],
  ['euros that may be either', ['€ 1.234', '€ 2.500'], 'text', 0],
  ['reais', ['R$ 1.234,56', 'R$ 0,50'], 'numeric', 0],
  ['currencies by code', ['CHF 12.50', 'CHF 3', 'CHF -4.25'], 'numeric', 0],
  ['several currencies', ['$5', '€ 6', '£7'], 'text', 0],
  ['percent', ['12 %', '3.5%', '100%'], 'numeric', 0],
  ['percent and shares', ['12 %', '0.12'], 'text', 0],
  ['streets', ['12 Main Street', '7 Jan Street 2024'], 'text', 0],
  ['a late misfit', [...Array(5000).fill('7'), 'seven'], 'integer', 1],
  ['a late decimal', [...Array(5000).fill('7'), '7.5'], 'numeric', 0],
];

const quoted = (cell: string | undefined) => (cell === undefined ? '' : `"${cell.replaceAll('"', '""')}"`);

test('types are chosen by every value', async () => {
  const at = shared();
  const short = cases.filter(([, cells]) => cells.length <= 3);
  const line = (row: number) => short.map(([, cells]) => quoted(cells[row])).join(',');
  const names = short.map((_, place) => `v${place}`).join(',');
  const lines = ['x', 'y', 'z'].map((word, row) => `${word},${line(row)}`);
  const path = await file(at, 'columns.csv', `word,${names}\n${lines.join('\n')}\n`);
  const { columns } = await at.engine.files.preview({ path, whole: true });
  expect(columns.slice(1).map(({ type }, place) => [short[place]?.[0], type])).toEqual(
    short.map(([says, , type]) => [says, type]),
  );
  expect(columns.every(({ reason, disagreeing }) => reason !== '' && disagreeing === 0)).toBe(true);
});

test('types are chosen by all of many values, and those that do not fit are counted', async () => {
  const at = shared();
  for (const [says, cells, type, disagreeing] of cases.filter(([, values]) => values.length > 3)) {
    const path = await file(
      at,
      'column.csv',
      `a,value\n${cells.map((cell) => `x,${quoted(cell)}\n`).join('')}`,
    );
    const { columns, account } = await at.engine.files.preview({ path, whole: true });
    expect([says, columns[1]?.type, columns[1]?.disagreeing]).toEqual([says, type, disagreeing]);
    expect([says, account.loaded, account.rejected]).toEqual([says, cells.length - disagreeing, disagreeing]);
  }
});

test('a quick look says that it is one, and a whole one gives the account', async () => {
  const at = shared();
  const path = await file(
    at,
    'long.csv',
    `id,word\n${Array.from({ length: 400_000 }, (_, n) => `${n},some words`).join('\n')}\n1,2,3\n`,
  );
  const quick = await at.engine.files.preview({ path });
  expect(quick).toMatchObject({
    complete: false,
    table: 'long',
    dialect: { delimiter: ',', header: true, encoding: 'utf-8' },
  });
  expect(quick.rows.slice(0, 2)).toEqual([
    ['0', 'some words'],
    ['1', 'some words'],
  ]);
  const whole = await at.engine.files.preview({ path, whole: true });
  expect(whole.account).toMatchObject({ physical: 400_002, loaded: 400_000, rejected: 1, skipped: 1 });
  expect(whole.rejects).toMatchObject([
    { line: 400_002, column: null, cause: 'It has 3 cells where 2 are expected.', raw: '1,2,3' },
  ]);
});

test('cells that do not fit are marked in the preview', async () => {
  const at = shared();
  const path = await file(at, 'marks.csv', 'n,m\n1,a\nx,b\n3,c\n');
  const { rows, disagreeing, rejects } = await at.engine.files.preview({ path, types: { n: 'integer' } });
  expect(rows).toEqual([
    ['1', 'a'],
    ['x', 'b'],
    ['3', 'c'],
  ]);
  expect(disagreeing).toEqual([[], [0], []]);
  expect(rejects).toMatchObject([
    { line: 3, column: 'n', cause: '“x” is not a whole number in range (integer).', raw: 'x,b' },
  ]);
});

const loads: readonly [written: string, type: string, loaded: string][] = [
  ['31/12/2024|13/01/2024', 'date', '2024-12-31'],
  ['12/31/24|01/02/24', 'date', '2024-12-31'],
  ['31 December 2024|2024-01-01', 'date', '2024-12-31'],
  ['31.12.2024 10:30|1.1.2024 07:00', 'timestamp without time zone', '2024-12-31 10:30:00'],
  ['12/31/2024 10:30:05 PM|01/01/2024 1:00:00 AM', 'timestamp without time zone', '2024-12-31 22:30:05'],
  ['ja|nein', 'boolean', 'true'],
  ['1.234,56|7,5', 'numeric', '1234.56'],
  ["1'234.5|2'000", 'numeric', '1234.5'],
  ['1,234.56|1,000', 'numeric', '1234.56'],
  ['€ 1.234,50|-3 €', 'numeric', '1234.50'],
  ['($4.00)|$1.00', 'numeric(18,2)', '-4.00'],
  ['−1234|5', 'numeric', '-1234'],
  ['12 %|3.5%', 'numeric', '12'],
  ['(1,234.50)|100.00', 'numeric', '-1234.50'],
  ['12-|2.5', 'numeric', '-12'],
  ['20240131|2024-02-01', 'date', '2024-01-31'],
  ['31/12/24|31/12/2024', 'date', '2024-12-31'],
  ['10:30|11:45:01', 'time without time zone', '10:30:00'],
  ['3:05 PM|12:00am', 'time without time zone', '15:05:00'],
  ['12:30:15 AM|11:45', 'time without time zone', '00:30:15'],
  ['10.0.0.1|::1', 'inet', '10.0.0.1'],
];

test('values written otherwise are loaded as what they mean', async () => {
  const at = shared();
  const line = (place: number) => loads.map(([written]) => written.split('|')[place]).join(';');
  const header = loads.map((_, place) => `c${place}`).join(';');
  await file(at, 'ways.csv', `${header}\n${line(0)}\n${line(1)}\n`);
  const { columns, account } = await at.engine.import.load({ path: 'ways.csv' });
  expect(account).toMatchObject({ loaded: 2, rejected: 0 });
  expect(columns.map(({ type }) => type)).toEqual(loads.map(([, type]) => type));
  const list = columns.map(({ name, type }) => (type === 'inet' ? `host("${name}")` : `"${name}"::text`));
  expect(
    await rowsOf(
      at,
      `select ${list.map((cell, n) => `${cell} as t${n}`).join(', ')} from ways order by _row limit 1`,
    ),
  ).toEqual([loads.map(([, , loaded]) => loaded)]);
});

test('where cells stand between semicolons, a point before three digits is asked; a number with an e is offered', async () => {
  const at = shared();
  const look = async (text: string) => {
    const { columns } = await at.engine.files.preview({ path: await file(at, 'points.csv', text) });
    return columns.map(({ type, readings = [], offers = [] }) => [
      type,
      ...readings.map(({ format }) => format),
      ...offers.map(({ type: offered }) => offered),
    ]);
  };
  expect(await look('id;sum\nx;1.234\ny;2.500\nz;3.000\n')).toEqual([['text'], ['text', ',', '.']]);
  expect(await look('id;sum\nx;1.234\ny;2.500\nz;0.125\n')).toEqual([['text'], ['numeric(18,3)']]);
  expect(await look('id;sum;n\nx;1.234;7.5\ny;2.500;8.25\n')).toEqual([
    ['text'],
    ['numeric(18,3)'],
    ['numeric'],
  ]);
  expect(await look('id;sum;n\nx;1.234;"7,5"\ny;2.500;8\n')).toEqual([
    ['text'],
    ['text', ',', '.'],
    ['numeric'],
  ]);
  expect(await look('id,sum\nx,1.234\ny,2.500\n')).toEqual([['text'], ['numeric(18,3)']]);
  expect(await look('id,sum\nx,1e5\ny,12e9\n')).toEqual([['text'], ['text', 'double precision']]);
  await file(at, 'points.csv', 'id;sum\nx;1.234\ny;2.500\n');
  const loaded = async (format: string) => {
    await at.engine.import.load({ path: 'points.csv', formats: { sum: format }, mode: 'replace' });
    return (await rowsOf(at, 'select sum::text from points order by _row')).flat();
  };
  expect([await loaded(','), await loaded('.')]).toEqual([
    ['1234', '2500'],
    ['1.234', '2.500'],
  ]);
});

test('digits in groups are text where the name says that they name something, and told else', async () => {
  const at = shared();
  const rows = ['123 456 789', '987 654 321', '111 222 333'].map((n) => `x,${n},${n},${n},1 200\n`);
  await file(at, 'groups.csv', `word,siren,phone,sold,mixed\n${rows.join('')}y,,,,7\n`);
  const { columns } = await at.engine.files.preview({ path: 'groups.csv' });
  expect(columns.map(({ type }) => type)).toEqual(['text', 'text', 'text', 'numeric', 'numeric']);
  expect(
    columns.map(({ offers = [] }) => offers.some((one) => one.evidence.includes('text keeps them'))),
  ).toEqual([false, false, false, true, false]);
  await at.engine.import.load({ path: 'groups.csv', formats: { sold: ',' } });
  expect(await rowsOf(at, 'select siren, sold::text from "groups" order by _row limit 1')).toEqual([
    ['123 456 789', '123456789'],
  ]);
  await file(at, 'shift.csv', 'who,starts\na,7:05\nb,8:30\n');
  const { columns: read } = await at.engine.import.load({ path: 'shift.csv', formats: { starts: '%H:%M' } });
  expect(read[1]?.type).toBe('time without time zone');
});

test('eight digits are days where every value is one, and never where the name says that they name something', async () => {
  const at = shared();
  const rows = ['20240131', '20240228', '19991231', '20000101', '20240229'];
  const line = (day: string, n: number) => `${day},${day},${day},${n === 4 ? '20240230' : day},${day}\n`;
  await file(at, 'days.csv', `born_on,value,invoice_no,almost,id\n${rows.map(line).join('')}`);
  const { columns } = await at.engine.import.load({ path: 'days.csv' });
  expect(columns.map(({ type }) => type)).toEqual(['date', 'date', 'integer', 'integer', 'integer']);
  expect(columns[0]?.reason).toBe('all 5 values are days written as eight digits, such as 20240131');
  expect(await rowsOf(at, 'select born_on::text from days order by _row limit 2')).toEqual([
    ['2024-01-31'],
    ['2024-02-28'],
  ]);
});

test('infinity and epoch are no days of another writing', async () => {
  const at = shared();
  await file(at, 'ends.csv', 'id,at\n1,02.02.2024\n2,infinity\n3,Epoch\n4,01.01.1900\n5,-infinity\n');
  const types = { at: 'date' };
  const { account } = await at.engine.import.load({ path: 'ends.csv', types, formats: { at: '%d.%m.%Y' } });
  expect(account).toMatchObject({ loaded: 2, rejected: 3 });
  expect(await rowsOf(at, 'select id, at::text from ends order by _row')).toEqual([
    [1, '2024-02-02'],
    [4, '1900-01-01'],
  ]);
});

test('addresses and times that do not fit become null, or make the column text, where that is chosen', async () => {
  const at = shared();
  const rows = Array.from({ length: 300 }, (_, n) => `10.0.0.${n % 256},10:${10 + (n % 50)}\n`).join('');
  await file(at, 'hosts.csv', `host,seen\n${rows}10.0.0.256,25:00\n`);
  const { account, columns } = await at.engine.import.load({
    path: 'hosts.csv',
    onMisfit: { host: 'null', seen: 'widen' },
  });
  expect(account).toMatchObject({ loaded: 301, rejected: 0 });
  expect(columns).toMatchObject([{ type: 'inet', nulled: 1 }, { type: 'text' }]);
  expect(await rowsOf(at, 'select host, seen from hosts where _row = 301')).toEqual([[null, '25:00']]);
});
