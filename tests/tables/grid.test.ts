import { expect, test, vi } from 'vitest';
import { lookedRows, placesOf } from '../../renderer/grid/column-widths.ts';
import { copyFormats } from '../../renderer/grid/copy-formats.ts';
import { partOfRows } from '../../renderer/grid/copy-range.ts';
import { formatCell } from '../../renderer/grid/format-cell.ts';
import { cellLines, jsonLines } from '../../renderer/grid/json-lines.ts';
import { rowsOf } from '../../renderer/grid/rows.ts';
import { extended, fitting, moved, rangeOf, selectCell } from '../../renderer/grid/selection.ts';
import { SourcePages } from '../../renderer/grid/source-rows.ts';
import { summarise } from '../../renderer/grid/summarise.ts';
import { pieceToRun } from '../../renderer/rooms/query/query-text.ts';
import { seenWords } from '../../renderer/rooms/tables/seen-words.ts';
import { problem } from '../../shared/problem.ts';
import { sharedTestEngine } from '../open-test-engine.ts';

const page = vi.hoisted(() => vi.fn());
vi.mock('../../renderer/engine.ts', () => ({ engine: { tables: { page } } }));

const shared = sharedTestEngine();
const bounds = { rows: 100, columns: 5, page: 20 };

test('keys lead as far as there are cells', () => {
  const from = { row: 10, column: 2 };
  expect(moved(from, 'ArrowDown', false, bounds)).toEqual({ row: 11, column: 2 });
  expect(moved(from, 'ArrowDown', true, bounds)).toEqual({ row: 99, column: 2 });
  expect(moved(from, 'PageUp', false, bounds)).toEqual({ row: 0, column: 2 });
  expect(moved(from, 'Home', false, bounds)).toEqual({ row: 10, column: 0 });
  expect(moved(from, 'End', true, bounds)).toEqual({ row: 99, column: 4 });
  expect(moved(from, 'a', false, bounds)).toBeUndefined();
});

test('Shift keeps where selecting began', () => {
  const selection = extended(selectCell({ row: 3, column: 3 }), { row: 1, column: 4 }, true);
  expect(rangeOf(selection)).toEqual({ top: 1, bottom: 3, left: 3, right: 4 });
  expect(rangeOf(extended(selection, { row: 2, column: 0 }, false))).toEqual({
    top: 2,
    bottom: 2,
    left: 0,
    right: 0,
  });
  expect(fitting(selection, 2, 4)).toEqual({ anchor: { row: 1, column: 3 }, focus: { row: 1, column: 3 } });
  expect(fitting(selection, 0, 4)).toBeNull();
});

test('a column is as wide as its first rows and some of all others need', () => {
  expect(lookedRows(3, 60)).toEqual([0, 1, 2]);
  expect(lookedRows(801, 2)).toEqual([0, 1, 100, 200, 300, 400, 500, 600, 700, 800]);
});

test('only the columns in sight are drawn', () => {
  const places = placesOf([100, 50, 200, 80]);
  expect(places.edges).toEqual([0, 100, 150, 350, 430]);
  expect(places.between(120, 360)).toEqual([1, 3]);
  expect(places.between(0, 99)).toEqual([0, 0]);
});

test('cells are one line, null and empty text are told apart', () => {
  expect(formatCell(null, 'text')).toEqual({ text: 'null', look: 'null' });
  expect(formatCell('', 'text')).toEqual({ text: '""', look: 'empty' });
  expect(formatCell('a\r\nb\tc', 'text')).toEqual({ text: 'a↵b→c', look: 'value' });
  expect(formatCell('x'.repeat(50_000), 'text').text).toHaveLength(301);
  expect(formatCell('[1,2,3,4,5]', 'vector(5)')).toEqual({
    text: '[1.000, 2.000, 3.000, … 5]',
    look: 'faint',
  });
});

