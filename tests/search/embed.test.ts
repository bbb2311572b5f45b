import { beforeAll, describe, expect, test } from 'vitest';
import { searchRoom } from '../../electron/engine/search/room.ts';
import { mostInName, search } from '../../shared/contract/search.ts';
import { sql } from '../../shared/sql.ts';
import type { Progress } from '../../shared/wire.ts';
import { makeTickets, openSearch, openSharedSearch, quiet, tickets } from './open-search.ts';

const documents = sql`select document_id, source_row, content, metadata, model from collections.tickets order by source_row`;

describe('embedding a table', () => {
  test('makes a document of each row, with everything else as metadata', async () => {
    const { database, room, embed } = await openSearch();
    await makeTickets(database, tickets.slice(0, 2));
    const result = await embed({ table: 'tickets', columns: ['subject', 'body'] });
    expect(result).toMatchObject({ collection: 'tickets', embedded: 2, reused: 0, removed: 0, documents: 2 });
    expect(await database.query(documents)).toEqual([
      {
        document_id: '1',
        source_row: 1,
        content: 'My parcel never arrived\nThe courier lost the package',
        metadata: { priority: 'high', amount: 12.5, open: true },
        model: 'all-MiniLM-L6-v2',
      },
      {
        document_id: '2',
        source_row: 2,
        content: 'Refund please\nI want my money back for the broken lamp',
        metadata: { priority: 'high', amount: 80, open: true },
        model: 'all-MiniLM-L6-v2',
      },
    ]);
    expect(await room.list({}, quiet())).toMatchObject([
      {
        name: 'tickets',
        table: 'tickets',
        textColumns: ['subject', 'body'],
        dimensions: 384,
        documents: 2,
        stale: 0,
      },
    ]);
  });

  test('keeps columns whatever they are called', async () => {
    const { database, embed, find } = await openSearch();
    await database.run(
      sql`create table odd (_row bigint primary key, m jsonb, t text, s text, texts text, town text)`,
    );
    await database.run(
      sql`insert into odd values (1, '{"town": "Rome"}', 'a', 'b', 'The parcel never arrived', 'Bern')`,
    );
    await database.run(sql`insert into assay.tables (name, origin, row_count) values ('odd', 'import', 1)`);
    await embed({ table: 'odd', columns: ['texts'], metadata: ['m', 't', 's', 'town'] });
    const { results } = await find({ text: 'parcel' });
    expect(results.map(({ metadata }) => metadata)).toEqual([
      { m: { town: 'Rome' }, t: 'a', s: 'b', town: 'Bern' },
    ]);
  });

  test('twice embeds nothing the second time', async () => {
    const { database, embed } = await openSearch();
    await makeTickets(database, tickets);
    await embed({ table: 'tickets', columns: ['body'] });
    expect(await embed({ table: 'tickets', columns: ['body'] })).toMatchObject({
      embedded: 0,
      reused: 6,
      documents: 6,
    });
  });

  test('embeds equal texts once', async () => {
    const { database, embed } = await openSearch();
    await makeTickets(
      database,
      Array.from({ length: 600 }, (_, at) => ({ subject: `Text ${at % 7}` })),
    );
    expect(await embed({ table: 'tickets', columns: ['subject'] })).toMatchObject({
      embedded: 7,
      reused: 593,
      documents: 600,
    });
    const { n } = await database.one<{ n: number }>(
      sql`select count(distinct embedding)::int as n from collections.tickets`,
    );
    expect(n).toBe(7);
  });

  test('leaves out rows without text', async () => {
    const { database, embed } = await openSearch();
    await makeTickets(database, [
      { subject: 'a word' },
      { subject: null },
      { subject: '' },
      { subject: ' \n' },
    ]);
    expect(await embed({ table: 'tickets', columns: ['subject'] })).toMatchObject({
      embedded: 1,
      documents: 1,
    });
  });

  test('embeds only what changed, follows metadata, and removes what is gone', async () => {
    const { database, room, embed } = await openSearch();
    await makeTickets(database, tickets);
    await embed({ table: 'tickets', columns: ['body'] });
    await database.run(sql`update tickets set body = 'The courier was rude' where _row = 1`);
    await database.run(sql`update tickets set priority = 'urgent' where _row = 2`);
    await database.run(sql`delete from tickets where _row = 3`);
    await database.run(sql`insert into tickets values (7, 'New', 'A new question', 'low', 1, true)`);
    await database.run(
      sql`insert into tickets values (8, 'Copy', 'You charged my card twice', 'low', 1, true)`,
    );
    expect(await room.list({}, quiet())).toMatchObject([{ stale: 3, documents: 6 }]);
    expect(await embed({ table: 'tickets', columns: ['body'] })).toMatchObject({
      embedded: 2,
      removed: 1,
      documents: 7,
    });
    expect(await room.list({}, quiet())).toMatchObject([{ stale: 0, documents: 7 }]);
    const rows = await database.query<{
      source_row: number;
      content: string;
      metadata: { priority: string };
    }>(documents);
    expect(rows.map(({ source_row }) => source_row)).toEqual([1, 2, 4, 5, 6, 7, 8]);
    expect(rows[0]?.content).toBe('The courier was rude');
    expect(rows[1]?.metadata.priority).toBe('urgent');
  });

  test('exchanges the vectors of rows that exchanged their texts without embedding', async () => {
    const { database, embed, find } = await openSearch();
    await makeTickets(database, tickets);
    await embed({ table: 'tickets', columns: ['body'] });
    await database.run(sql`
      update tickets as t set body = o.body from tickets as o where (t._row, o._row) in ((1, 2), (2, 1))`);
    expect(await embed({ table: 'tickets', columns: ['body'] })).toMatchObject({ embedded: 0 });
    const { results } = await find({ text: 'the courier lost the package', limit: 1 });
    expect(results).toMatchObject([{ row: 2, content: 'The courier lost the package' }]);
  });

  test('takes a name that no collection may have, and columns with any name', async () => {
    const { database, embed } = await openSearch();
    await makeTickets(database, tickets, '7 "odd" names');
    await database.run(sql`alter table "7 ""odd"" names" rename column body to "körper; drop"`);
    const result = await embed({ table: '7 "odd" names', columns: ['körper; drop'] });
    expect(result).toMatchObject({ collection: '_7_odd_names', documents: 6 });
  });
});

