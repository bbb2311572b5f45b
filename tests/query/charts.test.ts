import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartPage } from '../../renderer/charts/chart-page.ts';
import { markValues, unplacedNote } from '../../renderer/charts/mark-values.ts';
import { type ChartLook, chartSpec, type MarkValues } from '../../shared/chart-spec.ts';
import { niceStep } from '../../shared/chart-sql.ts';
import type { Chart, ShownChannel } from '../../shared/contract/charts.ts';
import { suggestChart, withMark } from '../../shared/suggest-chart.ts';
import { sharedTestEngine } from '../open-test-engine.ts';
import { cells } from '../tables/arrow-rows.ts';

const shared = sharedTestEngine();
const chart = (
  channels: Chart['channels'],
  source: Chart['source'] = { table: 'sold' },
  mark: Chart['mark'] = 'bar',
) => ({ version: 1, name: 'c', source, mark, channels }) as Chart;
const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.map(String)).sort();

test('the first chart follows from the types', () => {
  const columns = (words: string) =>
    words
      .split(', ')
      .map((word) => ({ name: word.split(' ')[0] ?? '', type: word.split(' ').slice(1).join(' ') }));
  const first = (words: string, chosen?: string) => {
    const { mark, channels } = suggestChart({ table: 't' }, 't', columns(words), chosen);
    return [mark, channels];
  };
  expect(first('_row bigint, order_id integer, day date, total numeric, status text')).toEqual([
    'line',
    { x: { field: 'day', unit: 'auto' }, y: { field: 'total', aggregate: 'sum' } },
  ]);
  expect(first('status text, count bigint')).toEqual([
    'bar',
    { y: { field: 'status' }, x: { field: 'count', aggregate: 'sum' } },
  ]);
  expect(first('a real, b numeric(9,2)')).toEqual(['point', { x: { field: 'a' }, y: { field: 'b' } }]);
  expect(first('a text, b boolean')).toEqual([
    'rect',
    { x: { field: 'a' }, y: { field: 'b' }, color: { aggregate: 'count' } },
  ]);
  expect(first('a text, total numeric', 'total')).toEqual([
    'bar',
    { x: { field: 'total', bins: 30 }, y: { aggregate: 'count' } },
  ]);
  expect(first('v vector(3)')).toEqual(['bar', {}]);
});

const look = {
  text: '#000',
  muted: '#444',
  line: '#ccc',
  accent: '#00f',
  background: '#fff',
  font: 'x',
  names: ['#00f', '#f00'],
};

test('marks are binned, grouped and counted by PostgreSQL', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table sold as select g as id, date '2024-01-01' + g as day, (g % 100)::numeric as total,
      case when g % 10 = 0 then null else 'k' || g % 3 end as kind from generate_series(0, 999) g`,
  });
  const data = async (one: Chart) => {
    const found = await engine.query.chartData({ chart: one });
    return { rows: sorted(cells(found.bytes)), channels: found.channels, notes: found.notes };
  };
  const bins = await data(chart({ x: { field: 'total', bins: 10 }, y: { aggregate: 'count' } }));
  expect(bins.rows).toEqual(sorted(Array.from({ length: 10 }, (_none, at) => [at * 10, 100])));
  expect(bins.channels[0]).toMatchObject({ type: 'quantitative', step: 10 });
  const months = await data(
    chart({ x: { field: 'day', unit: 'auto' }, y: { field: 'total', aggregate: 'max' } }),
  );
  expect(months.channels[0]).toMatchObject({ unit: 'month', title: 'day by month' });
  expect(months.rows.length).toBe(33);
  const kinds = await data(chart({ y: { field: 'kind' }, x: { field: 'total', aggregate: 'sum' } }));
  expect(kinds.rows.length).toBe(4);
  const query = { query: 'select kind, total from sold where id < 10;' };
  expect((await data(chart({ y: { field: 'kind' }, x: { aggregate: 'count' } }, query))).rows).toEqual(
    sorted([
      [3, 'k0'],
      [3, 'k1'],
      [3, 'k2'],
      [1, null],
    ]),
  );
});

test('a value on the edge of a bin is in the bin that begins there', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table rated as select (g % 30) / 10.0 as exact, ((g % 30) / 10.0)::float8 as float,
      ((g % 30) / 10.0)::real as single from generate_series(0, 299) g`,
  });
  const tens = sorted(Array.from({ length: 30 }, (_none, at) => [at / 10, 10]));
  for (const field of ['exact', 'float', 'single']) {
    const bins = chart({ x: { field, bins: 30 }, y: { aggregate: 'count' } }, { table: 'rated' });
    expect([field, sorted(cells((await engine.query.chartData({ chart: bins })).bytes))]).toEqual([
      field,
      tens,
    ]);
  }
});

