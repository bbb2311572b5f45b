import { join } from 'node:path';
import AdmZip from 'adm-zip';
import { expect, test } from 'vitest';
import { cellOf } from '../../electron/engine/files/formats/excel/cell-values.ts';
import { meaningOf, type NumberMeaning } from '../../electron/engine/files/formats/excel/number-formats.ts';
import { columnLetters, parseRange } from '../../electron/engine/files/formats/excel/range.ts';
import { dateOf, durationOf, timestampOf } from '../../electron/engine/files/formats/excel/serial-dates.ts';
import { openTestEngine } from '../open-test-engine.ts';
import { workbook } from '../workbook.ts';
import { file, rowsOf } from './workspace-files.ts';

const text = (words: string) => `<c t="inlineStr"><is><t>${words}</t></is></c>`;
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;

test('a workbook gives what Excel means: dates by their formats, stored values of formulas, errors with their cells', async () => {
  const at = await openTestEngine();
  const load = (path: string, more = {}) => at.engine.import.load({ path, ...more });
  const orders = `<sheetData>
    <row r="1"><c r="A1" t="s"><v>0</v></c></row>
    <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c><c r="C3" t="s"><v>3</v></c><c r="D3" t="s"><v>4</v></c><c r="E3" t="s"><v>5</v></c>
      <c r="F3" t="s"><v>6</v></c><c r="G3" t="s"><v>7</v></c><c r="H3" t="s"><v>8</v></c></row>
    <row r="4"><c r="A4"><v>1</v></c><c r="B4" t="s"><v>9</v></c><c r="C4" s="3"><v>10.550000000000001</v></c><c r="D4" s="1"><v>45322</v></c>
      <c r="E4" s="2"><v>45322.4375</v></c><c r="F4" t="b"><v>1</v></c><c r="G4" s="4"><v>0.75</v></c><c r="H4" s="5"><v>1.5</v></c></row>
    <row r="5"><c r="A5"><v>2</v></c><c r="B5" t="str"><f>UPPER("x")</f><v>X</v></c><c r="C5" s="3"><f>1+1</f><v>2</v></c><c r="D5" s="1"><v>45323</v></c>
      <c r="F5" t="b"><v>0</v></c></row>
    <row r="6"><c r="A6" s="0"/><c r="B6"/></row>
    <row r="7"><c r="A7"><v>3</v></c><c r="B7" t="s"><v>9</v></c><c r="C7" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
    <row r="8"><c r="A8"><v>4</v></c><c r="B8" t="s"><v>10</v></c><c r="C8" s="3"><f>1+1</f></c></row>
    <row r="9"><c r="A9"><v>5</v></c><c r="B9" t="s"><v>10</v></c><c r="C9" s="3"><v>-3</v></c></row>
  </sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>`;
  const texts = [
    ...['Orders of January', 'id', 'code', 'amount', 'day', 'at', 'paid', 'time', 'span', '007'].map(
      (words) => `<t>${words}</t>`,
    ),
    '<r><t xml:space="preserve">rich </t></r><r><t>t&amp;xt_x000A_2</t></r><rPh sb="0" eb="1"><t>no</t></rPh>',
  ];
  await file(
    at,
    'Shop.xlsx',
    workbook(
      {
        Orders: orders,
        'Notes 2': `<sheetData>${row(text('a'), text('b'))}${row(text('x'), text('1'))}</sheetData>`,
      },
      { texts },
    ),
  );
  const shop = await load('Shop.xlsx');
  expect(shop).toMatchObject({
    table: 'shop',
    format: {
      kind: 'excel',
      settings: { sheet: 'Orders', range: '', header: true, errors: 'reject', merged: 'first' },
    },
    account: {
      physical: 8,
      loaded: 3,
      rejected: 2,
      skipped: 3,
      skippedBy: { header: 1, blank: 1, preamble: 1 },
    },
    leftOut: [{ kind: 'preamble', records: 1, texts: ['Orders of January'] }],
  });
  expect(shop.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id integer',
    'code text',
    'amount numeric',
    'day date',
    'at timestamp without time zone',
    'paid boolean',
    'time time without time zone',
    'span interval',
  ]);
  expect(
    await rowsOf(
      at,
      'select id, code, amount::text, day::text, "at"::text, paid, "time"::text, span::text from shop order by _row',
    ),
  ).toEqual([
    [1, '007', '10.55', '2024-01-31', '2024-01-31 10:30:00', true, '18:00:00', '36:00:00'],
    [2, 'X', '2', '2024-02-01', null, false, null, null],
    [5, 'rich t&xt\n2', '-3', null, null, null, null, null],
  ]);
  const { rejects } = await at.engine.import.rejects({ table: 'shop', offset: 0, limit: 9 });
  expect(rejects.map(({ line, cause, raw }) => [line, cause, raw])).toEqual([
    [7, 'C7 holds the error #DIV/0!.', '3,007,#DIV/0!'],
    [8, 'The formula in C8 has no stored value.', '4,"rich t&xt\n2",'],
  ]);

  const look = await at.engine.files.preview({
    path: 'Shop.xlsx',
    format: { settings: { sheet: 'Notes 2' } },
  });
  expect(look.format.settings[0]).toMatchObject({
    key: 'sheet',
    value: 'Notes 2',
    options: [{ value: 'Orders' }, { value: 'Notes 2' }],
  });
  expect(look.rows).toEqual([['x', '1']]);
  expect(look.columns.map(({ type }) => type)).toEqual(['text', 'text']);
  const part = await load('Shop.xlsx', {
    table: 'part',
    format: { settings: { range: 'A4:C9', errors: 'null', header: false } },
    types: { column_1: 'bigint' },
  });
  expect(part.account).toMatchObject({ physical: 6, loaded: 5, skipped: 1 });
  expect(await rowsOf(at, 'select column_1::int, column_3::text from part order by _row')).toEqual([
    [1, '10.55'],
    [2, '2'],
    [3, null],
    [4, null],
    [5, '-3'],
  ]);
  const misfit = await load('Shop.xlsx', { table: 'misfit', types: { code: 'integer' } });
  expect(misfit.account).toMatchObject({ loaded: 1, rejected: 4 });
  expect(
    (await at.engine.import.rejects({ table: 'misfit', offset: 0, limit: 9 })).rejects.map(
      ({ line }) => line,
    ),
  ).toEqual([5, 7, 8, 9]);

  await expect(load('Shop.xlsx', { table: 'q', format: { settings: { sheet: 'March' } } })).rejects.toThrow(
    'Shop.xlsx has no sheet “March”.',
  );
  await expect(load('Shop.xlsx', { table: 'q', format: { settings: { range: 'nowhere' } } })).rejects.toThrow(
    '“nowhere” is not a range of cells.',
  );
});

