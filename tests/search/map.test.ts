import { afterAll, describe, expect, test } from 'vitest';
import { undoWrite } from '../../electron/engine/query/undo-write.ts';
import { search } from '../../shared/contract/search.ts';
import { sql } from '../../shared/sql.ts';
import { openSharedSearch, quiet } from './open-search.ts';

const { close, database, room, find } = await openSharedSearch();
afterAll(close);

const subjects = ['parcel lost by the courier', 'refund to my bank', 'password of my account'];

/** Rows that speak of three things in turn, each a little different from the others of its kind. */
const rowsFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => {
    const row = first + at;
    const vector = [0, 0, 0, Math.sin(row * 7) * 0.2, Math.cos(row * 5) * 0.2];
    vector[row % 3] = 1;
    return { _row: row, body: `${subjects[row % 3]}, case ${row}`, amount: row, v: `[${vector}]` };
  });

async function insert(rows: readonly object[]) {
  await database.run(sql`
    insert into notes select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (_row bigint, body text, amount integer, v vector(5))`);
  await room.embed(search.embed.arg.parse({ table: 'notes', vectors: 'v', columns: ['body'] }), quiet());
}

const points = (asked: object = {}) => room.mapPoints(search.mapPoints.arg.parse(asked), quiet());
const laidOut = (anew = false) => room.makeMap({ anew }, quiet());
const placesOf = ({ ids, x, y }: Awaited<ReturnType<typeof points>>) =>
  new Map([...ids].map((id, at) => [id, [x[at], y[at]]]));

await database.run(sql`create table notes (_row bigint primary key, body text, amount integer, v vector(5))`);
await database.run(sql`insert into assay.tables (name, origin, row_count) values ('notes', 'import', 90)`);
await insert(rowsFrom(1, 9));

