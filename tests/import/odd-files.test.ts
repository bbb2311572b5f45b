import { expect, test } from 'vitest';
import { sharedTestEngine } from '../open-test-engine.ts';
import { workbook } from '../workbook.ts';
import { file } from './workspace-files.ts';

const shared = sharedTestEngine();

const text = (words: string) => `<c t="inlineStr"><is><t>${words}</t></is></c>`;
const number = (value: number) => `<c><v>${value}</v></c>`;
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;
const texts = (...lines: string[]) =>
  lines.map((line) => row(...line.split(',').map((cell) => (cell === '' ? '<c/>' : text(cell))))).join('');

/** What a file is read as, where nobody says otherwise. */
async function look(name: string, content: string | Uint8Array) {
  const at = shared();
  const path = await file(at, name, content);
  const { format, columns, rows, account } = await at.engine.files.preview({ path, whole: true });
  return { open: format.open ?? [], names: columns.map((column) => column.name), rows, account };
}

const refused = async (name: string, content: string | Uint8Array) =>
  look(name, content).then(
    () => expect.fail(`${name} was read`),
    (thrown) => thrown.problem as { message: string; hint?: string; at?: unknown },
  );

const sheet = (inside: string) => workbook({ One: inside });

test('rows of nothing but texts in a workbook are judged as those of a CSV file are, and doubt is told', async () => {
  const people = ['Ann,red,x', 'Bob,blue,y', 'Cid,green,z', 'Dan,red,w'];
  const read = await look('people.xlsx', sheet(`<sheetData>${texts(...people)}</sheetData>`));
  const csv = await look('people.csv', `${people.join('\n')}\n`);
  expect(read.rows).toEqual(people.map((line) => line.split(',')));
  expect([read.rows, read.account]).toEqual([csv.rows, csv.account]);
  const few = await look('few.xlsx', sheet(`<sheetData>${texts('Ann,red', 'Bob,blue')}</sheetData>`));
  expect([few.names, few.open]).toEqual([
    ['Ann', 'red'],
    [
      {
        says: 'header, 60 % sure: the first record names the columns: its cells could be names or values alike',
        option: '--set header=false loads it as a row',
      },
    ],
  ]);
  const named = await look(
    'named.xlsx',
    sheet(`<sheetData>${texts('name,note', 'Bob,y', 'Cid,z')}</sheetData>`),
  );
  expect([named.names, named.open]).toEqual([['name', 'note'], []]);
});

test('what is hidden in a sheet, and formulas without a value, are told; years below merged words name columns', async () => {
  const hidden = `<cols><col min="2" max="2" hidden="1"/><col min="3" max="16384" hidden="1"/></cols><sheetData>
    ${row(text('id'), text('n'))}${row(number(1), number(10))}
    <row hidden="1">${number(2)}${number(20)}</row><row hidden="true">${number(3)}${number(30)}</row></sheetData>`;
  const read = await look('hidden.xlsx', sheet(hidden));
  expect([read.rows.length, read.open]).toEqual([
    3,
    [{ says: '2 hidden rows and 1 hidden column of the sheet loaded as well' }],
  ]);
  const formulas = `<sheetData>${row(text('a'), text('b'))}${row(number(1), '<c><f>A2*2</f></c>')}${row(number(2), number(4))}</sheetData>`;
  const bare = await look('formulas.xlsx', sheet(formulas));
  expect(bare.account).toMatchObject({ loaded: 1, rejected: 1 });
  expect(bare.open).toEqual([
    {
      says: '1 row has a formula without a stored value: open the workbook in Excel or LibreOffice and save it, and they are there',
      option: '--set errors=null leaves such cells empty',
    },
  ]);
  const merged = `<sheetData>${texts('id,Sales,,Costs,')}${row('<c/>', ...[2023, 2024, 2023, 2024].map(number))}
    ${row(...[1, 10, 20, 3, 4].map(number))}${row(...[2, 11, 21, 3, 5].map(number))}</sheetData>
    <mergeCells count="2"><mergeCell ref="B1:C1"/><mergeCell ref="D1:E1"/></mergeCells>`;
  expect(await look('merged.xlsx', sheet(merged))).toMatchObject({
    names: ['id', 'Sales 2023', 'Sales 2024', 'Costs 2023', 'Costs 2024'],
    rows: [
      ['1', '10', '20', '3', '4'],
      ['2', '11', '21', '3', '5'],
    ],
  });
});

