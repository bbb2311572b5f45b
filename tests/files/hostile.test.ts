import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withDuck } from '../../electron/engine/files/duck/duck.ts';
import { sql } from '../../shared/sql.ts';
import { file, rowsOf } from '../import/workspace-files.ts';
import { openTestEngine } from '../open-test-engine.ts';

test('hostile files end in words that say what to do, or load', async () => {
  const at = await openTestEngine();
  const refused = async (name: string, content: string | Uint8Array) => {
    const path = await file(at, name, content);
    return at.engine.files.preview({ path, whole: true }).then(
      () => 'not refused',
      (thrown) => `${thrown.message} ${thrown.problem.hint ?? ''}`,
    );
  };
  const columns = (count: number) => Array.from({ length: count }, (_, n) => `c${n}`).join(',');
  expect(await refused('empty.csv', '')).toMatch(/is empty/);
  expect(await refused('wide.csv', `${columns(5000)}\n${columns(5000)}\n`)).toMatch(
    /5,000 columns; a table holds at most 1,599.*Split the file/,
  );
  expect(await refused('binary.csv', Buffer.from('0001020304050607'.repeat(99), 'hex'))).toMatch(
    /not text.*export it/,
  );
  expect(await refused('utf32.csv', Buffer.from('fffe0000610000002c000000', 'hex'))).toMatch(/UTF-32/);
  // Bytes of chance, half a character.
  expect(await refused('chance.csv', Buffer.from('4b061e9d8f8fde58aef5', 'hex'))).toMatch(/not text/);
  expect(await refused('chance.csv', Buffer.from('e1c21fb2c5', 'hex'))).toMatch(/neither rows nor names/);
  expect(await refused('half.csv', Buffer.from('fffe41', 'hex'))).toMatch(/neither rows nor names/);
  // What is read as no value is told of every column, however many there are.
  const wide = Array.from({ length: 250 }, (_, n) => `c${n}`).join(',');
  const ones = Array.from({ length: 250 }, (_, n) => (n === 230 ? 'NA' : '1')).join(',');
  const far = await file(at, 'far.csv', `${wide}\n${ones}\n${ones.replace('NA', '1')}\n`);
  expect((await at.engine.files.preview({ path: far })).columns[230]).toMatchObject({
    type: 'integer',
    readAsNull: [{ marker: 'NA', cells: 1 }],
  });
  const names = ['', 'a', 'a', 'A', 'x'.repeat(200), `${'x'.repeat(199)}y`].join(',');
  await file(at, 'names.csv', `${names}\n1,2,3,4,5,6\n`);
  const { columns: found } = await at.engine.import.load({ path: 'names.csv' });
  expect(found.map(({ name }) => name)).toEqual([
    'column_1',
    'a',
    'a_2',
    'A_3',
    'x'.repeat(63),
    `${'x'.repeat(61)}_2`,
  ]);
  expect(found[5]?.originalName).toBe(`${'x'.repeat(199)}y`);
});

test('a cell of many megabytes, with line breaks in it, is one cell', async () => {
  const at = await openTestEngine();
  const path = join(at.dir, 'large.csv');
  const out = createWriteStream(path);
  out.write('n,text\n1,"');
  const line = `${'some words of a long text '.repeat(40)}\n`;
  for (let size = 0; size < 12 << 20; size += line.length) if (!out.write(line)) await once(out, 'drain');
  out.end('end"\n2,short\n');
  await once(out, 'finish');
  const { account } = await at.engine.import.load({ path: 'large.csv' });
  expect(account).toMatchObject({ physical: 3, loaded: 2, rejected: 0 });
  expect(
    await rowsOf(
      at,
      'select n, length(text) > 12000000 as large, right(text, 3) as tail from large order by n',
    ),
  ).toEqual([
    [1, true, 'end'],
    [2, false, 'ort'],
  ]);
}, 120_000);

