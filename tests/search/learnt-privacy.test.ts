import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rememberMade } from '../../electron/engine/checks/made-of-private.ts';
import { rulesAndPrivacy } from '../../electron/engine/checks/rules-and-privacy.ts';
import { pipelinesRoom } from '../../electron/engine/pipelines/room.ts';
import { queryRoom } from '../../electron/engine/query/room.ts';
import { search } from '../../shared/contract/search.ts';
import { sql } from '../../shared/sql.ts';
import { openSearch, quiet } from './open-search.ts';

const contract = (...names: readonly string[]) =>
  `schema: [{ name: t, properties: [${names.map((name) => `{ name: ${name}, classification: private }`).join(', ')}] }]\n`;

const piped = `version: 1
name: p
steps:
  - { id: source, kind: source, params: { table: t } }
  - { id: output, kind: output, inputs: [source], params: { table: p, mode: replace, key: [] } }
`;

/** A table `t` with a private label, and `p`, which a pipeline makes of it. */
async function openPrivate() {
  const { database, dir, room, workspace } = await openSearch();
  await database.run(sql`create table t (_row bigint primary key, body text, lbl text, v vector(2))`);
  await database.run(sql`insert into t values (1, 'a', 'x', '[1,0]'), (2, 'b', 'x', '[1,0.1]'), (3, 'c', 'x', '[1,0.2]'),
    (4, 'd', 'y', '[0,1]'), (5, 'e', 'y', '[0.1,1]'), (6, 'f', 'y', '[0.2,1]'), (7, 'g', null, '[2,0]')`);
  await database.run(sql`insert into assay.tables (name, origin, row_count) values ('t', 'query', 7)`);
  for (const folder of ['checks', 'pipelines']) await mkdir(join(dir, folder), { recursive: true });
  const write = (file: string, text: string) => writeFile(join(dir, file), text);
  await write('checks/t.yaml', contract('lbl'));
  const context = { workspace, database, emit: () => {}, whyStale: async () => undefined };
  const pipelines = pipelinesRoom(context, async () => []);
  const query = queryRoom(context);
  const places = async (table: string) =>
    (await rulesAndPrivacy(context)).flatMap((one) =>
      one.table === table ? one.columns.flatMap((column) => (column.private ? [column.name] : [])) : [],
    );
  const guess = async (table: string, column: string) => {
    await room.embed(
      search.embed.arg.parse({ table, vectors: 'v', columns: ['body'], collection: table }),
      quiet(),
    );
    await room.writePredicted(
      search.writePredicted.arg.parse({ collection: table, column, into: 'guess' }),
      quiet(),
    );
  };
  const run = async () => {
    await pipelines.run({ name: 'p', full: true, params: {} }, quiet());
    await rememberMade(context, 'p');
  };
  return { database, write, places, guess, run, query, room };
}

test('what was learnt in a table that a pipeline made is private until the pipeline replaces its rows', async () => {
  const { database, write, places, guess, run } = await openPrivate();
  await write('pipelines/p.yaml', piped);
  await run();
  await guess('p', 'lbl');
  expect(await places('p')).toEqual(['lbl', 'guess']);
  await database.run(sql`update assay.tables set version = version + 1 where name = 'p'`);
  expect(await places('p')).toEqual(['lbl', 'guess']);
  await run();
  expect(await places('p')).toEqual(['lbl']);
});

test('a private column, and what was learnt of it, stay private under other names', async () => {
  const { write, places, guess, query } = await openPrivate();
  await guess('t', 'lbl');
  expect(await places('t')).toEqual(['lbl', 'guess']);
  const rename = (text: string) => query.run({ text, writing: 'free', limit: 10, values: {} }, quiet());
  await rename('alter table t rename column guess to g2');
  expect(await places('t')).toEqual(['lbl', 'g2']);
  await rename('alter table t rename column lbl to l2');
  expect(await places('t')).toEqual(expect.arrayContaining(['l2', 'g2']));
  await write('checks/t.yaml', contract('l2'));
  expect(await places('t')).toEqual(['l2', 'g2']);
  await rename('alter table t add column guess text');
  expect(await places('t')).toEqual(['l2', 'g2']);
});

test('what is learnt from private texts is private: labels of a public column, and how alike rows are', async () => {
  const { write, places, guess, room } = await openPrivate();
  await write('checks/t.yaml', contract('body'));
  await guess('t', 'lbl');
  await room.writeNearness(
    search.writeNearness.arg.parse({ collection: 't', into: 'near', nearest: 2 }),
    quiet(),
  );
  expect(await places('t')).toEqual(['body', 'guess', 'near']);
});

test('a collection is not given out with what a private column held, also when that has another name or is gone', async () => {
  const { query, room, guess, write } = await openPrivate();
  await guess('t', 'lbl');
  const alter = (text: string) => query.run({ text, writing: 'free', limit: 10, values: {} }, quiet());
  const exported = (folder: string) =>
    room.exportCollection(
      search.exportCollection.arg.parse({ collection: 'held', folder, format: 'jsonl' }),
      quiet(),
    );
  await room.embed(
    search.embed.arg.parse({
      table: 't',
      vectors: 'v',
      columns: ['body'],
      metadata: ['lbl', 'guess'],
      collection: 'held',
    }),
    quiet(),
  );
  await expect(exported('a')).rejects.toThrow('lbl, guess');
  await alter('alter table t rename column guess to g2');
  await expect(exported('b')).rejects.toThrow('lbl, guess');
  await alter('alter table t drop column g2');
  await expect(exported('c')).rejects.toThrow('lbl, guess');
  await alter('alter table t rename column lbl to lbl2');
  await write('checks/t.yaml', contract('lbl2'));
  await expect(exported('d')).rejects.toThrow('lbl, guess');
});