test('workbooks and archives without anything in them are refused in words', async () => {
  expect(await refused('blank.xlsx', sheet('<sheetData/>'))).toMatchObject({
    message: 'The sheet “One” of blank.xlsx has no cells with values: there is nothing to import.',
  });
  const end = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');
  expect(await refused('none.zip', end)).toMatchObject({
    message: 'none.zip is a ZIP archive without files: there is nothing to import.',
  });
});

test('comments in JSON are refused with their line; in JSON lines they cost their line alone', async () => {
  const hint = 'Take out what begins with // or stands between /* and */. Nothing was imported.';
  for (const [content, line, position] of [
    ['// made by a tool\n[{"a": 1}]\n', 1, 1],
    ['[\n  {"a": 1},\n  // second\n  {"a": 2}\n]\n', 3, 3],
    ['{\n  "a": [1, /* x */ 2]\n}\n', 2, 12],
  ] as const)
    expect(await refused('comment.json', content)).toMatchObject({
      message: `comment.json is not valid JSON: line ${line}, position ${position}: a comment stands here, and JSON has none.`,
      hint,
    });
  const lines = await look('comment.jsonl', '// made by a tool\n{"a": 1}\n{"a": 2}\n');
  expect([lines.rows, lines.account]).toMatchObject([[['1'], ['2']], { loaded: 2, rejected: 1 }]);
});

test('cells that psql draws over several lines are one cell each', async () => {
  const rows = [
    ['1', 'Ann\nMarie', 'one\ntwo\nthree'],
    ['2', 'C++', 'x'],
    ['3', 'Cid', null],
  ];
  const plain = ` id |   name    |    note    
----+-----------+------------
  1 | Ann      +| one       +
    | Marie     | two       +
    |           | three
  2 | C++       | x
  3 | Cid       | 
(3 rows)
`;
  const read = await look('plain.txt', plain);
  expect([read.names, read.rows]).toEqual([['id', 'name', 'note'], rows]);
  expect(read.account).toMatchObject({ loaded: 3, rejected: 0 });
  const drawn = plain
    .split('\n')
    .slice(0, -2)
    .map((line) =>
      line.startsWith('-')
        ? `├${'─'.repeat(29)}┤`
        : `│${line.padEnd(29).replaceAll('|', '│').replaceAll('+│', '↵│').replace(/\+$/, '↵')}│`,
    );
  drawn[1] = '├────┼───────────┼────────────┤';
  expect((await look('drawn.txt', `${drawn.join('\n')}\n`)).rows).toEqual(rows);
  // A plus at the end of a cell is one where what stands below is a row of its own.
  const signs = ' id | grade \n----+-------\n  1 | A+\n  2 | B\n  3 | C+\n';
  expect((await look('signs.txt', signs)).rows).toEqual([
    ['1', 'A+'],
    ['2', 'B'],
    ['3', 'C+'],
  ]);
});

test('a long cell whose lines end in doubled quotes is one cell', async () => {
  const lines = Array.from({ length: 60 }, (_, n) => `${n},`);
  for (const end of ['""\n', '"" \n']) {
    const content = `id,t\n1,"${lines.map((line) => line + end).join('')}"\n2,b\n`;
    const { rows, account } = await look('long.csv', content);
    expect(rows).toEqual([
      ['1', lines.map((line) => line + end.replace('""', '"')).join('')],
      ['2', 'b'],
    ]);
    expect(account).toMatchObject({ loaded: 2, rejected: 0 });
  }
});

test('line breaks in quotes do not make columns of what stands below one another by chance', async () => {
  const lines = [1, 2, 3, 4, 5, 6].map((n) => `${n},20${n},a  b,"line\r\nfeed"\n`);
  const { names, account } = await look('broken.csv', `n,year,  pad,end\n${lines.join('')}`);
  expect([names, account]).toMatchObject([['n', 'year', 'pad', 'end'], { loaded: 6, rejected: 0 }]);
});

test('lines of several words have no name above them, a name does', async () => {
  for (const lines of [
    ['Anna went home'],
    ['Anna went home', 'Bob is here'],
    ['Anna went home', 'Bob is here', 'Cid', 'Dan'],
  ])
    expect((await look('lines.txt', `${lines.join('\n')}\n`)).rows).toEqual(lines.map((line) => [line]));
  expect(await look('named.txt', 'Date of birth\n2001-02-03\n')).toMatchObject({
    names: ['Date of birth'],
    rows: [['2001-02-03']],
  });
});