test('what was found out can be overridden, one thing at a time', async () => {
  const at = await openTestEngine();
  const path = await file(at, 'over.csv', '# note\nTitle\na;b\nx;1,5\ny;2,5\nSum;4,0\n');
  const look = async (dialect: object) => {
    const {
      columns,
      rows,
      account,
      dialect: found,
    } = await at.engine.files.preview({ path, dialect, whole: true });
    return {
      names: columns.map(({ originalName }) => originalName),
      rows,
      skipped: account.skippedBy,
      found,
    };
  };
  const plain = await look({});
  expect(plain).toMatchObject({
    names: ['a', 'b'],
    skipped: { header: 1, preamble: 2 },
    found: { delimiter: ';', newline: 'LF', guesses: { delimiter: { confidence: expect.any(Number) } } },
  });
  expect((await look({ delimiter: ',' })).names).not.toEqual(['a', 'b']);
  expect(await look({ footerLines: 1 })).toMatchObject({
    rows: [
      ['x', '1,5'],
      ['y', '2,5'],
    ],
    skipped: { footer: 1 },
  });
  expect(await look({ skipLines: 3, headerLines: 0 })).toMatchObject({
    names: ['', ''],
    skipped: { header: 0, preamble: 3 },
  });
  expect(await look({ skipLines: 2, headerLines: 2 })).toMatchObject({
    names: ['a x', 'b 1,5'],
    skipped: { header: 2 },
  });
  expect((await look({ comment: 'S' })).skipped).toMatchObject({ comment: 1 });
  const sold = 'id;day;n;price\n1;2024-01-01;3;2.50\n2;2024-01-02;4;1.50\n3;2024-01-03;5;0.50\n';
  const ended = async (end: string) => {
    const {
      account,
      dialect: found,
      format,
    } = await at.engine.files.preview({ path: await file(at, 'ended.csv', sold + end) });
    const texts = (format.leftOut ?? []).flatMap((one) => one.texts);
    return [account.loaded, account.rejected, account.skippedBy, found?.otherTables ?? [], ...texts];
  };
  expect(await ended('sum;12')).toEqual([
    3,
    0,
    { header: 1, blank: 0, preamble: 0, footer: 1 },
    [],
    'sum;12',
  ]);
  expect(await ended('4;2024')).toMatchObject([3, 1, { header: 1 }, []]);
  expect(await ended('\nname,pieces\ntea,3\nmilk,4\n')).toEqual([
    3,
    0,
    { header: 1, blank: 1, preamble: 0, otherTable: 3 },
    [{ line: 6, columns: 2, records: 3 }],
  ]);
  const left = async (text: string, dialect = {}) => {
    const path = await file(at, 'told.csv', text);
    const { account, format } = await at.engine.files.preview({ path, dialect });
    return [
      account.loaded,
      ...(format.leftOut ?? []).map(({ kind, records, texts }) => [kind, records, ...texts]),
    ];
  };
  const repeats = 'id,name,n\n1,tea,2\nid,name,n\n2,milk,3\n3,egg,4\n';
  expect(await left(repeats)).toEqual([3, ['repeated', 1, 'id,name,n']]);
  expect(await left(repeats, { keepRepeats: true })).toEqual([4]);
  const noted = 'Report of May\n\nid,name,n\n1,tea,2\n# checked\n2,milk,3\n3,egg,4\n';
  expect(await left(noted)).toEqual([3, ['preamble', 2, 'Report of May'], ['comment', 1, '# checked']]);
  const below =
    'day,speed,way\n,km/h,km\n2024-01-01,5,10\n2024-01-02,6,12\n2024-01-03,7,14\n2024-01-04,7,14\n';
  expect(await left(below)).toEqual([4, ['header', 1, ',km/h,km']]);
  const shape = async (text: string) => {
    const { account, columns } = await at.engine.files.preview({ path: await file(at, 'uneven.csv', text) });
    const { preamble, otherTable = 0 } = account.skippedBy;
    return [account.loaded, account.rejected, preamble, otherTable, columns.map(({ name }) => name)];
  };
  const narrow = Array.from({ length: 8 }, (_, n) => `${n},x${n},${n * 2}\n`).join('');
  const wide = Array.from({ length: 30 }, (_, n) => `${n},x${n},${n * 2},${n % 7}\n`).join('');
  expect(await shape(`a,b,c\n${narrow}${wide}`)).toEqual([30, 8, 0, 0, ['a', 'b', 'c', 'column_4']]);
  expect(await shape(`a,b,c\n${narrow}id,name,amount,kind\n${wide}`)).toEqual([
    30,
    0,
    0,
    9,
    ['id', 'name', 'amount', 'kind'],
  ]);
  const long = Array.from({ length: 20 }, (_, n) => `${n},x${n}\n`).join('');
  const longer = Array.from({ length: 20 }, (_, n) => `${n},x${n},${n}\n`).join('');
  expect(await shape(`a,b\n${long}${longer}`)).toEqual([20, 20, 0, 0, ['a', 'b']]);
  const both = await file(
    at,
    'both.csv',
    'Figures of 2024\n\nshop,city\n1,Oslo\n2,Bergen\n\nid,name,sold\n1,tea,3\n2,milk,5\n3,egg,7\n4,ham,9\n',
  );
  const read = async (skipLines?: number) => {
    const dialect = skipLines === undefined ? {} : { skipLines };
    const { dialect: found, account, columns } = await at.engine.files.preview({ path: both, dialect });
    return [account.physical, account.loaded, account.skippedBy, found?.otherTables, columns.length];
  };
  const above = { line: 3, columns: 2, records: 3 };
  const skipped = { header: 1, blank: 0, preamble: 3, otherTable: 3 };
  expect(await read()).toEqual([11, 4, skipped, [above], 3]);
  expect(await read(6)).toEqual([11, 4, skipped, [above], 3]);
  expect(await read(2)).toEqual([
    11,
    2,
    { header: 1, blank: 1, preamble: 2, otherTable: 5 },
    [{ line: 7, columns: 3, records: 5 }],
    2,
  ]);
  const columnsOf = async (text: string) =>
    (await at.engine.files.preview({ path: await file(at, 'named.csv', text) })).columns.map(
      ({ originalName }) => originalName,
    );
  expect(await columnsOf(',Q1,,Q2,\nname,sales,cost,sales,cost\na,1,2,3,4\nb,5,6,7,8\nc,1,1,1,1\n')).toEqual([
    'name',
    'Q1 sales',
    'Q1 cost',
    'Q2 sales',
    'Q2 cost',
  ]);
  const years = [',2020,,2021,', 'name,sales,cost,sales,cost', 'a,1,2,3,4', 'b,5,6,7,8', 'c,1,1,1,1', ''];
  expect(await columnsOf(years.join('\n'))).toEqual([
    'name',
    '2020 sales',
    '2020 cost',
    '2021 sales',
    '2021 cost',
  ]);
  expect(await columnsOf('name,2020,2021\na,1,2\nb,3,4\nc,5,6\n')).toEqual(['name', '2020', '2021']);
  // The levels of a header as programs write them, with the name of what tells the rows below.
  const levels = ',sales,sales,cost\nregion,north,south,north\n';
  const pivoted = ['region', 'sales north', 'sales south', 'cost north'];
  expect(await columnsOf(`${levels}2020,1,2,3\n2021,4,5,6\n`)).toEqual(pivoted);
  expect(await columnsOf(`${levels}year,,,\n2020,1,2,3\n2021,4,5,6\n`)).toEqual([
    'year',
    ...pivoted.slice(1),
  ]);
  expect(
    await columnsOf(`first,A,A,B,B\nsecond,x,x,y,y\nthird,1st,2nd,1st,2nd\nid,,,,\n0,1,2,3,4\n1,5,6,7,8\n`),
  ).toEqual(['id', 'A x 1st', 'A x 2nd', 'B y 1st', 'B y 2nd']);
  // Texts with an index that has no name, and a header that stands there twice.
  expect(await columnsOf(',name,city\nr1,Ann,Oslo\nr2,Bob,Rome\nr3,Cy,Bonn\n')).toEqual(['', 'name', 'city']);
  expect(await columnsOf('a,b\na,b\n1,2\n3,4\n5,6\n')).toEqual(['a', 'b']);
  const words = ['id,name,name,n', '1,tea,tea,5', '2,milk,milk,7', '3,egg,egg,9', ''];
  expect(await left(words.join('\n'))).toEqual([3]);
  // Surveys: questions, and ids as JSON, below the names.
  const answers = '1,23,Ann,yes\n2,34,Bob,no\n3,45,Cy,yes\n';
  const asked = 'Response,How old are you?,What is your name?,Would you come again?\n';
  const ids = ['QID0', 'QID1', 'QID2', 'QID3'].map((id) => `"{""ImportId"":""${id}""}"`).join(',');
  for (const header of [`${asked}${ids}\n`, asked]) {
    const survey = `id,Q1,Q2,Q3\n${header}${answers}`;
    expect(await columnsOf(survey)).toEqual(['id', 'Q1', 'Q2', 'Q3']);
    const told = [
      'header',
      header === asked ? 1 : 2,
      asked.trim(),
      ...(header === asked ? [] : [expect.anything()]),
    ];
    expect(await left(survey)).toEqual([3, told]);
    expect(await left(survey, { headerLines: 1 })).toEqual([3 + header.split('\n').length - 1]);
  }
  expect(await columnsOf('name,note,n\ntext,varchar(20),int\na,b,1\nc,d,2\ne,f,3\n')).toEqual([
    'name text',
    'note varchar(20)',
    'n int',
  ]);
  // A sentence beside a word where others have values is of a row.
  expect(await left('id,note\nunknown,this is what was said of it\n1,b\n2,c\n3,d\n4,e\n')).toEqual([5]);
  const units = 'id,name,weight,speed\n,,kg,m/s\n1,a,2,3.5\n2,b,3,4.5\n3,c,4,5.5\n4,d,5,6.5\n';
  expect(await columnsOf(units)).toEqual(['id', 'name', 'weight kg', 'speed m/s']);
  expect(await columnsOf(',Sales report,\nid,name,n\n1,a,2\n2,b,3\n3,c,4\n')).toEqual(['id', 'name', 'n']);
  expect(await columnsOf('Sales report,\nname,amount\ntea,2\nmilk,3\nham,4\n')).toEqual(['name', 'amount']);
  const told = async (text: string) => {
    const path = await file(at, 'told.csv', text);
    const { dialect: found, account, rows, rejects } = await at.engine.files.preview({ path });
    const unsure = Object.entries(found?.guesses ?? {}).filter(([, guess]) => guess.confidence <= 0.6);
    const skipped = Object.entries(account.skippedBy).filter(([, records]) => records > 0);
    return [
      found?.delimiter,
      rows.length,
      rejects.length,
      Object.fromEntries(skipped),
      unsure.map(([part]) => part),
    ];
  };
  expect(await told('id,name\n1,a\nid,name\n2,b\n"id","name"\n3,c\n')).toEqual([
    ',',
    3,
    0,
    { header: 3 },
    [],
  ]);
  expect(await told('sep=;\nid;name\n1;a,b\n2;c,d\n')).toEqual([';', 2, 0, { header: 1, preamble: 1 }, []]);
  expect(await told('a\x1fb\x1e1\x1f2\x1e3\x1f4\x1e5\x1f6\x1e')).toEqual(['\x1f', 3, 0, { header: 1 }, []]);
  expect(await told('id,name\n1,a\n2,b\nTotal,3\n')).toEqual([',', 3, 0, { header: 1 }, ['footerLines']]);
  expect(await told('id,name,city\n1,Anna\n2,Bob,Oslo,x\n')).toEqual([
    ',',
    0,
    2,
    { header: 1 },
    ['delimiter'],
  ]);
  expect(await told('a,b,c\n1,2\n3,4,5,6\n')).toEqual([',', 0, 2, { header: 1 }, ['delimiter']]);
  expect(await told('76,848,370.28\n12,345.10\n1,000,000.00\n99.50\n')).toEqual([';', 4, 0, {}, []]);
  expect(await told('cost\n$68,256.64\n')).toEqual([';', 1, 0, { header: 1 }, expect.anything()]);
  const marked = await file(at, 'marked.csv', 'md\n`code`\n`code`\n');
  expect((await at.engine.files.preview({ path: marked })).rows).toEqual([['`code`'], ['`code`']]);
  // A row with words or gaps where others have values is a row: units stand below names, little else does.
  const ips = '65,157.120.97.92\n6,181.243.76.19\n17,39.85.212.168\n';
  expect(await told(`opt,ip\nclosed,\n${ips}`)).toEqual([',', 4, 0, { header: 1 }, []]);
  expect(await told(`mass,host\nTotal,pending\n${ips}`)).toEqual([
    ',',
    4,
    0,
    { header: 1 },
    ['header', 'headerLines'],
  ]);
  const even = `${'1,200.50\n'.repeat(9)}1,000,200.50\n`;
  expect(await told(even)).toEqual([';', 10, 0, {}, []]);
  expect(await told('040 123 456\n030 987 654\n089 555 123\n')).toEqual([' ', 3, 0, {}, ['delimiter']]);
  expect(await told('5\n5\n7\n')).toEqual([',', 3, 0, {}, []]);
  expect(await told('0 1 1\n3 5 7\n2 2 9\n')).toEqual([' ', 3, 0, {}, []]);
  // Numbers that may name columns are told.
  const numbered = ['header', 'headerLines'];
  expect(await told('2019\n12\n130\n')).toEqual([',', 3, 0, {}, numbered]);
  expect(await told('3\n1001\n1002\n')).toEqual([',', 3, 0, {}, numbered]);
  expect(await told('0,1,2\n5.1,3.5,1.4\n4.9,3.0,1.3\n')).toEqual([',', 3, 0, {}, numbered]);
  // A mark that stands twice between all cells is one; else a column between is empty, or nearly so.
  expect(await told('a,,b\n0,,0\n')).toEqual([',', 1, 0, { header: 1 }, []]);
  expect(await told('a,,b\n0,,0\n1,,2\n5,,6\n')).toEqual([',', 3, 0, { header: 1 }, []]);
  expect(await told('a||b\n0||0\n1||2\n')).toEqual(['||', 2, 0, { header: 1 }, []]);
  expect(await told('a,,b,,c\n0,,0,,1\n1,,2,,3\n')).toEqual([',,', 2, 0, { header: 1 }, []]);
  expect(await told('a,x,b\n0,,0\n1,,2\n3,,4\n')).toEqual([',', 3, 0, { header: 1 }, []]);
  expect(await told(`a,,b\n${'0,,0\n'.repeat(50)}1,7,2\n`)).toEqual([',', 51, 0, { header: 1 }, []]);
  // A space between words may be in them.
  expect(await told('full name\nAnn Ray\nBob Lee\nCy Xu\n')).toEqual([',', 3, 0, { header: 1 }, []]);
  expect(await told('full name\nAnn\nBob Lee\nCy\nDi Poe\n')).toEqual([',', 4, 0, { header: 1 }, []]);
  expect(await told('name age\nAnn 23\nBob 34\nCy 45\n')).toEqual([' ', 3, 0, { header: 1 }, ['delimiter']]);
  expect(await told('0,0\n0,0\n0,0\n1,2\n3,4\n')).toEqual([',', 5, 0, {}, []]);
  expect(await told('yes,no\nyes,no\nno,yes\nyes,yes\nyes,no\n')).toMatchObject([
    ',',
    5,
    0,
    {},
    expect.anything(),
  ]);
  const log = '#Version: 1.0\n#Fields: day ip status\n2024-01-01 10.0.0.1 200\n2024-01-02 10.0.0.2 404\n';
  expect(await told(log)).toEqual([' ', 2, 0, { comment: 2 }, []]);
  expect(await columnsOf(log)).toEqual(['day', 'ip', 'status']);
  const two = await file(
    at,
    'two.csv',
    'id,name,n\n1,a,2\n2,b,3\n3,c,4\n\ncode,city,pop\n10,Bern,5\n11,Chur,6\n',
  );
  expect((await at.engine.files.preview({ path: two })).dialect?.otherTables).toEqual([
    { line: 6, columns: 3, records: 3, loaded: true },
  ]);
  expect(await columnsOf('id|#|name\n1|#|tea\n2|#|milk\n3|#|egg\n')).toEqual(['id', 'name']);
  const paths = await file(at, 'paths.csv', '/from/,/to/\n/a/,/b/\n/c/,/d/\n/e/,/f/\n');
  expect((await at.engine.files.preview({ path: paths })).dialect?.delimiter).toBe(',');
  expect(await columnsOf('a||b||c\n1||x||2\n3||y||4\n')).toEqual(['a', 'b', 'c']);
  const money = await file(at, 'money.csv', 'a;b\nx;1,234\ny;2,500\n');
  const { columns } = await at.engine.files.preview({ path: money, dialect: { decimal: ',' } });
  expect(columns[1]).toMatchObject({ type: 'numeric', format: ',' });
});