describe('a map of a collection', () => {
  test('needs some documents', async () => {
    expect(await room.map({}, quiet())).toBeNull();
    await expect(laidOut()).rejects.toMatchObject({
      problem: { message: 'A map needs at least 10 documents; "notes" has 9.' },
    });
  });

  test('has a topic for each kind of document, named by its words, the same at each layout', async () => {
    await insert(rowsFrom(10, 90));
    const map = await laidOut();
    expect(map).toMatchObject({ placed: 90, waiting: 0 });
    expect(map.topics.map(({ documents }) => documents)).toEqual([30, 30, 30]);
    expect(map.topics.map(({ words }) => words[0]).sort()).toEqual(['account', 'bank', 'courier']);
    const before = placesOf(await points());
    await laidOut(true);
    expect(placesOf(await points())).toEqual(before);
  });

  test('takes in what comes later, and moves nothing for it', async () => {
    const before = placesOf(await points());
    await insert(rowsFrom(91, 93));
    expect(await room.map({}, quiet())).toMatchObject({ placed: 90, waiting: 3 });
    const map = await laidOut();
    expect(map).toMatchObject({ placed: 93, waiting: 0 });
    expect(map.topics.map(({ documents }) => documents)).toEqual([31, 31, 31]);
    const after = placesOf(await points());
    for (const [id, place] of before) expect(after.get(id)).toEqual(place);
  });

  test('places anew what has another text, and nothing else', async () => {
    const before = placesOf(await points());
    await database.run(sql`update notes set v = '[0,0,1,0,0]' where _row = 3`);
    await insert([]);
    expect(await room.map({}, quiet())).toMatchObject({ placed: 92, waiting: 1 });
    await laidOut();
    const after = placesOf(await points());
    expect([...before].filter(([id]) => !after.has(id))).toHaveLength(1);
    for (const [id, place] of after) expect(before.get(id) ?? place).toEqual(place);
    await database.run(sql`update notes set v = '[1,0,0,0,0]' where _row = 3`);
    await insert([]);
    await laidOut();
  });

  test('colours by topic, by value and by range; what the filters leave out is grey', async () => {
    const byTopic = await points();
    expect(byTopic.legend.map(({ documents }) => documents)).toEqual([0, 31, 31, 31]);
    await database.run(
      sql`update assay.map_points set topic = null where document = (select min(document) from assay.map_points)`,
    );
    expect((await points()).legend[0]).toEqual({ label: 'between topics', documents: 1 });
    await database.run(
      sql`update assay.map_points set topic = ${byTopic.colour[0] as number} - 1 where topic is null`,
    );
    const byAmount = await points({ colour: 'amount' });
    expect(byAmount.legend[1]).toEqual({ label: '1 to 19', documents: 19 });
    const filtered = await points({ filter: { amount: 5 } });
    expect([...filtered.colour].filter((of) => of > 0)).toHaveLength(1);
    const byBody = await points({ colour: 'body' });
    expect(byBody.legend.map(({ documents }) => documents)).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 86]);
    await expect(points({ colour: 'nobody' })).rejects.toMatchObject({
      problem: { hint: 'There are: amount, body, v.' },
    });
  });

  test('ranges of a column where many rows have one value follow one another and share none', async () => {
    await database.run(
      sql`alter table notes add column lot integer generated always as (case when amount <= 50 then 1 else amount / 3 end) stored`,
    );
    const { legend } = await points({ colour: 'lot' });
    const ends = legend.slice(1).map(({ label }) => label.split(' to ').map(Number));
    expect(ends[0]).toEqual([1]);
    for (const [at, [low = 0]] of ends.entries()) expect(low).toBeGreaterThan(ends[at - 1]?.at(-1) ?? 0);
    expect(legend.reduce((sum, { documents }) => sum + documents, 0)).toBe(93);
    await database.run(sql`alter table notes drop column lot`);
  });

  test('narrows a search to a region or a topic, exactly', async () => {
    const { ids, x } = await points();
    const [left, right] = [Math.min(...x), (Math.min(...x) + Math.max(...x)) / 2];
    const region = [
      [left - 1, -1e4],
      [right, -1e4],
      [right, 1e4],
      [left - 1, 1e4],
    ];
    const inside = [...ids].filter((_, at) => (x[at] as number) <= right);
    const found = await find({ text: '', like: { plus: ['1'] }, region, limit: 1000 });
    const first = (await room.mapDocuments({ ids: inside }, quiet())).map(({ documentId }) => documentId);
    expect(found.results.map(({ documentId }) => documentId).sort()).toEqual(
      first.filter((id) => id !== '1').sort(),
    );
    const there = await room.documentsIn(search.documentsIn.arg.parse({ topic: 1, limit: 2 }), quiet());
    expect(there).toMatchObject({ total: 31, documents: [{ part: 0 }, { part: 0 }] });
    const { column, keys } = await room.keysIn(search.keysIn.arg.parse({ topic: 1 }), quiet());
    const kind = Number(keys[0]) % 3;
    const expected = Array.from({ length: 93 }, (_, at) => at + 1).filter((row) => row % 3 === kind);
    expect({ column, keys }).toEqual({ column: 'amount', keys: expected.map(String) });
  });

  test('writes topics and labels into columns of the table, and nothing over what is there unasked', async () => {
    const courier = (await room.map({}, quiet()))?.topics.find(({ words }) => words[0] === 'courier');
    const topic = courier?.topic as number;
    await room.nameTopic({ topic, label: 'lost parcels' }, quiet());
    expect(await room.writeTopics({ column: 'topic', replace: false }, quiet())).toEqual({ rows: 93 });
    const labelled = search.labelDocuments.arg.parse({ topic, column: 'seen "by"; me', label: 'Ann' });
    expect(await room.labelDocuments(labelled, quiet())).toEqual({ rows: 31 });
    expect(
      await database.query(
        sql`select topic, "seen ""by""; me" as seen, count(*)::int as n from notes where topic = 'lost parcels' group by 1, 2`,
      ),
    ).toEqual([{ topic: 'lost parcels', seen: 'Ann', n: 31 }]);
    expect(
      await database.query(
        sql`select column_name as column, from_column as of from assay.private_columns where table_name = 'notes' order by of`,
      ),
    ).toEqual([
      { column: 'topic', of: 'body' },
      { column: 'topic', of: 'v' },
    ]);
    await expect(room.writeTopics({ column: 'topic', replace: false }, quiet())).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/a column "topic" already/) },
    });
    await expect(room.writeTopics({ column: 'amount', replace: true }, quiet())).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/of type integer/) },
    });
    const other = { ...labelled, column: 'topic', label: 'Bob' };
    const refused = {
      problem: {
        message: '31 rows of "notes" have another value in "topic" already; nothing was written.',
        at: { table: 'notes', column: 'topic', param: 'replace' },
      },
    };
    await expect(room.labelDocuments(other, quiet())).rejects.toMatchObject(refused);
    const condition = search.placeCondition.arg.parse({
      ...{ topic, holds: 'amount > 0', label: { column: 'topic', value: 'Bob' } },
    });
    await expect(room.placeCondition(condition, quiet())).rejects.toMatchObject(refused);
    const lost = async () =>
      (
        await database.query<{ n: number }>(
          sql`select count(*)::int as n from notes where topic = 'lost parcels'`,
        )
      )[0]?.n;
    expect(await lost()).toBe(31);
    expect(await room.labelDocuments({ ...other, replace: true }, quiet())).toEqual({ rows: 31 });
    expect(await lost()).toBe(0);
    await undoWrite(database, quiet().signal);
    expect(await lost()).toBe(31);
    // The rest of the column is what it was: a label where there was none asks for nothing.
    await database.run(sql`update notes set topic = null where topic = 'lost parcels'`);
    expect(await room.labelDocuments({ ...other, label: 'lost parcels' }, quiet())).toEqual({ rows: 31 });
    await expect(room.nameTopic({ topic: 99, label: 'x' }, quiet())).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
  });

  test('greys what the grid of the table leaves out; what is drawn becomes a condition', async () => {
    const points = async (rows: readonly object[]) => {
      const asked = search.mapPoints.arg.parse({ rows });
      return (await room.mapPoints(asked, quiet())).legend.map(({ documents }) => documents);
    };
    expect(await points([])).toEqual([0, 31, 31, 31]);
    const gone = { kind: 'range', column: 'gone', from: '1' };
    expect(await points([{ kind: 'range', column: 'amount', from: '1', to: '3' }, gone])).toEqual([
      90, 1, 1, 1,
    ]);
    const place = { filter: { amount: { from: 2, to: 4 } } };
    const { ids, inside } = await room.mapPoints(search.mapPoints.arg.parse(place), quiet());
    const drawn = await room.documentsIn(search.documentsIn.arg.parse(place), quiet());
    expect([...ids].filter((_, at) => inside[at] === 1)).toEqual(
      drawn.documents.map(({ id }) => id).sort((a, b) => a - b),
    );
    expect(drawn.total).toBe(3);
    const condition = (more: object) =>
      room.placeCondition(
        search.placeCondition.arg.parse({ topic: 1, filter: { amount: 7 }, holds: 'amount > 0', ...more }),
        quiet(),
      );
    const inTopic = (await room.keysIn(search.keysIn.arg.parse({ topic: 1 }), quiet())).keys[0];
    const filter = { amount: Number(inTopic) };
    expect(await condition({ filter })).toEqual({ when: `"amount" in (${inTopic})`, rows: 1 });
    const label = { column: 'drawn', value: "Ann's" };
    expect(await condition({ filter, label })).toEqual({ when: `"drawn" = 'Ann''s'`, rows: 1 });
    await expect(condition({ filter: { amount: -1 } })).rejects.toMatchObject({
      problem: { message: 'No document lies there: there is nothing to check.' },
    });
    await expect(condition({ holds: 'nothing > 0' })).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/no condition on notes/), at: { param: 'holds' } },
    });
  });

  test('is not made when it is cancelled; the former one stays', async () => {
    const abort = new AbortController();
    const call = quiet({ signal: abort.signal, progress: ({ total }) => total && abort.abort() });
    await expect(room.makeMap({ anew: true }, call)).rejects.toMatchObject({
      problem: { code: 'cancelled' },
    });
    expect(await room.map({}, quiet())).toMatchObject({ placed: 93, topics: [{}, {}, {}] });
  });

  test('goes with its collection', async () => {
    await room.remove({ collection: 'notes' }, quiet());
    expect(await database.query(sql`select * from assay.map_points`)).toEqual([]);
  });
});