test('bins are cut by the decimals that values are written as', async () => {
  const { engine } = shared();
  const types = fc.constantFrom('numeric', 'float8', 'real');
  const values = fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 2, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(types, values, fc.integer({ min: -4, max: 4 }), async (type, whole, power) => {
      const written = whole.map((one) => `'${one}e${power}'::${type}`);
      const source = { query: `select unnest(array[${written.join()}]) as v` };
      const data = await engine.query.chartData({
        chart: chart({ x: { field: 'v', bins: 30 }, y: { aggregate: 'count' } }, source),
      });
      const [factor = 1, exponent = 0] = (data.channels[0]?.step ?? 1).toExponential().split('e').map(Number);
      const places = Math.min(exponent, power);
      const width = factor * 10 ** (exponent - places);
      const starts = whole.map((one) => Math.floor((one * 10 ** (power - places)) / width) * width);
      const counts = new Map<number, number>();
      for (const start of starts.map((one) => Number(`${one}e${places}`)))
        counts.set(start, (counts.get(start) ?? 0) + 1);
      expect(sorted(cells(data.bytes))).toEqual(sorted([...counts]));
    }),
    { numRuns: 25 },
  );
});

test('names stand in their order, and slices from the largest to the smallest', async () => {
  const { engine } = shared();
  const letters = { query: "select substr('cbbaccddddd', g, 1) as letter from generate_series(1, 11) g" };
  const pie = chart({ color: { field: 'letter' }, y: { aggregate: 'count' } }, letters, 'arc');
  const data = await engine.query.chartData({ chart: pie });
  const marks = markValues(data);
  expect(marks.map(({ color }) => color)).toEqual(['a', 'b', 'c', 'd']);
  const spec = chartSpec(pie, data.channels, marks, look);
  expect(spec).toMatchObject({
    data: { values: ['d', 'c', 'b', 'a'].map((color) => ({ color })) },
    encoding: { order: { field: 'y', sort: 'descending' } },
  });
});

test('never more than some thousand marks, and what is left out is said', async () => {
  const { engine } = shared();
  const wide = { query: "select g as a, g * 2 as b, 'n' || g as name from generate_series(1, 20000) g" };
  const points = await engine.query.chartData({
    chart: chart({ x: { field: 'a' }, y: { field: 'b' } }, wide, 'point'),
  });
  expect([points.marks, points.notes]).toEqual([5000, ['a sample: one row of every 4']]);
  const bars = await engine.query.chartData({
    chart: chart({ y: { field: 'name' }, x: { aggregate: 'count' } }, wide),
  });
  expect(bars.marks).toBe(51);
  expect(cells(bars.bytes).map(String)).toContain('19950,(other)');
  const groups = {
    query:
      "select 'x' || g % 50 as x, 'c' || g / 50 % 12 as c, 'f' || g / 600 % 9 as f from generate_series(0, 5399) g",
  };
  const many = await engine.query.chartData({
    chart: chart(
      { x: { field: 'x' }, y: { aggregate: 'count' }, color: { field: 'c' }, facet: { field: 'f' } },
      groups,
    ),
  });
  expect([many.marks, cells(many.bytes).length]).toEqual([5000, 5000]);
  expect(many.notes).toEqual(['the first of more; use fewer groups']);
});

test('what is infinite has no place on an axis, and that is said', async () => {
  const { engine } = shared();
  const endless = {
    query:
      "select * from (values (date 'infinity'), ('-infinity'), ('0044-03-15 BC'), ('2024-01-01'), (null), (null)) as t(day)",
  };
  const days = chart({ x: { field: 'day', unit: 'auto' }, y: { aggregate: 'count' } }, endless, 'line');
  const data = await engine.query.chartData({ chart: days });
  const marks = markValues(data);
  expect(sorted(marks.map(({ x }) => [x]))).toEqual(
    sorted([[Infinity], [-Infinity], [Date.UTC(-43, 0)], [Date.UTC(2024, 0)], [null]]),
  );
  expect(unplacedNote(data, marks)).toEqual(['without 3 marks (4 rows) at null, NaN or infinity']);
  const page = chartPage(days, data, '<svg></svg>', { text: '#eee', background: '#111' } as ChartLook);
  expect(page).toMatch(/<td>-Infinity<\/td>/);
  expect(page).toContain('color: #eee; background: #111');
});

test('strange columns and hostile names do no harm', async () => {
  const { engine } = shared();
  await engine.query.run({ text: `create table "o""dd; drop" as select 1 as "x'; --", 'a' as ":y"` });
  const odd = chart(
    { x: { field: "x'; --", bins: 5 }, y: { aggregate: 'count' }, color: { field: ':y' } },
    { table: 'o"dd; drop' },
  );
  expect(cells((await engine.query.chartData({ chart: odd })).bytes)).toEqual([[1, 1n, 'a']]);
  await expect(engine.query.chartData({ chart: chart({ x: { field: 'nope' } }) })).rejects.toThrow(
    /no column "nope"/,
  );
  const writes = chart(
    { x: { aggregate: 'count' } },
    { query: 'select 1) as a; drop table sold; select (1' },
  );
  await expect(engine.query.chartData({ chart: writes })).rejects.toThrow(/bracket|semicolon/);
  expect(niceStep({ low: 0, high: 0 }, 10)).toBe(1);
});