test('what begins like a remark, and what goes on after rows of another width, are rows', async () => {
  const at = await openTestEngine();
  const look = async (content: string) => {
    const path = await file(at, 'rows.csv', content);
    const { account, columns } = await at.engine.files.preview({ path, whole: true });
    const { loaded, rejected, skippedBy } = account;
    return { loaded, rejected, ...skippedBy, names: columns.map(({ originalName }) => originalName) };
  };
  const orders = `Name,Paid at,Total,Notes,Item
#1001,2024-01-05,12.50,"Please call
before delivery",Shirt
#1001,,,,Hat
#1002,2024-01-06,8.00,"one
two
three",Mug
`;
  const named = await look(orders);
  expect(named).toMatchObject({
    loaded: 3,
    rejected: 0,
    header: 1,
    names: ['Name', 'Paid at', 'Total', 'Notes', 'Item'],
  });
  expect(named).not.toHaveProperty('comment');
  expect(await look('# of May, by hand\nid,name,sum\n1,a,2\n2,b,3\n')).toMatchObject({
    comment: 1,
    loaded: 2,
  });
  const several = ['1', '2', '3'].map((n) => `#${n};"of May\nb; ${n}";X\n`).join('');
  expect(await look(`id;note;city\n${several}`)).toMatchObject({ loaded: 3, names: ['id', 'note', 'city'] });
  const alone = async (name: string, ...cells: string[]) => {
    const { names, loaded } = await look(`${name}\n${cells.join('\n')}\n`);
    return [loaded, ...names];
  };
  expect(await alone('phone', '(922) 535-4677', '(536) 233-1460', '(433) 483-5295')).toEqual([3, 'phone']);
  expect(await alone('name', 'Ann Ray', 'Bob Lee', 'Cy Xu', 'Bob Ray')).toEqual([4, 'name']);
  expect(await alone('firm', 'A & Z Ltd.', 'B & X Ltd.', 'C & Y Ltd.')).toEqual([3, 'firm']);
  expect(await alone('price', '$1.50', '$2.50', '$12.00')).toEqual([3, 'price']);
  expect(await look('#t1\n#t2\n#t3\n#t4\n#t5\n')).toMatchObject({ loaded: 5, names: [''] });
  expect(await look('a@b.com\nc@d.org\ne@f.net\n')).toMatchObject({ loaded: 3, names: [''] });
  expect(await look('a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n')).toMatchObject({
    loaded: 2,
    rejected: 2,
    header: 1,
    preamble: 0,
    names: ['a', 'b', 'c'],
  });
});