describe('a collection that differs from its table', () => {
  test('says how many rows are new, gone, and filtered by what was', async () => {
    const { database, workspace, room, embed, find } = await openSearch();
    await makeTickets(database, tickets);
    await embed({ table: 'tickets', columns: ['body'] });
    await database.run(sql`update tickets set priority = 'urgent' where _row in (1, 3)`);
    await database.run(sql`delete from tickets where _row = 2`);
    await database.run(sql`update tickets set body = ' ' where _row = 3`);
    await database.run(sql`update tickets set body = 'Something else' where _row = 4`);
    await database.run(sql`alter table tickets drop column open`);
    await database.run(sql`update assay.tables set version = version + 1`);
    expect(await room.list({}, quiet())).toMatchObject([{ documents: 6, stale: 1, gone: 2, outdated: 3 }]);
    // All texts are compared once while nothing changes, also for the next that opens the workspace.
    const next = searchRoom({ workspace, database, emit: () => {} });
    const staleNow = async () => (await next.staleness({ collection: 'tickets' }, quiet())).stale;
    await database.run(sql`update collections.tickets set source_hash = '' where source_row = 5`);
    expect(await staleNow()).toBe(1);
    await database.run(sql`update assay.tables set version = version + 1`);
    expect(await staleNow()).toBe(2);
    await embed({ table: 'tickets', columns: ['body'] });
    expect(await room.list({}, quiet())).toMatchObject([{ documents: 4, stale: 0, gone: 0, outdated: 0 }]);
    expect((await find({ text: 'parcel', filter: { priority: 'urgent' } })).results).toHaveLength(1);
    await database.run(sql`update tickets set body = null where _row = 1`);
    await database.script('alter table tickets add other text; delete from tickets where _row > 1');
    await expect(embed({ table: 'tickets', columns: ['other'] })).rejects.toMatchObject({
      problem: { message: expect.stringContaining('no text in "other"') },
    });
    expect(await embed({ table: 'tickets', columns: ['body'] })).toMatchObject({ removed: 4, documents: 0 });
    expect((await find({ text: 'parcel', mode: 'hybrid' })).results).toEqual([]);
  });

  test('goes by the old where a kept column has another name, until it is embedded again without it', async () => {
    const { database, room, embed, find } = await openSearch();
    await makeTickets(database, tickets);
    const asked = { table: 'tickets', columns: ['body'], metadata: ['priority', 'open'] };
    await embed(asked);
    await database.run(sql`alter table tickets rename column priority to urgency`);
    await database.run(sql`update assay.tables set version = version + 1`);
    expect(await room.list({}, quiet())).toMatchObject([{ stale: 0, gone: 0, outdated: 6 }]);
    const again = await embed(asked);
    expect(again).toMatchObject({
      embedded: 0,
      notes: ['tickets has `priority` no more: filters go without.'],
    });
    expect(await room.list({}, quiet())).toMatchObject([{ outdated: 0, metadataColumns: ['open'] }]);
    expect((await find({ text: 'parcel', limit: 1 })).results[0]?.metadata).toEqual({ open: true });
    await expect(embed(asked)).rejects.toMatchObject({ problem: { code: 'not_found' } });
  });

  test('may have a name that leaves room for those of its work', async () => {
    const { database, room, embed } = await openSearch();
    const table = 'a_table_whose_name_is_as_long_as_PostgreSQL_lets_a_name_be_abcd';
    await makeTickets(database, tickets, table);
    expect((await embed({ table, columns: ['body'] })).collection).toHaveLength(mostInName);
    expect(search.embed.arg.safeParse({ table, collection: 'c'.repeat(mostInName + 1) }).success).toBe(false);
    expect(await room.list({}, quiet())).toHaveLength(1);
  });
});

