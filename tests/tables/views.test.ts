import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import AdmZip from 'adm-zip';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import profile from '../../electron/cli/commands/profile.ts';
import { withDuck } from '../../electron/engine/files/duck/duck.ts';
import { filterOf, noAnswers } from '../../renderer/rooms/tables/answers.ts';
import { type Condition, conditionsFor } from '../../renderer/rooms/tables/conditions.ts';
import type { Pipeline } from '../../shared/contract/pipelines.ts';
import { type ExportFormat, exportFormats } from '../../shared/contract/tables.ts';
import { decodePage } from '../../shared/decode-page.ts';
import { type Sql, sql, toText, typeName } from '../../shared/sql.ts';
import { extendPipeline } from '../../shared/view/extend-pipeline.ts';
import { fittingLook, look as lookSchema, seenColumns, withMoved, withSort } from '../../shared/view/look.ts';
import { stepsOf } from '../../shared/view/steps.ts';
import { queryOf, type View, view as viewSchema } from '../../shared/view/view.ts';
import { scratchFolder, sharedTestEngine } from '../open-test-engine.ts';
import { cells } from './arrow-rows.ts';

const shared = sharedTestEngine();
const columns = [
  { name: 'id', type: 'integer' },
  { name: 'Kind', type: 'text' },
  { name: 'amount', type: 'numeric' },
  { name: 'day', type: 'date' },
];

const make = (table: string) =>
  shared().engine.query.run({
    text: `create table ${table} as select g as id, case when g % 4 = 0 then null else 'k''' || g % 3 end as "Kind",
      g * 0.50 as amount, date '2024-02-27' + g as day from generate_series(1, 20) as g`,
  });

const asked: View = viewSchema.parse({
  sort: [{ column: 'Kind', descending: true }, { column: 'amount' }],
  filters: [
    { kind: 'range', column: 'amount', from: '2', to: '9', toOpen: true },
    { kind: 'values', column: 'Kind', values: ["k'1", null] },
  ],
  columns: ['Kind', 'id'],
});
const wanted = [
  ["k'1", 7],
  ["k'1", 10],
  ["k'1", 13],
  [null, 4],
  [null, 8],
  [null, 12],
  [null, 16],
];

test('a view is the same rows as a page, as a query and as the steps of a pipeline', async () => {
  await make('seen');
  const { engine } = shared();
  const page = await engine.tables.page({
    source: { of: 'table', table: 'seen', view: asked },
    offset: 0,
    limit: 50,
  });
  expect(cells(page.bytes).map(([, ...rest]) => rest)).toEqual(wanted);
  const text = toText(queryOf('seen', columns, asked));
  const [result] = await engine.query.run({ text });
  expect(cells(result?.bytes)).toEqual(wanted);
  const steps = stepsOf('seen', columns, { ...asked, sort: asked.sort.slice(0, 1) });
  expect(steps.map(({ kind }) => kind)).toEqual(['source', 'filter', 'select', 'sort']);
  const hidden = stepsOf('seen', columns, asked);
  expect(hidden.map(({ kind }) => kind)).toEqual(['source', 'filter', 'sort', 'select']);
  const pipeline = { version: 1 as const, name: 'seen view', steps: [...hidden] };
  const preview = await engine.pipelines.preview({ pipeline, step: 'chosen' });
  expect(cells(preview.bytes).map((row) => row.slice(-2))).toEqual(wanted);
});