test('cells that no delimiter with plain quotes tells apart are told by what makes rows alike', async () => {
  const at = await openTestEngine();
  const look = async (text: string, dialect: object = {}) => {
    const path = await file(at, 'spelled.csv', text);
    const { dialect: found, columns, rows, rejects } = await at.engine.files.preview({ path, dialect });
    return [found?.spelling ?? found?.padded ?? 'plain', columns.map(({ name }) => name), rows, rejects];
  };
  const names = ['id', 'name', 'n'];
  const people = [
    ['1', 'Doe, Jane', '3'],
    ['2', 'Roe, Rick', '4'],
    ['3', 'Poe', '5'],
  ];
  const plain = ['plain', names, people, []];
  // However well its numbers would read as cells of their own.
  const vectors = ['[1,0,0,0,0,0,0,0]', '[0,1,0,0,0,0,0,0]', '[0,0,1,0,0,0,0,0]'].map((v, at) => [
    `${at}`,
    `n${at}`,
    v,
  ]);
  const quoted = vectors.map(([id, name, v]) => `${id},${name},"${v}"\n`).join('');
  expect(await look(`id,name,v\n${quoted}`)).toEqual(['plain', ['id', 'name', 'v'], vectors, []]);
  expect(await look('id,name,n\n1, "Doe, Jane",3\n2,   "Roe, Rick",4\n3,"Poe",5\n')).toEqual([
    true,
    names,
    people,
    [],
  ]);
  expect(await look("id,name,n\n1,'Doe, Jane',3\n2,'Roe, Rick',4\n3,'Poe',5\n")).toEqual(plain);
  expect(await look("id,name,n\n1, 'Doe, Jane', 3\n2, 'Roe, Rick', 4\n3, 'Poe', 5\n")).toMatchObject([
    true,
    names,
    [{ 1: 'Doe, Jane' }, { 1: 'Roe, Rick' }, { 1: 'Poe' }],
    [],
  ]);
  const typographic = ['typographic quotes', names, people, []];
  expect(await look('id,name,n\n1,“Doe, Jane”,3\n2,“Roe, Rick”,4\n3,Poe,5\n')).toEqual(typographic);
  expect(await look('id,name,n\n1,„Doe, Jane“,3\n2,„Roe, Rick“,4\n3,"Poe",5\n')).toEqual(typographic);
  expect(await look('id,name,n\n1,«Doe, Jane»,3\n2,«Roe, Rick»,4\n3,«Poe»,5\n')).toEqual(typographic);
  const wrapped = '"id,name,n"\n"1,""Doe, Jane"",3"\n"2,""Roe, Rick"",4"\n"3,Poe,5"\n';
  expect(await look(wrapped)).toEqual(['quoted lines', names, people, []]);
  expect(await look('name\n"Doe, Jane"\n"Roe, Rick"\n')).toMatchObject(['plain', ['name'], [{}, {}], []]);
  const aligned =
    'id  name         n\n1   Doe, Jane    3\n2   Roe, Rick    4\n3   Poe          5\n10  Joe  x      12\n';
  expect(await look(aligned)).toEqual(['aligned', names, [...people, ['10', 'Joe  x', '12']], []]);
  expect(await look('id\tname\tn\n1\tDoe\\\tJane\t3\n2\tRoe\\\nRick\t\\N\n3\tC:\\\\t\t5\n')).toEqual([
    'backslashes',
    names,
    [
      ['1', 'Doe\tJane', '3'],
      ['2', 'Roe\nRick', null],
      ['3', 'C:\\t', '5'],
    ],
    [],
  ]);
  expect(await look('path,n\nC:\\temp,1\nC:\\Users,2\n')).toMatchObject([
    'plain',
    ['path', 'n'],
    [{}, {}],
    [],
  ]);
  const ruled =
    'id    name      n\n----- --------- -\n    1 Doe, Jane 3\n    2 Roe, Rick 4\n    3 Poe       5\n\n(3 rows)\n';
  expect(await look(ruled)).toEqual(['aligned', names, people, []]);
  const drawn = [
    ['1', 'Doe, J.', null],
    ['2', null, '4'],
  ];
  const boxes = [
    ' id | name    | n \n----+---------+---\n  1 | Doe, J. |  \n  2 |         | 4\n(2 rows)\n',
    '+----+---------+------+\n| id | name    | n    |\n+----+---------+------+\n|  1 | Doe, J. |      |\n|  2 |         |    4 |\n+----+---------+------+\n2 rows in set (0.00 sec)\n',
    '| id | name | n |\n|---:|:-----|---|\n| 1 | Doe, J. | |\n| 2 | | 4 |\n',
    '│ id │ name │ n │\n├────┼──────┼───┤\n│ 1  │ Doe, J. │  │\n│ 2 │ │ 4 │\n',
  ];
  for (const box of boxes) expect(await look(box)).toEqual(['boxes', names, drawn, []]);
  const lone = '+------+\n| name |\n+------+\n| Doe  |\n| Roe  |\n+------+\n';
  expect(await look(lone)).toEqual(['boxes', ['name'], [['Doe'], ['Roe']], []]);
  const exact = await at.engine.files.preview({ path: await file(at, 'lone.csv', lone), allText: true });
  expect(exact.account.physical).toBe(3);
  // A space between quotes cuts words, which may go on over lines.
  const spaced = ['Doe', 'Roe', 'Poe'].map((one) => `"Ann ${one}" "Oslo\n"\n`);
  expect((await look(spaced.join('')))[2]).toEqual(
    ['Doe', 'Roe', 'Poe'].map((one) => [`Ann ${one}`, 'Oslo\n']),
  );
  const piped =
    '| id | name | n |\n| --- | --- | --- |\n| 1 | a\\|b | - |\n| - | - | - |\n| 2 | c | 4 | 5 |\n';
  expect(await look(`${piped}${'| 3 | d | 5 |\n'.repeat(9)}`)).toMatchObject([
    'boxes',
    names,
    [['1', 'a|b', '-'], ['-', '-', '-'], ...Array(9).fill(['3', 'd', '5'])],
    [{ line: 5, raw: '| 2 | c | 4 | 5 |' }],
  ]);
  expect((await look('id|name|n\n1|tea|3\n-|-|-\n2|milk|4\n'))[0]).toBe('plain');
  expect((await look('id,name,n\n1,"a ""b""",3\n2,"a \\"b\\"",4\n3,"c",5\n'))[2]).toEqual([
    ['1', 'a "b"', '3'],
    ['2', 'a "b"', '4'],
    ['3', 'c', '5'],
  ]);
  expect((await look('1\tDoe\t\\N\n2\tRoe\t4\n\\.\n'))[2]).toEqual([
    ['1', 'Doe', null],
    ['2', 'Roe', '4'],
  ]);
  // What cuts the names as well cuts the rows: the other stands in the cells, however well its numbers read.
  const pairs = [',;', ',|', ';|', '|;', '\t;'];
  for (const [mark, inner] of pairs.map((pair): [string, string] => [pair.charAt(0), pair.charAt(1)])) {
    const places = [5, 6, 7].map((n) => [`n${n}`, `4${n}.1${inner}1${n}.5`]);
    const text = [['name', 'place'], ...places].map((cells) => `${cells.join(mark)}\n`).join('');
    expect(await look(text)).toEqual(['plain', ['name', 'place'], places, []]);
  }
  const twice = await file(at, 'twice.csv', '0,0;1;2,0\n1,1;2;3,3\n2,2;3;4,6\n');
  const { dialect: tied } = await at.engine.files.preview({ path: twice });
  expect(tied?.guesses?.delimiter).toMatchObject({
    confidence: 0.6,
    evidence: expect.stringContaining('but a comma cuts all of them alike, too'),
  });
  expect(tied?.confidence).toBeLessThanOrEqual(0.6);
  // Brackets at the beginning make no JSON of a log.
  const log = (
    await look('[2024-01-01 10:00:00] ERROR one\n[2024-01-02 10:00:00] ERROR two\n')
  )[2] as unknown[];
  expect(log.length).toBe(2);
  const listed = (await look('[1] 0.5 0.7\n[2] 0.6 0.8\n'))[2] as unknown[];
  expect(listed.length).toBe(2);
  const wide = await file(at, 'wide.csv', 'id,name,n\n1,Doe, Jane,3\n2,Roe, Rick,4\n3,Poe, Al,5\n');
  const { dialect } = await at.engine.files.preview({ path: wide });
  expect(dialect?.confidence).toBeLessThanOrEqual(0.6);
  expect(dialect?.guesses?.header?.evidence).toContain('it names 3 columns, and most rows have 4 cells');
  const rows = Array.from({ length: 30 }, (_, n) => `red${n}:${n}:2024-01-${10 + (n % 20)}:4.5\n`);
  const colons = await file(at, 'colons.csv', rows.join(''));
  const confidence = async (more = {}) => {
    const { dialect: read } = await at.engine.files.preview({ path: colons, dialect: more });
    return [read?.delimiter, (read?.confidence ?? 0) > 0.6];
  };
  expect([await confidence(), await confidence({ delimiter: ':' })]).toEqual([
    [':', false],
    [':', true],
  ]);
});