test('charts are text files with keys in one order; one that cannot be read is said to be', async () => {
  const { engine, dir } = shared();
  const one = {
    ...chart({ y: { aggregate: 'count' }, x: { field: 'day', unit: 'month' } }),
    name: 'by month',
    mine: 'stays',
  };
  await engine.query.saveChart({ chart: one });
  const file = join(dir, 'charts', 'by month.yaml');
  expect(await readFile(file, 'utf8')).toBe(
    `version: 1
name: by month
source:
  table: sold
mark: bar
channels:
  x:
    field: day
    unit: month
  y:
    aggregate: count
mine: stays
`,
  );
  await engine.query.renameChart({ name: 'by month', to: 'months' });
  await writeFile(join(dir, 'charts', 'broken.yaml'), 'version: 1\nname: broken\nmark: pie\n');
  await writeFile(join(dir, 'charts', 'later.yaml'), 'version: 2\n');
  const found = await engine.query.charts({});
  expect(found.map(({ name, chart: read, problem }) => [name, read?.name ?? problem?.code])).toEqual([
    ['broken', 'bad_input'],
    ['later', 'newer_version'],
    ['months', 'months'],
  ]);
  await engine.query.removeChart({ name: 'months' });
  await expect(engine.query.saveChart({ chart: { ...one, name: '../out' } })).rejects.toThrow(
    /cannot be a file/,
  );
});

test('the specification is data that Vega-Lite compiles, without expressions of ours', async () => {
  const { compile } = await import('vega-lite');
  const { View, parse, Warn } = await import('vega');
  const { expressionInterpreter } = await import('vega-interpreter');
  const drawn = async (one: Chart, channels: readonly ShownChannel[], values: readonly MarkValues[]) => {
    const { spec: vega } = compile({
      ...chartSpec(one, channels, values, look),
      width: 200,
      height: 100,
    } as never);
    const ast = parse(vega, undefined, { ast: true });
    return new View(ast, { expr: expressionInterpreter, renderer: 'none', logLevel: Warn }).toSVG();
  };
  const rows = { channel: 'y', title: 'rows', type: 'quantitative' } as const;
  const lines = chart({ x: { field: 'day', unit: 'month' }, y: { aggregate: 'count' } }, undefined, 'line');
  const byMonth = { channel: 'x', title: 'day by month', type: 'temporal', unit: 'month' } as const;
  const kinds = { channel: 'color', title: 'kind', type: 'nominal' } as const;
  expect(await drawn(lines, [byMonth, rows, kinds], [{ x: 0, y: 3, color: 'a' }])).toContain('day by month');
  const powers = [1, 1000, 1_000_000].map((y, x) => ({ x: `k${x}`, y }));
  const named = { channel: 'x', title: 'kind', type: 'nominal' } as const;
  const heights = async (values: typeof powers) => {
    const svg = await drawn(chart({}), [named, { ...rows, log: true }], values);
    return [...svg.matchAll(/aria-roledescription="bar" d="M[\d.]+,([\d.]+)h/g)].map(([, top]) =>
      Number(top),
    );
  };
  const tops = await heights(powers);
  expect(tops).toHaveLength(3);
  expect((tops[0] ?? 0) - (tops[1] ?? 0)).toBeCloseTo((tops[1] ?? 0) - (tops[2] ?? 0));
  expect((await heights([...powers, { x: 'none', y: 0 }])).every(Number.isFinite)).toBe(true);
  const pie = withMark(chart({ y: { field: 'kind' }, x: { field: 'total', aggregate: 'sum' } }), 'arc');
  expect(pie.channels).toEqual({ y: { field: 'total', aggregate: 'sum' }, color: { field: 'kind' } });
  expect(withMark(pie, 'bar').channels).toEqual({
    x: { field: 'total', aggregate: 'sum' },
    y: { field: 'kind' },
  });
  const slices = [
    { y: 3, color: 'a' },
    { y: 1, color: 'b' },
  ];
  expect(await drawn(pie, [rows, kinds], slices)).toMatch(/rows: 3; kind: a.*rows: 1; kind: b/s);
});

test('a real "(other)" and a null are kept apart from the rest', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table many_names as
      select case when g <= 30 then '(other)' when g <= 50 then null when g <= 60 then 'null' else 'k' || g end as kind
      from generate_series(1, 200) g`,
  });
  const source = { table: 'many_names' };
  const found = await engine.query.chartData({
    chart: { ...chart({ color: { field: 'kind' }, y: { aggregate: 'count' } }), source },
  });
  const marks = markValues(found).map(({ color, y }) => [color, y]);
  expect(marks).toContainEqual(['(other)', 30]);
  expect(marks).toContainEqual(['(null)', 20]);
  expect(marks).toContainEqual(['null', 10]);
  expect(marks.filter(([color]) => color === '(other 2)')).toEqual([['(other 2)', 131]]);
});