test('types without an order, and values that look like places of parameters, are the same rows in steps', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table odd as select g as id, '[' || 9 - g || ']' as tag, json_build_object('n', 10 - g) as j,
      jsonb_build_object('n', 10 - g) as b, case g % 3 when 0 then E'a\\\\{{name}}' when 1 then '{{{x}}' else 'plain' end as t
      from generate_series(1, 9) as g`,
  });
  const types = { id: 'integer', tag: 'text', j: 'json', b: 'jsonb', t: 'text' };
  const of = Object.entries(types).map(([name, type]) => ({ name, type }));
  const idsOf = async (view: View) => {
    const source = { of: 'table' as const, table: 'odd', view };
    const page = cells((await engine.tables.page({ source, offset: 0, limit: 50 })).bytes);
    const steps = stepsOf('odd', of, view);
    const pipeline: Pipeline = {
      version: 1,
      name: 'odd view',
      layout: {},
      parameters: [{ name: 'name', type: 'text', default: 'plain' }],
      steps: [...steps],
    };
    const preview = await engine.pipelines.preview({ pipeline, step: steps.at(-1)?.id ?? '' });
    return { page: page.map((row) => row.at(-5)), steps: cells(preview.bytes).map((row) => row.at(-5)) };
  };
  for (const [column, first] of [
    ['j', 9],
    ['b', 9],
  ] as const) {
    const found = await idsOf(viewSchema.parse({ sort: [{ column }] }));
    expect(found.steps).toEqual(found.page);
    expect(found.page[0]).toBe(first);
  }
  for (const [value, ids] of [
    ['a\\{{name}}', [3, 6, 9]],
    ['{{{x}}', [1, 4, 7]],
  ] as const) {
    const found = await idsOf(
      viewSchema.parse({ filters: [{ kind: 'values', column: 't', values: [value] }] }),
    );
    expect(found).toEqual({ page: ids, steps: ids });
  }
});

test('a view is added to a pipeline where its table is written or read, else beside what is there', async () => {
  const steps = stepsOf('seen', columns, asked);
  const pipeline = (kinds: readonly (readonly [string, string, readonly string[], object])[]): Pipeline => ({
    version: 1,
    name: 'kept',
    layout: {},
    steps: kinds.map(([id, kind, inputs, params]) => ({
      id,
      kind,
      inputs: [...inputs],
      params: { ...params },
    })),
  });
  const begin = (given: Pipeline) => {
    const extended = extendPipeline(given, 'seen', steps);
    expect(extended.pipeline.steps.slice(0, given.steps.length)).toEqual(given.steps);
    const added = extended.pipeline.steps.slice(given.steps.length);
    expect(added.at(-1)?.id).toBe(extended.last);
    return added.map(({ id, inputs }) => `${inputs.join()}>${id}`);
  };
  const source = ['from', 'source', [], { table: 'seen' }] as const;
  const others = ['filtered', 'filter', ['from'], { condition: 'true' }] as const;
  const out = ['out', 'output', ['filtered'], { table: 'seen', mode: 'replace', key: [] }] as const;
  const ends = ['filtered_2>sorted', 'sorted>chosen'];
  expect(begin(pipeline([source, others]))).toEqual(['from>filtered_2', ...ends]);
  expect(begin(pipeline([['from', 'source', [], { table: 'raw' }], others, out]))).toEqual([
    'filtered>filtered_2',
    ...ends,
  ]);
  expect(begin(pipeline([['rows', 'source', [], { table: 'raw' }]]))).toEqual([
    '>rows_2',
    'rows_2>filtered',
    'filtered>sorted',
    'sorted>chosen',
  ]);
  const reads = pipeline([source, others]);
  const { pipeline: extended, last } = extendPipeline(reads, 'seen', steps);
  const preview = await shared().engine.pipelines.preview({ pipeline: extended, step: last });
  expect(cells(preview.bytes).map((row) => row.slice(-2))).toEqual(wanted);
});

test('what is seen leaves in every format, in its order and with its columns', async () => {
  await make('leaving');
  const { engine } = shared();
  const folder = await scratchFolder();
  for (const format of Object.keys(exportFormats) as ExportFormat[]) {
    const { rows } = await engine.tables.exportView({ table: 'leaving', view: asked, format, folder });
    expect(rows).toBe(7);
  }
  expect((await readdir(folder)).sort()).toEqual(
    ['arrow', 'csv', 'jsonl', 'parquet', 'xlsx'].map((end) => `leaving.${end}`),
  );
  expect((await readFile(join(folder, 'leaving.csv'), 'utf8')).split('\n').slice(0, 2)).toEqual([
    'Kind,id',
    "k'1,7",
  ]);
  const again = await engine.tables.exportView({ table: 'leaving', view: asked, format: 'csv', folder });
  expect(again.file).toBe(join(folder, 'leaving 2.csv'));
  const whole = await engine.tables.exportCsv({ tables: ['leaving'], folder, beside: true });
  expect(whole[0]?.file).toBe(join(folder, 'leaving 3.csv'));
  const lines = (await readFile(join(folder, 'leaving.jsonl'), 'utf8')).trim().split('\n');
  expect(lines.map((line) => Object.values(JSON.parse(line) as object))).toEqual(wanted);
  const arrow = tableFromIPC(await readFile(join(folder, 'leaving.arrow')));
  expect(arrow.toArray().map((row) => Object.values(row.toJSON()))).toEqual(wanted);
  const parquet = await withDuck(undefined, ({ rows }) =>
    rows(sql`select * from read_parquet(${join(folder, 'leaving.parquet')})`),
  );
  expect(parquet).toEqual(wanted);
  const preview = await engine.files.preview({ path: join(folder, 'leaving.xlsx') });
  expect(JSON.stringify(preview)).toContain("k'1");
});

test('numbers that a spreadsheet adds up stay numbers there', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: 'create table thirds as select g / 3.0::float8 as third, g + 0.1234567890123456 as exact from generate_series(1, 2) as g',
  });
  const folder = await scratchFolder();
  const { file } = await engine.tables.exportView({
    table: 'thirds',
    view: viewSchema.parse({}),
    format: 'xlsx',
    folder,
  });
  const sheet = new AdmZip(file).readAsText('xl/worksheets/sheet1.xml');
  expect(sheet).toContain('<v>0.3333333333333333</v>');
  expect(sheet).not.toContain('<v>1.1234567890123456</v>');
});

test('what a workbook or Arrow cannot say as it is is said otherwise, and nothing is cut', async () => {
  const { engine } = shared();
  const odd = [
    'a\u0001\u007f\u009f\ufffd\ufffe\uffff\ufdd0',
    'a\r\nb\tc',
    '_x0041_ _x_',
    '\u{1fffe}',
    ' \ufeff ',
  ];
  await engine.query.run({
    text: `create table odd_cells as select * from (values (:a, timestamp '2024-01-02 03:04:05.000006', date 'infinity'),
      (:b, timestamp '2024-01-02 03:04:05.006', date '2024-01-02'), (:c, timestamp '2024-01-02 03:04:05', null),
      (:d, 'infinity', '-infinity'), (:e, null, null)) as t(word, late, day)`,
    values: Object.fromEntries(odd.map((word, at) => ['abcde'.charAt(at), word])),
  });
  const folder = await scratchFolder();
  const leave = (format: ExportFormat) =>
    engine.tables.exportView({ table: 'odd_cells', view: viewSchema.parse({}), format, folder });
  const { file, notes } = await leave('xlsx');
  expect(notes).toEqual([]);
  const zip = new AdmZip(file);
  const texts = zip.readAsText('xl/sharedStrings.xml');
  for (const word of [
    'a_x0001__x007F__x009F__xFFFD__xFFFE__xFFFF__xFDD0_',
    'a_x000D_\nb\tc',
    '_x005F_x0041_ _x_',
    '_xD83F__xDFFE_',
    '2024-01-02 03:04:05.000006',
    'infinity',
  ])
    expect(texts).toContain(`>${word}</t>`);
  const back = await engine.files.preview({ path: file });
  for (const word of odd) expect(JSON.stringify(back)).toContain(JSON.stringify(word));
  const arrow = await leave('arrow');
  expect(arrow.notes).toEqual([
    'One infinite date or time of "late" is null in the file: Arrow has none.',
    '2 infinite dates or times of "day" are null in the file: Arrow has none.',
  ]);
  const days = decodePage(await readFile(arrow.file));
  expect([0, 1, 2, 3].map((row) => days.cell(row, 2))).toEqual([null, 19_724, null, null]);
  expect([0, 3].map((row) => days.cell(row, 1))).toEqual([1_704_164_645_000_006n, null]);
});

test('what leaves is in its column, with every page, whatever names and texts there are', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table years as select g as "2023", date '2020-01-01' + g as since,
        case when g = 2 then 'infinity' else date '2024-01-01' + g end as until, 1000 + g as "2024",
        (array['constructor', '__proto__', 'toString'])[g] as "constructor" from generate_series(1, 3) as g;
      create table long as select g, g + 1 as h, g + 2 as i from generate_series(1, 150000) as g;
      create table alone as select (array['v1', null, '', 'v3'])[g] as "only" from generate_series(1, 4) as g`,
  });
  const folder = await scratchFolder();
  const leave = (table: string, format: ExportFormat) =>
    engine.tables.exportView({ table, view: viewSchema.parse({}), format, folder });
  const arrow = await leave('years', 'arrow');
  const page = decodePage(await readFile(arrow.file));
  expect([0, 1, 2].map((row) => [0, 1, 2, 3].map((at) => page.cell(row, at)))).toEqual([
    [1, 18_263, 19_724, 1001],
    [2, 18_264, null, 1002],
    [3, 18_265, 19_726, 1003],
  ]);
  const parquet = await leave('years', 'parquet');
  expect(parquet.notes).toEqual([
    'One infinite date or time of "until" is null in the file: Parquet has none.',
  ]);
  const read = (file: string, columns: Sql) =>
    withDuck(undefined, ({ rows }) => rows(sql`select ${columns} from read_parquet(${file})`));
  expect(await read(parquet.file, sql`"2024", until::varchar, since::varchar`)).toEqual([
    [1001, '2024-01-02', '2020-01-02'],
    [1002, null, '2020-01-03'],
    [1003, '2024-01-04', '2020-01-04'],
  ]);
  const workbook = await leave('years', 'xlsx');
  expect(new AdmZip(workbook.file).readAsText('xl/worksheets/sheet1.xml')).not.toContain('native code');
  const sheet = JSON.stringify(await engine.files.preview({ path: workbook.file }));
  for (const word of ['"constructor"', '"__proto__"', '"toString"']) expect(sheet).toContain(word);
  const many = tableFromIPC(await readFile((await leave('long', 'arrow')).file));
  expect([many.numRows, many.get(149_999)?.toJSON()]).toEqual([
    150_000,
    { g: 150_000, h: 150_001, i: 150_002 },
  ]);
  const lone = 'only\nv1\n""\n""\nv3\n';
  expect(await readFile((await leave('alone', 'csv')).file, 'utf8')).toBe(lone);
  const [whole] = await engine.tables.exportCsv({ tables: ['alone'], folder, beside: true });
  expect(await readFile(whole?.file ?? '', 'utf8')).toBe(lone);
  expect(await read((await leave('alone', 'parquet')).file, sql`"only"`)).toEqual([
    ['v1'],
    [null],
    [''],
    ['v3'],
  ]);
});

