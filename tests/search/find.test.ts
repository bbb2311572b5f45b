import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fuseScores } from '../../electron/engine/search/find/ranking.ts';
import { askedOf, questionOf } from '../../renderer/rooms/search/question.ts';
import { savedSearch, search } from '../../shared/contract/search.ts';
import { sql } from '../../shared/sql.ts';
import { makeTickets, openSearch, openSharedSearch, quiet, tickets } from './open-search.ts';

const shared = await openSharedSearch();
await makeTickets(shared.database, tickets);
await shared.embed({ table: 'tickets', columns: ['body'] });
const { find } = shared;
afterAll(shared.close);

const rowsOf = ({ results }: { results: readonly { row: number }[] }) => results.map(({ row }) => row);

describe('a saved search', () => {
  const { room, dir } = shared;
  const asked = { version: 1, collection: 'tickets', text: 'double payment', filter: { priority: 'high' } };
  const fileOf = (name: string) => join(dir, 'searches', `${name}.yaml`);

  test('is a text file of what was asked, and finds the same again', async () => {
    const search = savedSearch.parse({ ...asked, diversity: 0.5 });
    await room.saveSearch({ name: 'Paid twice', search }, quiet());
    expect(await readFile(fileOf('Paid twice'), 'utf8')).toBe(
      'version: 1\ncollection: tickets\ntext: double payment\nmode: vector\nfilter:\n  priority: high\ndiversity: 0.5\n',
    );
    const [kept] = await room.savedSearches({}, quiet());
    expect(kept).toEqual({ name: 'Paid twice', search });
    const { version: _, ...request } = kept?.search ?? search;
    expect(rowsOf(await find(request))[0]).toBe(5);
    await room.removeSearch({ name: 'Paid twice' }, quiet());
    expect(await room.savedSearches({}, quiet())).toEqual([]);
  });

  test('that filters by what no document has any more says so', async () => {
    const { results, notes } = await find({ text: 'parcel', filter: { priority: 'high', status: 'open' } });
    expect(results).toEqual([]);
    expect(notes).toEqual(['No document has `status`, which is filtered by.']);
    expect((await find({ text: 'parcel', filter: { priority: 'none' } })).notes).toEqual([]);
  });

  test.each([
    ["metadata->>'stauts' = 'open'", ['stauts']],
    ['metadata @> \'{"priority": "none", "stauts": 1}\'::jsonb', ['stauts']],
    [
      "not metadata ? 'priority' or metadata #>> '{stauts,deep}' = '' or metadata['kind'] = '1'",
      ['stauts', 'kind'],
    ],
    ["metadata->'stauts'->>'priority' = 'x' and metadata->>'priority' = 'high'", ['stauts']],
    ["metadata->>'priority' = 'none' and content <> 'stauts'", []],
    ["metadata ?| array['kind', 'stauts']", ['kind', 'stauts']],
  ])('by a written condition that asks for a key that no document has says so: %s', async (where, keys) => {
    const { results, notes } = await find({ text: 'parcel', where });
    expect(results).toEqual([]);
    expect(notes).toEqual(keys.map((key) => `No document has \`${key}\`, which is filtered by.`));
  });

  test('keeps a range', async () => {
    const filter = { amount: { from: 10, to: '9007199254740993' }, day: { to: '2024-02-29' } };
    await room.saveSearch({ name: 'range', search: savedSearch.parse({ ...asked, filter }) }, quiet());
    expect(await readFile(fileOf('range'), 'utf8')).toContain(
      'filter:\n  amount:\n    from: 10\n    to: "9007199254740993"\n  day:\n    to: 2024-02-29\n',
    );
    expect(
      (await room.savedSearches({}, quiet())).find(({ name }) => name === 'range')?.search?.filter,
    ).toEqual(filter);
    await room.removeSearch({ name: 'range' }, quiet());
  });

  test('with a condition in SQL is asked with it in the window, too', () => {
    const where = "metadata->>'priority' = 'high'";
    const question = questionOf(savedSearch.parse({ ...asked, where }));
    expect(askedOf('tickets', question)).toMatchObject({ where, filter: asked.filter });
    expect(askedOf('tickets', questionOf(savedSearch.parse(asked)))).not.toHaveProperty('where');
  });

  test('says what is wrong with a file that people wrote', async () => {
    await mkdir(join(dir, 'searches'), { recursive: true });
    await writeFile(fileOf('typo'), 'version: 1\ncollection: tickets\nfliter: {}\n');
    await writeFile(fileOf('later'), 'version: 2\n');
    const told = (await room.savedSearches({}, quiet())).map(({ name, problem }) => [name, problem?.code]);
    expect(told).toEqual([
      ['later', 'newer_version'],
      ['typo', 'bad_input'],
    ]);
    await expect(
      room.saveSearch({ name: '../out', search: savedSearch.parse(asked) }, quiet()),
    ).rejects.toMatchObject({ problem: { message: `"../out" cannot be a file's name.` } });
  });
});