describe('a stopped run', () => {
  test('keeps what was done; the next goes on exactly there', async () => {
    const { database, room, embed } = await openSearch();
    const total = 1500;
    await makeTickets(
      database,
      Array.from({ length: total }, (_, at) => ({ subject: `Order number ${at} is late` })),
    );
    const abort = new AbortController();
    const seen: Progress[] = [];
    const progress = (now: Progress) => {
      seen.push(now);
      if (now.done >= 700) abort.abort();
    };
    await expect(
      embed({ table: 'tickets', columns: ['subject'] }, { signal: abort.signal, progress }),
    ).rejects.toMatchObject({
      problem: { code: 'cancelled' },
    });
    const [stopped] = await room.list({}, quiet());
    const done = stopped?.documents ?? 0;
    expect(done).toBeGreaterThanOrEqual(512);
    expect(done).toBeLessThan(total);
    expect(stopped?.stale).toBe(total - done);
    expect(await embed({ table: 'tickets', columns: ['subject'] })).toMatchObject({
      embedded: total - done,
      reused: done,
      documents: total,
    });
    expect(seen.at(-1)).toMatchObject({ unit: 'texts', total });
    const { n } = await database.one<{ n: number }>(sql`
      select count(*)::int as n from collections.tickets d join tickets t on t._row = d.source_row and t.subject = d.content`);
    expect(n).toBe(total);
    const left = await database.query(
      sql`select relname from pg_class where relnamespace = 'collections'::regnamespace and relkind = 'r'`,
    );
    expect(left).toEqual([{ relname: 'tickets' }]);
  });

  test('leaves search by words as it was', async () => {
    const { database, embed, find } = await openSearch();
    await makeTickets(database, tickets);
    await embed({ table: 'tickets', columns: ['body'] });
    await database.run(
      sql`insert into tickets select n, '', 'Zebra number ' || n || ' is late' from generate_series(7, 800) as n`,
    );
    const abort = new AbortController();
    const progress = ({ done }: Progress) => {
      if (done >= 300) abort.abort();
    };
    await expect(
      embed({ table: 'tickets', columns: ['body'] }, { signal: abort.signal, progress }),
    ).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    const camera = await find({ text: 'camera', mode: 'text' });
    expect(camera).toMatchObject({ wordsBy: 'bm25', results: [{ row: 4 }] });
    const done = (await find({ text: 'zebra', mode: 'text', limit: 1000 })).results.length;
    expect(done).toBeGreaterThanOrEqual(256);
    expect(done).toBeLessThan(794);
    await embed({ table: 'tickets', columns: ['body'] });
    expect((await find({ text: 'zebra', mode: 'text', limit: 1000 })).results).toHaveLength(794);
  });

  test('is paused where what was done is kept, says so, and goes on', async () => {
    const { database, room, embed } = await openSearch();
    const rows = Array.from({ length: 700 }, (_, at) => ({ subject: `Order number ${at} is late` }));
    await makeTickets(database, rows);
    const pause = () => room.pauseEmbedding({ collection: 'tickets' }, quiet());
    const progress = ({ done }: Progress) => {
      if (done > 0 && done <= 256) void pause();
    };
    const first = await embed({ table: 'tickets', columns: ['subject'] }, { progress });
    expect(first).toMatchObject({ paused: true, embedded: 256, documents: 256 });
    expect(await room.list({}, quiet())).toMatchObject([
      { documents: 256, stale: 700 - 256, pausedAt: expect.stringMatching(/^\d{4}-/) },
    ]);
    await expect(pause()).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
    expect(await embed({ table: 'tickets', columns: ['subject'] })).toMatchObject({
      paused: false,
      embedded: 700 - 256,
      documents: 700,
    });
    expect(await room.list({}, quiet())).toMatchObject([{ stale: 0, pausedAt: null }]);
  });

  test('stays paused where the app ends before the pause is reached, and where it is resumed but not finished', async () => {
    const { database, room, embed } = await openSearch();
    const rows = Array.from({ length: 700 }, (_, at) => ({ subject: `Order number ${at} is late` }));
    await makeTickets(database, rows);
    const table = { table: 'tickets', columns: ['subject'] };
    const endedBy = async (paused: boolean) => {
      const abort = new AbortController();
      const progress = ({ done }: Progress) => {
        if (done === 0 || abort.signal.aborted) return;
        const asked = paused ? room.pauseEmbedding({ collection: 'tickets' }, quiet()) : null;
        void Promise.resolve(asked).finally(() => abort.abort());
      };
      await expect(embed(table, { signal: abort.signal, progress })).rejects.toMatchObject({
        problem: { code: 'cancelled' },
      });
    };
    await endedBy(true);
    expect(await room.list({}, quiet())).toMatchObject([{ pausedAt: expect.stringMatching(/^\d{4}-/) }]);
    await endedBy(false);
    expect(await room.list({}, quiet())).toMatchObject([{ pausedAt: expect.stringMatching(/^\d{4}-/) }]);
    await embed(table);
    expect(await room.list({}, quiet())).toMatchObject([{ stale: 0, pausedAt: null }]);
  });

  test('two collections of one table are paused and go on each by itself', async () => {
    const { database, room, embed } = await openSearch();
    const rows = Array.from({ length: 600 }, (_, at) => ({ subject: `Late ${at}`, body: `Lost ${at}` }));
    await makeTickets(database, rows);
    const paused = (collection: string, columns: string[]) => {
      const titles = new Set<string>();
      const progress = ({ title, done }: Progress) => {
        titles.add(title);
        if (done > 0 && done <= 256) void room.pauseEmbedding({ collection }, quiet());
      };
      return embed({ table: 'tickets', columns, collection }, { progress }).then((result) => ({
        ...result,
        titles: [...titles],
      }));
    };
    expect(await Promise.all([paused('a', ['subject']), paused('b', ['body'])])).toMatchObject([
      { collection: 'a', paused: true, titles: ['Embedding a'] },
      { collection: 'b', paused: true, titles: ['Embedding b'] },
    ]);
    await embed({ table: 'tickets', columns: ['body'], collection: 'b' });
    expect(await room.list({}, quiet())).toMatchObject([
      { name: 'a', textColumns: ['subject'], pausedAt: expect.anything() },
      { name: 'b', textColumns: ['body'], stale: 0, pausedAt: null },
    ]);
  });

  test('says that the disk is full where PostgreSQL finds no room, and goes on when there is some', async () => {
    const { database, embed } = await openSearch();
    await makeTickets(database, tickets.slice(0, 4));
    await embed({ table: 'tickets', columns: ['body'] });
    await database.script(`
      create function collections.full() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
      create trigger full_disk before insert on collections.tickets execute function collections.full();
      insert into tickets (_row, body) values (5, 'You charged my card twice'), (6, 'Great service')`);
    await expect(embed({ table: 'tickets', columns: ['body'] })).rejects.toMatchObject({
      problem: {
        code: 'disk',
        message: 'There is no room left on the disk. What was embedded is kept.',
        hint: 'Make room, then embed it again.',
      },
    });
    await database.script('drop trigger full_disk on collections.tickets');
    expect(await embed({ table: 'tickets', columns: ['body'] })).toMatchObject({ embedded: 2, documents: 6 });
  });

  test('two at a time of one collection are refused', async () => {
    const { database, embed } = await openSearch();
    await makeTickets(database, tickets);
    const first = embed({ table: 'tickets', columns: ['body'] });
    await expect(embed({ table: 'tickets', columns: ['body'] })).rejects.toMatchObject({
      problem: { code: 'locked' },
    });
    await first;
  });
});