test('an export that fails leaves no file', async () => {
  const folder = join(await scratchFolder(), 'new');
  await mkdir(folder);
  const lost = { ...asked, columns: ['gone'] };
  await expect(
    shared().engine.tables.exportView({ table: 'leaving', view: lost, format: 'csv', folder }),
  ).rejects.toMatchObject({ problem: { code: 'not_found' } });
  expect(await readdir(folder)).toEqual([]);
});

test('how a table is looked at is remembered, follows a new name, and forgets columns that are gone', async () => {
  await make('kept');
  const { engine } = shared();
  const look = lookSchema.parse({ sort: [{ column: 'amount' }], hidden: ['day'], pinned: ['amount'] });
  await engine.tables.keepLook({ table: 'kept', look });
  await engine.tables.rename({ table: 'kept', to: 'kept2' });
  expect(await engine.tables.look({ table: 'kept2' })).toEqual(look);
  expect(await engine.tables.look({ table: 'kept' })).toBeNull();
  expect(fittingLook(look, columns.slice(0, 2))).toEqual(lookSchema.parse({}));
  expect(seenColumns(look, columns)).toEqual(['amount', 'id', 'Kind']);
  expect(seenColumns(withMoved(look, columns, 'Kind', 'id'), columns)).toEqual(['amount', 'Kind', 'id']);
  expect(withSort(look, 'id', true, true).sort).toEqual([
    { column: 'amount', descending: false },
    { column: 'id', descending: true },
  ]);
});