describe('by meaning', () => {
  test.each([
    ['my shipment is missing', 1],
    ['give me a reimbursement', 2],
    ['authentication trouble', 3],
    ['software quits unexpectedly', 4],
    ['double payment', 5],
    ['compliment for the staff', 6],
  ])('"%s" finds the ticket meant', async (text, row) => {
    const found = await find({ text, mode: 'vector' });
    expect(rowsOf(found)[0]).toBe(row);
    expect(found.results).toHaveLength(6);
    const scores = found.results.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeLessThanOrEqual(1);
  });

  test('a text is nearest to itself', async () => {
    const { results } = await find({ text: 'It closes when I open the camera', limit: 1 });
    expect(results[0]).toMatchObject({ documentId: '4', row: 4 });
    expect(results[0]?.score).toBeCloseTo(1, 4);
  });
});

describe('by words', () => {
  test('finds the inflected words, ranked', async () => {
    expect(rowsOf(await find({ text: 'charging cards', mode: 'text' }))).toEqual([5]);
    expect(rowsOf(await find({ text: 'zebra', mode: 'text' }))).toEqual([]);
    expect(rowsOf(await find({ text: 'courier or camera', mode: 'text' })).sort()).toEqual([1, 4]);
  });
});

describe('both', () => {
  test('fuse as written by hand: the sum of 1 / (60 + place)', async () => {
    const text = 'my account or money';
    const near = rowsOf(await find({ text, mode: 'vector', limit: 100 }));
    const worded = rowsOf(await find({ text, mode: 'text', limit: 100 }));
    expect(worded.length).toBeGreaterThan(1);
    const byHand = near
      .map((row, at) => ({
        row,
        score: 1 / (61 + at) + (worded.includes(row) ? 1 / (61 + worded.indexOf(row)) : 0),
      }))
      .sort((a, b) => b.score - a.score);
    const { results } = await find({ text, mode: 'hybrid', limit: 100 });
    expect(results.map(({ row }) => row)).toEqual(byHand.map(({ row }) => row));
    for (const [at, { score }] of results.entries())
      expect(score).toBeCloseTo(byHand[at]?.score as number, 12);
  });

  test('fuse by scores as written by hand: the mean of both, each from the least there can be to the best found', async () => {
    const text = 'my account or money';
    const near = (await find({ text, mode: 'vector', limit: 100 })).results;
    const worded = (await find({ text, mode: 'text', limit: 100 })).results;
    const best = [near[0]?.score ?? 0, worded[0]?.score ?? 0] as const;
    const byHand = near
      .map(({ row, score }) => {
        const words = worded.find((one) => one.row === row)?.score ?? 0;
        return { row, score: ((score + 1) / (best[0] + 1) + (3 * words) / best[1]) / 4 };
      })
      .sort((a, b) => b.score - a.score);
    const weights = { meaning: 1, words: 3 };
    const { results } = await find({ text, mode: 'hybrid', fusion: 'scores', weights, limit: 100 });
    expect(results.map(({ row }) => row)).toEqual(byHand.map(({ row }) => row));
    for (const [at, { score }] of results.entries())
      expect(score).toBeCloseTo(byHand[at]?.score as number, 6);
    const wordsAlone = fuseScores([], [{ id: 7, score: 2 }], { meaning: 1, words: 1 }, new Map([[7, 0]]));
    expect(wordsAlone).toMatchObject([{ id: 7, score: 0.5, places: { meaning: null, words: 1 } }]);
  });
});

