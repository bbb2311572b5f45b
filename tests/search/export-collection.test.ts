import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withDuck } from '../../electron/engine/files/duck/duck.ts';
import { splitOf } from '../../electron/engine/search/export/split.ts';
import { joining } from '../../electron/engine/search/map/joining.ts';
import { search } from '../../shared/contract/search.ts';
import { sql } from '../../shared/sql.ts';
import { scratchFolder } from '../open-test-engine.ts';
import { openSearch, quiet } from './open-search.ts';

test('a collection is one file with sources, vectors and a split; near duplicates and parts of one text stay together', async () => {
  const { database, dir, room } = await openSearch();
  await database.run(
    sql`create table notes (_row bigint primary key, body text, "a; b" integer, v vector(3))`,
  );
  await database.run(sql`
    insert into notes values (1, 'one "quoted"', 1, '[1,0,0]'), (2, 'one, nearly', 2, '[0.999,0.01,0]'), (3, 'two', 3, '[0,1,0]'),
      (4, 'three', null, '[0,0,1]')`);
  await database.run(sql`insert into assay.tables (name, origin, row_count) values ('notes', 'import', 4)`);
  await room.embed(search.embed.arg.parse({ table: 'notes', vectors: 'v', columns: ['body'] }), quiet());
  const folder = await scratchFolder();
  const asked = (more: object) => search.exportCollection.arg.parse({ folder, ...more });
  const made = await room.exportCollection(asked({}), quiet());
  expect(made).toMatchObject({ rows: 4, groups: 3, private: [] });
  const lines = (await readFile(made.file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[0]).toEqual({
    document_id: '1',
    content: 'one "quoted"',
    embedding: [1, 0, 0],
    metadata: { 'a; b': 1 },
    source_table: 'notes',
    source_row: 1,
    part: 0,
    parts: 1,
    model: expect.any(String),
    model_version: expect.any(String),
    content_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    split: expect.stringMatching(/train|validation|test/),
  });
  expect(lines[1].split).toBe(lines[0].split);
  const parquet = await room.exportCollection(asked({ format: 'parquet' }), quiet());
  const rows = await withDuck(undefined, (duck) =>
    duck.rows(sql`select source_row, embedding[2], split from read_parquet(${parquet.file}) order by 1`),
  );
  expect(rows.map((row) => row.map(String))).toEqual(
    lines.map((line) => [line.source_row, Math.fround(line.embedding[1]), line.split].map(String)),
  );
  await mkdir(join(dir, 'checks'), { recursive: true });
  await writeFile(
    join(dir, 'checks', 'notes.yaml'),
    'schema: [{ name: notes, properties: [{ name: "a; b", private: true }] }]\n',
  );
  await expect(room.exportCollection(asked({}), quiet())).rejects.toMatchObject({
    problem: { message: 'The collection "notes" holds private columns of notes: a; b.' },
  });
  expect(await room.exportCollection(asked({ withPrivate: true }), quiet())).toMatchObject({
    rows: 4,
    private: ['a; b'],
  });
  await expect(
    room.exportCollection(asked({ withPrivate: true, folder: made.file, format: 'csv' }), quiet()),
  ).rejects.toMatchObject({ problem: { message: `${made.file} is not a folder.` } });
});

test('a split is the same whatever else is there, and near its shares', () => {
  const hashes = Array.from({ length: 2000 }, (_, at) => `text ${at}`);
  const shares = { train: 0.8, validation: 0.1, test: 0.1 };
  const alone = hashes.map((_, at) => at);
  const all = splitOf(alone, hashes, shares);
  expect(splitOf([0, 1, 2], hashes.slice(0, 3), shares)).toEqual(all.slice(0, 3));
  const share = (part: string) => all.filter((of) => of === part).length / all.length;
  expect(share('train')).toBeCloseTo(0.8, 1);
  expect(share('test')).toBeCloseTo(0.1, 1);
  const pairs = hashes.map((_, at) => Math.floor(at / 2));
  const joined = splitOf(pairs, hashes, shares);
  expect(joined.every((part, at) => part === joined[at - (at % 2)])).toBe(true);
});

test('what is joined by way of others belongs together', () => {
  const { root, join } = joining(5);
  join(0, 1);
  join(3, 4);
  join(1, 4);
  expect([0, 1, 2, 3, 4].map((at) => root(at) === root(0))).toEqual([true, true, false, true, true]);
});