describe('a wrong request', () => {
  let opened: Awaited<ReturnType<typeof openSharedSearch>>;
  const embed: typeof opened.embed = (request) => opened.embed(request);
  beforeAll(async () => {
    opened = await openSharedSearch();
    await makeTickets(
      opened.database,
      tickets.map(({ body }) => ({ subject: 'x', body: body as string })),
    );
    await makeTickets(opened.database, [], 'empty');
    await makeTickets(opened.database, tickets, 'other');
    await embed({ table: 'tickets', columns: ['body'] });
    return opened.close;
  });

  test.each([
    ['no such table', { table: 'nowhere', columns: ['body'] }, 'not_found', /no table "nowhere"/],
    ['no such column', { table: 'tickets', columns: ['bodi'] }, 'not_found', /no column "bodi"/],
    [
      'no such metadata column',
      { table: 'tickets', columns: ['body'], metadata: ['x'] },
      'not_found',
      /no column "x"/,
    ],
    ['the row address', { table: 'tickets', columns: ['_row'] }, 'bad_input', /holds no text/],
    ['a column without text', { table: 'tickets', columns: ['priority'] }, 'bad_input', /every row is empty/],
    ['an empty table', { table: 'empty', columns: ['body'] }, 'bad_input', /no rows/],
    [
      "another table's collection",
      { table: 'other', columns: ['body'], collection: 'tickets' },
      'bad_input',
      /of table "tickets"/,
    ],
  ])('%s is told in words', async (_, request, code, message) => {
    await expect(embed(request)).rejects.toMatchObject({
      problem: { code, message: expect.stringMatching(message) },
    });
  });
});