describe('filters', () => {
  test.each([
    [{ priority: 'high' }, [1, 2, 5]],
    [{ amount: 80 }, [2, 5]],
    [{ amount: null }, [3, 6]],
    [{ open: true, priority: 'high' }, [1, 2]],
    [{ priority: 'none' }, []],
  ])('%j keep exactly the rows that match, in every mode', async (filter, truth) => {
    for (const mode of ['vector', 'hybrid'] as const)
      expect(rowsOf(await find({ text: 'help', mode, filter })).sort()).toEqual(truth);
  });

  test.each([
    [{ amount: { from: 1 } }, [1, 2, 5]],
    [{ amount: { from: 0, to: 12.5 } }, [1, 4]],
    [{ amount: { from: '12.50', to: '80.000' }, open: true }, [1, 2]],
    [{ amount: { to: -1 } }, []],
    [{ priority: { from: 0 } }, []],
    [{ priority: { from: '2000-01-01' } }, []],
  ])('%j keep exactly the rows in the range, in every mode', async (filter, truth) => {
    for (const mode of ['vector', 'hybrid'] as const)
      expect(rowsOf(await find({ text: 'help', mode, filter })).sort()).toEqual(truth);
  });

  test('by days keep the whole last day, of dates and of moments, and pass over words', async () => {
    const { database, embed, find } = await openSearch();
    await makeTickets(database, tickets);
    await database.script(`alter table tickets add column day date, add column at timestamptz, add column word text;
      update tickets set day = date '2024-02-27' + _row::int, at = timestamptz '2024-02-27 23:59:59.5+00' + _row * interval '1 day', word = 'today';
      update tickets set day = 'infinity', at = null, word = '2024-99-99' where _row = 6;
      update tickets set day = '0044-03-15 BC', word = '2024-03-01' where _row = 5`);
    await embed({ table: 'tickets', columns: ['body'], metadata: ['day', 'at', 'word'] });
    const rows = async (filter: object) => rowsOf(await find({ text: 'help', filter })).sort();
    expect(await rows({ day: { from: '2024-02-29', to: '2024-03-01' } })).toEqual([2, 3]);
    expect(await rows({ day: { from: '2024-03-01' } })).toEqual([3, 4, 6]);
    expect(await rows({ day: { to: '2024-02-28' } })).toEqual([1, 5]);
    expect(await rows({ at: { from: '2024-02-29', to: '2024-03-01' } })).toEqual([2, 3]);
    expect(await rows({ at: { to: '2024-02-29T12:00' } })).toEqual([1]);
    expect(await rows({ word: { from: '1999-01-01' } })).toEqual([5]);
  });

  test.each([
    [{}],
    [{ from: '2024-02-30' }],
    [{ from: 'today' }],
    [{ from: 1, to: '2024-02-29' }],
    [{ from: 1, upTo: 2 }],
  ])('refuse %j, which is no range', (range) => {
    expect(search.find.arg.safeParse({ text: 'a', filter: { amount: range } }).success).toBe(false);
  });

  test('by an expression, never short of the limit', async () => {
    const { database, embed, find } = await openSearch();
    await makeTickets(
      database,
      Array.from({ length: 1000 }, (_, at) => ({
        subject: `${at % 100 === 0 ? 'cats' : 'stock exchange'} ${at}`,
        amount: at % 100 === 1 ? 1 : 0,
      })),
    );
    await embed({ table: 'tickets', columns: ['subject'] });
    const where = "(metadata->>'amount')::int = 1 and created_at <= now()";
    const { results } = await find({ text: 'kittens', where, limit: 10 });
    expect(results).toHaveLength(10);
    expect(results.every(({ metadata }) => metadata['amount'] === 1)).toBe(true);
  });

  test('are data: nothing in them is run', async () => {
    const { database } = shared;
    const hostile = "'; drop table collections.tickets; --";
    await find({ text: hostile, mode: 'hybrid', filter: { [hostile]: hostile } });
    await expect(find({ text: 'a', where: 'true) or (true' })).rejects.toMatchObject({
      problem: { code: 'bad_input' },
    });
    await expect(find({ text: 'a', where: 'nonsense = 1' })).rejects.toMatchObject({
      problem: {
        code: 'bad_input',
        message: expect.stringMatching(/condition.*nonsense/),
        at: { param: 'where' },
      },
    });
    expect(await database.query(sql`select count(*)::int as n from collections.tickets`)).toEqual([{ n: 6 }]);
  });

  test('can only read, and what they set ends with them', async () => {
    const { database, room } = shared;
    const where = "set_config('search_path', 'nowhere', false) is not null";
    const place = { filter: {}, where };
    await find({ text: 'a', where }).catch(() => {});
    await room.documentsIn(search.documentsIn.arg.parse(place), quiet()).catch(() => {});
    await room.recall(search.recall.arg.parse(place), quiet()).catch(() => {});
    await room.labelDocuments(
      search.labelDocuments.arg.parse({ ...place, column: 'seen', label: 'a' }),
      quiet(),
    );
    expect((await find({ text: 'a', mode: 'hybrid' })).results).toHaveLength(6);
    await database.script('create sequence counted');
    await expect(find({ text: 'a', where: "nextval('public.counted') > 0" })).rejects.toMatchObject({
      problem: { code: 'bad_input', message: expect.stringContaining('read-only') },
    });
  });

  test('tell and find numbers that JavaScript would round', async () => {
    const { database, embed, find, room } = await openSearch();
    await makeTickets(database, tickets);
    await database.script(
      'alter table tickets add column number bigint; update tickets set number = 9007199254740990 + _row',
    );
    await embed({ table: 'tickets', columns: ['body'] });
    const { results } = await find({ text: 'a', filter: { number: '9007199254740993' } });
    expect(results.map(({ row, metadata }) => [row, metadata['number'], metadata['amount']])).toEqual([
      [3, '9007199254740993', null],
    ]);
    const offered = await room.metadataValues({ collection: 'tickets' }, quiet());
    const numbers = offered.find(({ key }) => key === 'number')?.values.map(({ value }) => value);
    expect(numbers).toEqual([
      9007199254740991,
      '9007199254740992',
      '9007199254740993',
      '9007199254740994',
      '9007199254740995',
      '9007199254740996',
    ]);
  });
});