test('a reject of a file in a spelling of its own is told as it stands there, and corrected so', async () => {
  const at = await openTestEngine();
  const lines = ['id\tnote', '1\ta\\nb', '2\tc\\\nd', 'x\te\\tf', '4\t\\N', ...Array(300).fill('5\tg')];
  await file(at, 'dump.tsv', `${lines.join('\n')}\nEnd:\\t305 rows\n`);
  const { account, dialect, recipe, leftOut } = await at.engine.import.load({ path: 'dump.tsv' });
  expect(leftOut).toEqual([{ kind: 'footer', records: 1, texts: ['End:\\t305 rows'] }]);
  expect([account.loaded, account.rejected, dialect?.escape, dialect?.spelling]).toEqual([
    303,
    1,
    '\\',
    'backslashes',
  ]);
  const { rejects } = await at.engine.import.rejects({ table: 'dump', offset: 0, limit: 9 });
  expect(rejects).toMatchObject([{ line: 5, offset: 22, raw: 'x\te\\tf', column: 'id' }]);
  const [reject] = rejects;
  await at.engine.import.retry({ table: 'dump', rows: [{ id: reject?.id ?? '', text: '3\te\\tf' }] });
  expect(await rowsOf(at, 'select id, note from dump where id < 5 order by id')).toEqual([
    [1, 'a\nb'],
    [2, 'c\nd'],
    [3, 'e\tf'],
    [4, null],
  ]);
  const again = await at.engine.import.load({ path: 'dump.tsv', recipe, mode: 'replace' });
  expect(again).toMatchObject({ account, dialect: { spelling: 'backslashes' } });
});

const cell = fc
  .oneof(
    fc.constantFrom('1', '2.5', 'a word', 'x,y', 'say "no"', 'two\nlines', 'é', '2024-01-31'),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 6 }),
  )
  .filter((text) => !/^[\s#]|\s$|[\0\r]/.test(text));
const tables = fc
  .integer({ min: 2, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 4, maxLength: 9 }),
  );

test('of well-formed files, cells are those that DuckDB reads', async () => {
  const at = await openTestEngine();
  await fc.assert(
    fc.asyncProperty(tables, async (rows) => {
      const header = (rows[0] ?? []).map((_, n) => `name_${n}`);
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = [header, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
      const path = await file(at, 'same.csv', text);
      const ours = await at.engine.files.preview({ path, whole: true, allText: true });
      const theirs = await withDuck(undefined, (duck) =>
        duck.rows(
          sql`from read_csv(${path}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')`,
        ),
      );
      expect(ours.rows).toEqual(theirs);
    }),
    { numRuns: 30 },
  );
});
