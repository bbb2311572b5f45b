import { afterAll, describe, expect, test } from 'vitest';
import { search } from '../../shared/contract/search.ts';
import { sql, typeName } from '../../shared/sql.ts';
import { openSharedSearch, quiet } from './open-search.ts';

const { close, database, room, find } = await openSharedSearch();
afterAll(close);
const embed = (asked: object) => room.embed(search.embed.arg.parse({ table: 'points', ...asked }), quiet());

await database.run(sql`
  create table points (_row bigint primary key, name text, kind text, v vector(3), list double precision[], odd vector)`);
await database.run(sql`
  insert into points values (1, 'right', 'a', '[1,0,0]', '{1,0,0}', '[1,0]'), (2, 'nearly right', 'a', '[9,1,0]', '{9,1,0}', '[1,0,0]'),
    (3, 'up', 'b', '[0,1,0]', '{0,1,0}', '[1,0]'), (4, 'nothing', 'b', '[0,0,0]', null, null), (5, null, 'b', null, null, null)`);
await database.run(sql`insert into assay.tables (name, origin, row_count) values ('points', 'import', 5)`);

describe('vectors of a column', () => {
  test('are a collection without a model; what cannot be compared is told', async () => {
    const made = await embed({ vectors: 'v', columns: ['name'] });
    expect(made).toMatchObject({
      documents: 3,
      embedded: 3,
      notes: ['1 row has no vector in v.', '1 vector is zeros only and has no direction: it is left out.'],
    });
    const [collection] = await room.list({}, quiet());
    expect(collection).toMatchObject({
      vectorColumn: 'v',
      dimensions: 3,
      metadataColumns: ['kind', 'list'],
      stale: 0,
    });
  });

  test('are searched by example and by words, not by a text of another model', async () => {
    const { results } = await find({ text: '', like: { plus: ['1'] } });
    expect(results.map(({ row }) => row)).toEqual([2, 3]);
    expect((await find({ text: 'nearly', mode: 'text' })).results.map(({ row }) => row)).toEqual([2]);
    await expect(find({ text: 'up' })).rejects.toMatchObject({
      problem: {
        message: expect.stringMatching(/cannot be compared/),
        hint: expect.stringMatching(/example/),
      },
    });
  });

  test('follow their table: only what changed is read again', async () => {
    await database.run(sql`update points set v = '[0,0,1]' where _row = 1`);
    await database.run(sql`delete from points where _row = 3`);
    await database.run(sql`update assay.tables set version = version + 1`);
    expect(await room.list({}, quiet())).toMatchObject([{ stale: 1, gone: 1 }]);
    expect(await embed({ vectors: 'v', columns: ['name'] })).toMatchObject({
      embedded: 1,
      removed: 1,
      documents: 2,
    });
    expect(await room.list({}, quiet())).toMatchObject([{ stale: 0 }]);
  });

  test('may be lists of numbers', async () => {
    expect(await embed({ vectors: 'list', collection: 'lists' })).toMatchObject({ documents: 2 });
  });

  test.each(['double precision[]', 'numeric[]', 'text', 'jsonb'])(
    'too small for four bytes are 0, in lists of %s',
    async (type) => {
      const list = /^(text|jsonb)$/.test(type) ? '[1, 1e-60, -1e-44]' : '{1,1e-60,-1e-44}';
      await database.run(sql`create table tiny (_row bigint primary key, list ${typeName(type)})`);
      await database.run(sql`insert into tiny values (1, ${list})`);
      if (type !== 'double precision[]')
        await database.run(sql`insert into tiny values (2, ${list.replace('1e-60', '1e-999')})`);
      await database.run(
        sql`insert into assay.tables (name, origin, row_count) values ('tiny', 'import', 2)`,
      );
      const read = await room.embed(
        search.embed.arg.parse({ table: 'tiny', vectors: 'list', columns: [], collection: 'tiny' }),
        quiet(),
      );
      expect(read.notes).toEqual([]);
      const found = await database.query(sql`select distinct embedding::text as v from collections.tiny`);
      expect(found).toEqual([{ v: '[1,0,-1e-44]' }]);
      expect((await room.list({}, quiet())).find(({ name }) => name === 'tiny')).toMatchObject({ stale: 0 });
      await room.remove({ collection: 'tiny' }, quiet());
      await database.run(sql`drop table tiny`);
      await database.run(sql`delete from assay.tables where name = 'tiny'`);
    },
  );

  test('of one collection that cannot be read do not hide the others', async () => {
    await embed({ vectors: 'v', collection: 'lost' });
    await database.run(sql`alter table collections.lost rename to elsewhere`);
    const listed = await room.list({}, quiet());
    expect(listed.find(({ name }) => name === 'lost')).toMatchObject({
      documents: 0,
      stale: 0,
      uncounted: { message: expect.stringMatching(/collections\.lost/) },
    });
    expect(listed.filter(({ name }) => name !== 'lost').map(({ uncounted }) => uncounted)).toContain(null);
    expect(await room.staleness({ collection: 'lost' }, quiet())).toMatchObject({
      uncounted: expect.anything(),
    });
    await database.run(sql`alter table collections.elsewhere rename to lost`);
    await room.remove({ collection: 'lost' }, quiet());
  });

  test.each(['{1,NaN,0}', '{1,NULL,0}', '{1,1e300,0}', '{1,-Infinity,0}', '{{1,2,3}}', '{}'])(
    'leave out the list %s, and say so',
    async (list) => {
      await database.run(sql`update points set list = ${list}::float8[] where _row = 2`);
      await database.run(sql`update assay.tables set version = version + 1`);
      const listed = async () => (await room.list({}, quiet())).find(({ name }) => name === 'lists');
      expect(await listed()).toMatchObject({ stale: 0 });
      expect(await embed({ vectors: 'list', collection: 'lists' })).toMatchObject({
        documents: 1,
        notes: expect.arrayContaining([expect.stringMatching(/no vectors are left out, in 1 row/)]),
      });
    },
  );

  test.each(['text', 'jsonb', 'json'])('may be lists of numbers as %s', async (type) => {
    await database.run(sql`
      create table written as select row_number() over () as _row, v::${typeName(type)} as v from (values
        ('[1, 0, 0]'), ('[ 9e-1,0.1 , -0]'), (null), ('["a", 1, 2]'), ('[[1], 2, 3]'), ('[]'), ('{"a": 1}'), ('[1e300, 0, 0]')) as given(v)`);
    await database.run(
      sql`insert into assay.tables (name, origin, row_count) values ('written', 'import', 8)`,
    );
    const collection = `of_${type}`;
    expect(await embed({ table: 'written', vectors: 'v', collection })).toMatchObject({
      documents: 2,
      notes: expect.arrayContaining([expect.stringMatching(/no vectors are left out, in 5 rows/)]),
    });
    const found = await find({ text: '', like: { plus: ['1'] }, collection });
    expect(found.results.map(({ row }) => row)).toEqual([2]);
    await database.run(sql`drop table written`);
    await database.run(sql`delete from assay.tables where name = 'written'`);
  });

  test('have any length that pgvector takes; indexes that do not are neither advised nor made', async () => {
    await database.run(sql`
      create table long as select g as _row, 'text ' || g as name,
        (select array_agg(sin(g * i)::real) from generate_series(1, 3072) as i)::vector as v
      from generate_series(1, 12) as g`);
    await database.run(sql`insert into assay.tables (name, origin, row_count) values ('long', 'import', 12)`);
    expect(await embed({ table: 'long', vectors: 'v', columns: ['name'] })).toMatchObject({ documents: 12 });
    const found = await find({ text: '', like: { plus: ['1'] }, collection: 'long' });
    expect(found.results).toHaveLength(11);
    const advice = await room.advise(search.advise.arg.parse({ collection: 'long', sample: 3 }), quiet());
    expect(advice.kinds.map(({ kind }) => kind)).toEqual(['exact', 'bitlists', 'bits']);
    await expect(room.setIndex({ collection: 'long', kind: 'hnsw' }, quiet())).rejects.toMatchObject({
      problem: { message: '"long" has vectors of 3,072 dimensions: hnsw takes 2 to 2,000.' },
    });
  });

  test.each([
    [
      { vectors: 'odd' },
      /differ in length: 1 have 2 dimensions, 1 have 3|differ in length: 1 have 3 dimensions, 1 have 2/,
    ],
    [{ vectors: 'name' }, /has no vectors/],
    [{ vectors: '_row' }, /holds no vectors/],
    [{ vectors: 'nowhere' }, /no column "nowhere"/],
    [{ columns: ['name'] }, /those of all-MiniLM-L6-v2 cannot be mixed/],
    [{ vectors: 'list' }, /others cannot be mixed/],
  ])('%j is told in words', async (asked, message) => {
    await expect(embed(asked)).rejects.toMatchObject({
      problem: { message: expect.stringMatching(message) },
    });
  });
});

test('columns are kept whatever they are called', async () => {
  await database.run(sql`create table odd (_row bigint primary key, m jsonb, t text, v vector(2))`);
  await database.run(sql`insert into odd values (1, '{"t": "b"}', 'a', '[1,0]')`);
  await database.run(sql`insert into assay.tables (name, origin, row_count) values ('odd', 'import', 1)`);
  const asked = { table: 'odd', vectors: 'v', columns: [], metadata: ['m', 't'] };
  await room.embed(search.embed.arg.parse(asked), quiet());
  expect(await database.query(sql`select metadata from collections.odd`)).toEqual([
    { metadata: { m: { t: 'b' }, t: 'a' } },
  ]);
});