describe('collections', () => {
  test('none, an unknown one, and several without a name are told in words', async () => {
    const { database, embed, find } = await openSearch();
    await expect(find({ text: 'a' }))
      .rejects.toMatchObject({
        problem: { code: 'not_found', message: expect.stringMatching(/nothing to search/) },
      })
      .catch(() => {});
    await makeTickets(database, tickets);
    await embed({ table: 'tickets', columns: ['body'] });
    await embed({ table: 'tickets', columns: ['subject'], collection: 'subjects' });
    await expect(find({ text: 'a' })).rejects.toMatchObject({
      problem: { code: 'bad_input', hint: 'Collections here: subjects, tickets.' },
    });
    await expect(find({ text: 'a', collection: 'x' })).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
    expect((await find({ text: 'a', collection: 'subjects' })).collection).toBe('subjects');
  });

  test('of another model are refused for meaning, not for words', async () => {
    const { database, embed, find } = await openSearch();
    await makeTickets(database, tickets);
    await embed({ table: 'tickets', columns: ['body'] });
    await database.run(sql`update collections.tickets set model_version = 'old' where source_row = 2`);
    await expect(find({ text: 'refund' })).rejects.toMatchObject({
      problem: { code: 'bad_input', message: expect.stringMatching(/cannot be compared/) },
    });
    expect(rowsOf(await find({ text: 'money', mode: 'text' }))).toEqual([2]);
  });

  test('list the values of their metadata, and are removed whole', async () => {
    const { database, room, embed } = await openSearch();
    await makeTickets(database, tickets);
    await embed({ table: 'tickets', columns: ['body'] });
    const values = await room.metadataValues({ collection: 'tickets' }, quiet());
    expect(values.find(({ key }) => key === 'priority')?.values).toEqual([
      { value: 'high', count: 3 },
      { value: 'low', count: 2 },
      { value: 'medium', count: 1 },
    ]);
    await room.remove({ collection: 'tickets' }, quiet());
    expect(await room.list({}, quiet())).toEqual([]);
    expect(
      await database.query(
        sql`select relname from pg_class where relnamespace = 'collections'::regnamespace`,
      ),
    ).toEqual([]);
  });
});