test('years, dates, names that stand twice and several rows name columns; the first sheet that holds anything is read', async () => {
  const at = await openTestEngine();
  const number = (value: number, style = 0) => `<c s="${style}"><v>${value}</v></c>`;
  const numbers = (...values: number[]) => row(...values.map((value) => number(value)));
  const load = async (name: string, sheets: Record<string, string>) => {
    const inside = Object.entries(sheets).map(([sheet, rows]) => [sheet, `<sheetData>${rows}</sheetData>`]);
    await file(at, name, workbook(Object.fromEntries(inside)));
    const { account, columns, open } = await at.engine.import.load({ path: name });
    return {
      ...account.skippedBy,
      loaded: account.loaded,
      open,
      columns: columns.map((one) => one.originalName),
    };
  };
  const rows = row(text('Aruba'), number(1), number(2)) + row(text('Korea'), number(3), number(4));
  expect(
    await load('years.xlsx', { S: row(text('Country'), number(2020), number(2021)) + rows }),
  ).toMatchObject({
    header: 1,
    loaded: 2,
    columns: ['Country', '2020', '2021'],
  });
  expect(
    await load('days.xlsx', { S: row(text('Item'), number(45292, 1), number(45323, 1)) + rows }),
  ).toMatchObject({ header: 1, columns: ['Item', '2024-01-01', '2024-02-01'] });
  expect(
    await load('twice.xlsx', {
      S: row(text('id'), text('Sum'), text('Sum')) + numbers(1, 2, 3) + numbers(2, 3, 4),
    }),
  ).toMatchObject({ header: 1, columns: ['id', 'Sum', 'Sum'] });
  const groups =
    row(text('Land'), text('2023'), '<c/>', text('2024'), '<c/>') +
    row('<c/>', text('Q1'), text('Q2'), text('Q1'), text('Q2'));
  expect(
    await load('groups.xlsx', { S: groups + row(text('A'), ...[1, 2, 3, 4].map((value) => number(value))) }),
  ).toMatchObject({ header: 2, columns: ['Land', '2023 Q1', '2023 Q2', '2024 Q1', '2024 Q2'] });
  expect(await load('values.xlsx', { S: numbers(1, 2) + numbers(3, 4) })).toMatchObject({
    header: 0,
    loaded: 2,
  });
  const sold = row(text('shop'), text('n'), text('sum')) + rows + row(text('Total'), number(4), number(6));
  expect(await load('sum.xlsx', { S: sold + row() + row(text('Source: us')) })).toMatchObject({
    loaded: 4,
    open: [
      {
        says: '“Total”, “Source: us” under the table are loaded as the file has them',
        option: '--range A1:C3 leaves them out',
      },
    ],
  });
  expect(await load('second.xlsx', { Empty: '', Data: rows, More: rows, None: '' })).toMatchObject({
    loaded: 2,
    open: [{ says: 'the sheet “Data” was read, not “More”', option: "--sheet 'More' reads another" }],
  });
  const coloured = '<sheetData/><extLst><x14:cfRule><xm:f>A1</xm:f></x14:cfRule></extLst>';
  await file(at, 'coloured.xlsx', workbook({ Empty: coloured, Data: `<sheetData>${rows}</sheetData>` }));
  const { account, open } = await at.engine.import.load({ path: 'coloured.xlsx' });
  expect([account.loaded, open]).toEqual([2, undefined]);
});

