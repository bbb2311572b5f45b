import { afterAll, describe, expect, test } from 'vitest';
import { shownPrediction } from '../../electron/cli/commands/label.ts';
import { readRemembered } from '../../electron/engine/checks/remembered-privacy.ts';
import { nearestLabels } from '../../electron/engine/search/labels/nearest-mean.ts';
import { search } from '../../shared/contract/search.ts';
import { sql } from '../../shared/sql.ts';
import { openSharedSearch, quiet } from './open-search.ts';

const { close, database, room } = await openSharedSearch();
afterAll(close);

await database.run(
  sql`create table calls (_row bigint primary key, body text, kind text, amount integer, v vector(2))`,
);
await database.run(sql`insert into calls values
  (1, 'parcel lost', 'delivery', 1, '[1, 0]'), (2, 'parcel late', 'delivery', 2, '[1, 0.1]'), (3, 'parcel broken', 'delivery', 3, '[1, 0.2]'),
  (4, 'refund please', 'money', 4, '[0, 1]'), (5, 'money back', 'money', 5, '[0.1, 1]'), (6, 'lost like money', 'money', 6, '[1, 0.05]'),
  (7, 'where is my parcel', null, 7, '[2, 0.2]'), (8, 'pay me', '', 8, '[0.2, 3]'), (9, 'parcel or money', null, 9, '[1.9, 2.5]')`);
await database.run(sql`insert into assay.tables (name, origin, row_count) values ('calls', 'import', 9)`);
await room.embed(search.embed.arg.parse({ table: 'calls', vectors: 'v', columns: ['body'] }), quiet());

const predict = (asked: object) => room.predictLabels(search.predictLabels.arg.parse(asked), quiet());
const write = (asked: object) => room.writePredicted(search.writePredicted.arg.parse(asked), quiet());
const column = async (name: 'kind' | 'guess') =>
  (
    await database.query<Record<string, string>>(
      sql`select kind, to_jsonb(calls)->>'guess' as guess from calls order by _row`,
    )
  ).map((row) => row[name]);

/** Notes an import into `calls`, as the room of imports does. */
const imported = (mode: string) =>
  database.run(sql`
    insert into assay.imports (table_name, source, recipe, mode, dialect, columns, physical, loaded, rejected, skipped, skipped_by, source_bytes, source_hash, ms)
    values ('calls', 'calls.csv', 'calls', ${mode}, '{}', '[]', 9, 9, 0, 0, '{}', 1, '', 0)`);
await imported('create');

describe('labels of some rows carried to all', () => {
  test('each gets the nearest; examples are measured by the others', async () => {
    const told = await predict({ column: 'kind' });
    expect(told).toMatchObject({ accuracy: 5 / 6, usual: 0.5, measured: 6, predicted: 3, unsure: 0 });
    expect(told.labels).toEqual([
      { label: 'delivery', examples: 3, right: 3, predicted: 1 },
      { label: 'money', examples: 3, right: 2, predicted: 2 },
    ]);
    const strict = await predict({ column: 'kind', least: 2 });
    expect(strict).toMatchObject({ accuracy: null, measured: 0, predicted: 0, unsure: 3 });
    expect(told.leastSure[0]).toMatchObject({
      row: 9,
      content: 'parcel or money',
      label: 'money',
      second: 'delivery',
    });
  });

  test('what is unsure gets none; labels that are there stay', async () => {
    const [first] = (await predict({ column: 'kind' })).leastSure;
    const least = (first?.margin ?? 0) + 0.001;
    expect(await predict({ column: 'kind', least })).toMatchObject({ predicted: 2, unsure: 1 });
    expect(await write({ column: 'kind', into: 'guess', least })).toEqual({ rows: 8 });
    const all = ['delivery', 'delivery', 'delivery', 'money', 'money', 'money', 'delivery', 'money', null];
    expect(await column('guess')).toEqual(all);
    // What was learnt from a column, and from texts and vectors, is private where one of these is.
    const made = ['body', 'kind', 'v'].map((from) => ({
      table: 'calls',
      column: 'guess',
      from: { table: 'calls', column: from },
      older: false,
    }));
    expect((await readRemembered(database)).made).toEqual(made);
    await imported('append');
    expect((await readRemembered(database)).made).toEqual(made);
    await imported('replace');
    expect((await readRemembered(database)).made).toEqual([]);
    await database.run(sql`update assay.imports set undone_at = now() where mode = 'replace'`);
    expect((await readRemembered(database)).made).toEqual(made);
    await expect(write({ column: 'kind', into: 'guess' })).rejects.toMatchObject({
      problem: { message: '"calls" has a column "guess" already; it was not written.' },
    });
    expect(await write({ column: 'kind', into: 'guess', replace: true })).toEqual({ rows: 1 });
  });

  test('a label of rows without a vector is given to none', async () => {
    await database.run(sql`
      create table few as select _row, body, case _row when 9 then 'unlike' else kind end as kind,
        case _row when 9 then null when 8 then '[-1, -1]' else v end as v from calls`);
    await database.run(sql`insert into assay.tables (name, origin, row_count) values ('few', 'import', 9)`);
    await room.embed(search.embed.arg.parse({ table: 'few', vectors: 'v', columns: ['body'] }), quiet());
    const { labels } = await predict({ collection: 'few', column: 'kind' });
    expect(labels.map(({ label, predicted }) => [label, predicted])).toEqual([
      ['delivery', 2],
      ['money', 0],
    ]);
    await room.remove({ collection: 'few' }, quiet());
  });

  test('a column without two labels is refused, and one of numbers as the place to write', async () => {
    await expect(predict({ column: 'nobody' })).rejects.toMatchObject({
      problem: { message: 'Table "calls" has no column "nobody".' },
    });
    await database.run(sql`alter table calls add column one text default 'x'`);
    await expect(predict({ column: 'one' })).rejects.toMatchObject({
      problem: {
        message:
          '"one" of "calls" has one label among the rows that are embedded: there must be two to tell apart.',
      },
    });
    await expect(write({ column: 'kind', into: 'amount', replace: true })).rejects.toMatchObject({
      problem: {
        message: 'Column "amount" of "calls" is of type integer, and what is written of type text.',
      },
    });
  });
});