test('JSON is told in lines, each token as it was', () => {
  expect(jsonLines('{"n": 12345678901234567890, "a": [1.10, {}, []], "a": "x, {\\"y\\"}", "10": null}')).toBe(
    `{
  "n": 12345678901234567890,
  "a": [
    1.10,
    {},
    []
  ],
  "a": "x, {\\"y\\"}",
  "10": null
}`,
  );
  expect([jsonLines('"a"'), jsonLines('[]'), jsonLines('[[1]]')]).toEqual([
    '"a"',
    '[]',
    '[\n  [\n    1\n  ]\n]',
  ]);
});

test('of a very long or very deep cell the beginning is shown, and that is said', () => {
  const long = JSON.stringify({ a: 'x'.repeat(20_000_000) });
  expect(cellLines(long, 'json')).toEqual({
    shown: `{\n  "a": "${'x'.repeat(200_000 - 10)}`,
    whole: false,
  });
  const { shown, whole } = cellLines(`${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'jsonb');
  expect([shown.length, whole]).toEqual([200_000, false]);
  expect(cellLines('a'.repeat(300_000), 'text').shown).toHaveLength(200_000);
  expect(cellLines('[1]', 'text')).toEqual({ shown: '[1]', whole: true });
});

test('a range is copied as a spreadsheet takes it, and summed', async () => {
  const { engine } = shared();
  const [result] = await engine.query.run({
    text: `select * from (values (1, 'plain', 1.5), (2, E'tab\\there', null), (3, 'say "x"', 2.5)) t(a, b, c)`,
  });
  const rows = rowsOf(result?.bytes ?? new Uint8Array());
  const all = { top: 0, bottom: 2, left: 0, right: 2 };
  const copied = await partOfRows(rows, all);
  expect(copyFormats.tsv.write(copied)).toBe('a\tb\tc\n1\tplain\t1.5\n2\t"tab\there"\t\n3\t"say ""x"""\t2.5');
  expect(copyFormats.csv.write(copied)).toBe('a,b,c\n1,plain,1.5\n2,tab\there,\n3,"say ""x""",2.5\n');
  expect(JSON.parse(copyFormats.json.write(copied))).toEqual([
    { a: 1, b: 'plain', c: '1.5' },
    { a: 2, b: 'tab\there', c: null },
    { a: 3, b: 'say "x"', c: '2.5' },
  ]);
  expect(copyFormats.markdown.write(copied).split('\n').slice(0, 3)).toEqual([
    '| a | b | c |',
    '| ---: | --- | ---: |',
    '| 1 | plain | 1.5 |',
  ]);
  const one = await partOfRows(rows, { top: 1, bottom: 1, left: 0, right: 0 });
  expect(copyFormats.plain.write(one)).toBe('2');
  expect(await summarise(rows, all)).toBe('3 × 3 selected · 5 numbers · sum 10 · mean 2');
});

test('run means the selection, or the statement at the cursor', () => {
  const text = 'select 1;\n\nselect 2; -- end\n';
  const at = (from: number, to = from) => pieceToRun(text, { from, to }).text;
  expect(at(3)).toBe('select 1');
  expect(at(9)).toBe('select 1');
  expect(at(11)).toBe('select 2');
  expect(at(text.length)).toBe('select 2');
  expect(at(0, 6)).toBe('select');
  expect(pieceToRun("select 'open", { from: 2, to: 2 }).text).toBe("select 'open");
});

test('cells of columns that are no more are not shown under the names of others', async () => {
  const bytesOf = async (text: string) => (await shared().engine.query.run({ text }))[0]?.bytes;
  const before = await bytesOf('select g as a, -g as b from generate_series(1, 500) g');
  const after = await bytesOf('select -g as b, g as a from generate_series(1, 500) g');
  let rows = rowsOf(before ?? new Uint8Array());
  const pages = new SourcePages({ of: 'table', table: 't' }, (state) => {
    rows = state.rows ?? rows;
  });
  const seen = () => [rows.columns.map(({ name }) => name).join(), rows.cell(700, 0)];
  page.mockImplementation(async () => ({ bytes: before, total: 1000 }));
  pages.start();
  await vi.waitFor(() => expect(rows.total).toBe(1000));
  const { columns } = rows;
  rows.want(690, 710);
  await vi.waitFor(() => expect(seen()).toEqual(['a,b', 201]));
  // What is drawn of columns is not drawn again for rows that come.
  expect(rows.columns).toBe(columns);
  let come = () => {};
  const late = new Promise<void>((resolve) => {
    come = resolve;
  });
  page.mockImplementation(async ({ offset }: { offset: number }) => {
    if (offset > 0) await late;
    return { bytes: after, total: 1000 };
  });
  pages.start();
  await vi.waitFor(() => expect(seen()).toEqual(['b,a', undefined]));
  come();
  await vi.waitFor(() => expect(seen()).toEqual(['b,a', -201]));
  pages.stop();
});

test('a page that a cancel took along is asked for once more, and a failure is told where it is seen', async () => {
  const bytes = (await shared().engine.query.run({ text: 'select 1 as a' }))[0]?.bytes;
  const told = vi.fn();
  const pages = new SourcePages({ of: 'table', table: 't' }, told);
  const cancelled = problem('cancelled', 'Cancelled.');
  const failed = problem('sql_failed', 'It failed.');
  page.mockRejectedValueOnce(cancelled).mockResolvedValue({ bytes, total: 1 });
  pages.start();
  await vi.waitFor(() =>
    expect(told).toHaveBeenLastCalledWith(expect.objectContaining({ problem: undefined })),
  );
  expect(told).toHaveBeenCalledTimes(1);
  page.mockImplementation(async ({ offset }: { offset: number }) => {
    if (offset > 0) throw failed;
    return { bytes, total: 1000 };
  });
  pages.start();
  await vi.waitFor(() =>
    expect(page).toHaveBeenLastCalledWith(expect.objectContaining({ offset: 500 }), expect.anything()),
  );
  expect(told).toHaveBeenLastCalledWith(expect.objectContaining({ problem: undefined }));
  told.mock.lastCall?.[0].rows.want(600, 610);
  await vi.waitFor(() =>
    expect(told).toHaveBeenLastCalledWith(expect.objectContaining({ problem: failed.problem })),
  );
  page.mockReset().mockRejectedValue(cancelled);
  pages.start();
  await vi.waitFor(() =>
    expect(told).toHaveBeenLastCalledWith(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'cancelled' }) }),
    ),
  );
  pages.stop();
});

test('rows that could not be read are not counted as none', async () => {
  const told = vi.fn();
  const failed = problem('sql_failed', 'invalid regular expression: parentheses () not balanced');
  const pages = new SourcePages({ of: 'table', table: 't' }, told);
  page.mockReset().mockRejectedValue(failed);
  pages.start();
  await vi.waitFor(() =>
    expect(told).toHaveBeenLastCalledWith(
      expect.objectContaining({ rows: undefined, problem: failed.problem }),
    ),
  );
  pages.stop();
  expect(seenWords(failed.problem, 5000)).toBe(
    'not counted: invalid regular expression: parentheses () not balanced',
  );
  expect([seenWords(undefined, 5000), seenWords(0, 5000)]).toEqual(['counting…', '0 of 5,000']);
});

test('a table that was emptied while it was scrolled shows what comes into it then', async () => {
  const bytesOf = async (rows: number) =>
    (await shared().engine.query.run({ text: `select g from generate_series(1, ${rows}) g`, limit: 9000 }))[0]
      ?.bytes;
  const [full, none, one] = [await bytesOf(500), await bytesOf(0), await bytesOf(1)];
  let rows = rowsOf(full ?? new Uint8Array());
  const pages = new SourcePages({ of: 'table', table: 't' }, (state) => {
    rows = state.rows ?? rows;
  });
  page.mockResolvedValue({ bytes: full, total: 5000 });
  pages.start();
  await vi.waitFor(() => expect(rows.total).toBe(5000));
  rows.want(4000, 4020);
  await vi.waitFor(() => expect(rows.number(4010)).toBeDefined());
  page.mockResolvedValue({ bytes: none, total: 0 });
  pages.start();
  await vi.waitFor(() => expect(rows.total).toBe(0));
  page.mockResolvedValue({ bytes: one, total: 1 });
  pages.start();
  await vi.waitFor(() => expect([rows.total, rows.cell(0, 0)]).toEqual([1, 1]));
  pages.stop();
});