test('merged cells, days from 1904, and files that only look like workbooks', async () => {
  const at = await openTestEngine();
  const load = (path: string, more = {}) => at.engine.import.load({ path, ...more });
  const merged = `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>team</t></is></c><c r="B1" t="inlineStr"><is><t>day</t></is></c></row>
    <row r="2"><c r="A2" t="inlineStr"><is><t>red</t></is></c><c r="B2" s="1"><v>43860</v></c></row><row r="3"><c r="B3" s="1"><v>43861</v></c></row></sheetData>
    <mergeCells><mergeCell ref="A2:A3"/></mergeCells>`;
  await file(at, 'm.xlsx', workbook({ S: merged }, { date1904: true }));
  await load('m.xlsx');
  expect(await rowsOf(at, 'select team, day::text from m order by _row')).toEqual([
    ['red', '2024-01-31'],
    [null, '2024-02-01'],
  ]);
  await load('m.xlsx', { mode: 'replace', format: { settings: { merged: 'fill' } } });
  expect(await rowsOf(at, 'select team from m order by _row')).toEqual([['red'], ['red']]);

  const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  await file(at, 'old.csv', compound);
  await expect(load('old.csv')).rejects.toThrow('old.csv is a workbook of the old kind (.xls).');
  await file(at, 'locked.xlsx', Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]));
  await expect(load('locked.xlsx')).rejects.toThrow('locked.xlsx is protected by a password.');
  const word = new AdmZip();
  word.addFile('[Content_Types].xml', Buffer.from('<Types/>'));
  word.addFile('word/document.xml', Buffer.from('<w/>'));
  await file(at, 'letter.xlsx', word.toBuffer());
  await expect(load('letter.xlsx')).rejects.toThrow(
    'letter.xlsx is not an Excel workbook (.xlsx): it has no xl/workbook.xml.',
  );
  await file(at, 'broken.xlsx', workbook({ S: '<sheetData><row><c></row>' }));
  await expect(load('broken.xlsx')).rejects.toThrow(
    /^broken\.xlsx is damaged: xl\/worksheets\/sheet1\.xml is not valid XML/,
  );
  await file(at, 'empty.xlsx', workbook({ S: '<sheetData/>' }));
  await expect(load('empty.xlsx')).rejects.toThrow(/ of empty\.xlsx has no cells with values/);
  // Written by openpyxl, as people have them.
  const real = await load(join(import.meta.dirname, '../fixtures/openpyxl.xlsx'));
  expect(real.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id integer',
    'name text',
    'born date',
    'seen timestamp without time zone',
    'amount numeric',
  ]);
  expect(
    await rowsOf(at, 'select id, name, born::text, seen::text, amount::text from openpyxl order by _row'),
  ).toEqual([
    [1, 'Zoë', '1899-12-31', '2024-02-29 23:59:59', '0.1'],
    [2, ' spaces ', '2024-01-31', '2024-01-31 00:00:00', '1234567.25'],
  ]);
});

test('number formats, serial numbers and ranges', () => {
  const codes = [
    'General',
    '0.00',
    '#,##0 "days"',
    'yyyy-mm-dd',
    'd/m/yy h:mm',
    '[$-409]h:mm AM/PM',
    '[h]:mm',
    '[Red]0;[Blue]-0',
    'mmm',
    'mm:ss',
    '\\d0',
    '00000',
    '[$-407]000',
  ];
  expect(codes.map(meaningOf)).toEqual([
    ...[
      'number',
      'number',
      'number',
      'date',
      'datetime',
      'time',
      'duration',
      'number',
      'date',
      'time',
      'number',
      'digits5',
      'digits3',
    ],
  ]);
  const raw = { column: 0, address: 'A1', type: '', style: 0, formula: false };
  const cell = (value: string, meaning: NumberMeaning) =>
    cellOf({ ...raw, value }, { texts: [], meanings: [meaning], from1904: false });
  expect([cell('1067', 'digits5'), cell('-5', 'digits5'), cell('9007199254740993', 'number')]).toEqual([
    { kind: 'text', text: '01067' },
    { kind: 'number', text: '-5' },
    { kind: 'number', text: '9007199254740993' },
  ]);
  expect([1, 59, 60, 61, 45351.5].map((serial) => timestampOf(serial, false))).toEqual([
    ...[
      '1900-01-01 00:00:00',
      '1900-02-28 00:00:00',
      undefined,
      '1900-03-01 00:00:00',
      '2024-02-29 12:00:00',
    ],
  ]);
  expect([dateOf(0, true), dateOf(45322.5, false), durationOf(-0.25), durationOf(1 / 86_400 / 4)]).toEqual([
    ...['1904-01-01', undefined, '-06:00:00', '00:00:00.250'],
  ]);
  expect(parseRange('b3:AA10')).toEqual({ top: 3, left: 2, bottom: 10, right: 27 });
  expect(parseRange('C:D')).toMatchObject({ top: 1, left: 3, right: 4 });
  expect([1, 26, 27, 16_384].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'XFD']);
});