test('what is unlike all others comes first, and goes into a column of numbers', async () => {
  await database.run(sql`create table marks (_row bigint primary key, body text, v vector(2))`);
  await database.run(
    sql`insert into marks values (1, 'a', '[1, 0]'), (2, 'b', '[1, 0.1]'), (3, 'c', '[1, -0.1]'), (4, 'd', '[-1, 0.2]')`,
  );
  await database.run(sql`insert into assay.tables (name, origin, row_count) values ('marks', 'import', 4)`);
  await room.embed(search.embed.arg.parse({ table: 'marks', vectors: 'v', columns: ['body'] }), quiet());
  const asked = { collection: 'marks', nearest: 2 };
  const found = await room.outliers(search.outliers.arg.parse({ ...asked, limit: 2 }), quiet());
  expect(found).toMatchObject({ nearest: 2, measured: 4, documents: [{ row: 4, content: 'd' }, { row: 2 }] });
  expect(found.documents[0]?.similarity).toBeCloseTo(-0.968, 3);
  await room.writeNearness(search.writeNearness.arg.parse({ ...asked, into: 'near' }), quiet());
  expect(
    await database.query(
      sql`select _row::int as row, round(near::numeric, 3)::text as near from marks order by _row`,
    ),
  ).toEqual([
    { row: 1, near: '0.995' },
    { row: 2, near: '0.988' },
    { row: 3, near: '0.988' },
    { row: 4, near: '-0.968' },
  ]);
  await expect(
    room.outliers(search.outliers.arg.parse({ collection: 'marks', nearest: 4 }), quiet()),
  ).rejects.toMatchObject({
    problem: { message: '"marks" has 4 documents: too few to compare each with 4.' },
  });
});

test('the only example of a label says nothing about itself', () => {
  const vectors = Float32Array.from([1, 0, 0.9, 0.1, 0, 1, 0.1, 0.9]);
  const found = nearestLabels({ vectors, dimensions: 2, labels: Int32Array.from([0, 0, 1, -1]), count: 2 });
  expect(found.map(({ label }) => label)).toEqual([0, 0, 0, 1]);
});

test('what is private is not told on the command line', async () => {
  const told = await predict({ collection: 'calls', column: 'kind' });
  const shown = (hidden: string[]) => shownPrediction(told, { hidden: async () => hidden });
  expect(await shown([])).toEqual(told);
  expect(JSON.stringify(await shown(['body']))).not.toContain('parcel');
  expect((await shown(['body'])).labels).toEqual(told.labels);
  expect(JSON.stringify(await shown(['kind']))).not.toMatch(/delivery|"money"|parcel/);
});