test('what is asked of a column fits its type', () => {
  const labels = (type: string) => conditionsFor(type).map(({ label }) => label);
  expect(labels('date')).toContain('in the last');
  expect(labels('text')).not.toContain('in the last');
  expect(labels('integer')).toContain('between');
  expect(labels('jsonb')).not.toContain('between');
});

test('what is not a number is told before rows are asked for', () => {
  const between = conditionsFor('integer').find(({ label }) => label === 'between') as Condition;
  const made = (type: string, one: string, two: string) =>
    filterOf(between, 'x', type, { ...noAnswers, one, two });
  expect(made('integer', '1', 'abc')).toBe('“abc” is not a number.');
  expect(made('integer', ' -1.5', '1e3')).toMatchObject({ kind: 'range', from: '-1.5', to: '1e3' });
  expect(made('double precision', '-Infinity', 'NaN')).toMatchObject({ kind: 'range', to: 'NaN' });
  expect(made('date', 'today', '2024-1-1')).toMatchObject({ kind: 'range', from: 'today' });
});

test('what is no date, time, truth or UUID is told as well, and nothing that PostgreSQL reads', async () => {
  for (const [type, name, none, some] of [
    [
      'date',
      'a date',
      ['2026-02-30', '2026-13-01', '1900-02-29', '0000-01-01', 'maybe'],
      ['2024-02-29', '2000-2-29', '0005-02-28 BC', 'today', '-infinity', '20240131', '5 Jan 2024'],
    ],
    [
      'time without time zone',
      'a time',
      ['25:00', '24:01', '12:60', 'noon'],
      ['24:00', '9:05', '10:00:00.5', '3:05 PM', 'allballs', '040506'],
    ],
    [
      'timestamp with time zone',
      'a date and time',
      ['2026-02-30 10:00', '2026-02-03T25:00', 'soon'],
      ['2024-01-01', '2024-01-01T10:00:00+05:45', '2024-01-01 24:00', 'yesterday allballs', 'now'],
    ],
    ['boolean', 'true or false', ['maybe', 'o', '2', 'truth'], ['true', 'F', 'yes', 'of', '1', 'TRU']],
    [
      'uuid',
      'a UUID',
      ['x', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1', '{a0eebc999c0b4ef8bb6d6bb9bd380a11'],
      ['A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '{a0eebc999c0b4ef8bb6d6bb9bd380a11}'],
    ],
  ] as const) {
    const is = conditionsFor(type).find(({ asks }) => asks === 'values') as Condition;
    const made = (one: string) => filterOf(is, 'x', type, { ...noAnswers, one });
    const asked = (text: string) =>
      shared().engine.query.run({ text: toText(sql`select ${text}::${typeName(type)}`) });
    for (const text of none) {
      expect(made(text)).toBe(`“${text}” is not ${name}.`);
      await expect(asked(text)).rejects.toMatchObject({ problem: { code: 'sql_failed' } });
    }
    for (const text of some) {
      expect(made(text)).toMatchObject({ values: [text] });
      await asked(text);
    }
  }
});

test('long numbers are told to the last digit of their whole part', async () => {
  await shared().engine.query.run({
    text: `create table far as select 9007199254740993 + g as whole, 123456789.123456::numeric as part from generate_series(0, 4) g`,
  });
  const folder = await scratchFolder();
  const report = join(folder, 'far.html');
  const engine = async () => shared().engine;
  const { text } = await profile.run({ args: ['far'], options: { report }, dir: folder, engine, long: {} });
  const html = await readFile(report, 'utf8');
  expect(String(text).match(/9007\d+/g)).toEqual([
    '9007199254740993',
    '9007199254740997',
    '9007199254740996',
    '9007199254740996',
  ]);
  for (const told of [text, html]) expect(told).toMatch(/\b123456789\b(?!\.)/);
  expect(html).toContain('<th>mean</th><td>9007199254740996</td>');
  expect(html).toContain('<th>standard deviation</th><td>1.5811388</td>');
});

test('a profile is a file without network, as large as the table has columns', async () => {
  await make('reported');
  const folder = await scratchFolder();
  const report = join(folder, 'reported.html');
  const engine = async () => shared().engine;
  const { json, text } = await profile.run({
    args: ['reported'],
    options: { report },
    dir: folder,
    engine,
    long: {},
  });
  expect(json).toMatchObject({
    rows: 20,
    columns: [
      { name: 'id', isKey: true, sum: '210', quantiles: [expect.closeTo(1.95), 5.75, 10.5, 15.25, 19.05] },
      { name: 'Kind', nulls: 5, patterns: { rows: 15, top: [{ pattern: "a'9", count: 15 }] } },
      { name: 'amount', isKey: true, sum: '105.00', negatives: 0 },
      { name: 'day', gaps: { missingDays: 0, longest: null } },
    ],
    relations: {
      sampled: null,
      correlations: expect.arrayContaining([
        { a: 'id', b: 'amount', rows: 20, pearson: expect.closeTo(1), rank: expect.closeTo(1) },
      ]),
      missing: {
        patterns: [
          { columns: [], rows: 15 },
          { columns: ['Kind'], rows: 5 },
        ],
      },
    },
  });
  expect(text).toContain('reported: 20 rows');
  expect(text).toContain('id and amount go together: rank correlation 1.00');
  const html = await readFile(report, 'utf8');
  expect(html).toContain('How amount is spread');
  expect(html).toContain('could be a key');
  expect(html).toContain('What is null together');
  expect(html).not.toMatch(/https?:|<script/);
});
