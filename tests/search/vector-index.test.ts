import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { usualKind } from '../../electron/engine/search/index/vector-index.ts';
import { type IndexKind, search } from '../../shared/contract/search.ts';
import { sql } from '../../shared/sql.ts';
import { clusteredVectors } from '../bench/clustered-vectors.ts';
import { openSharedSearch, quiet } from './open-search.ts';
import { makeVectorCollection } from './vector-collection.ts';

const shared = await openSharedSearch();
const { database, room } = shared;
const documents = 7000;
await makeVectorCollection(database, 'made', documents, clusteredVectors(32, 60));
const made = await room.setIndex({ collection: 'made', kind: 'bitlists' }, quiet());
afterAll(shared.close);

const find = (asked: object) =>
  room.find(search.find.arg.parse({ like: { plus: ['17'] }, ...asked }), quiet());
const truth = (where: string, limit: number) =>
  database.query<{ row: number }>(sql`
    select source_row as row from collections.made
    where ${where === 'all' ? sql`true` : sql`(metadata->>'p')::int < ${Number(where)}`} and document_id <> '17'
    order by (embedding <=> (select embedding from collections.made where document_id = '17')) + 0, id limit ${limit}`);

describe('an index of lists of bits', () => {
  test('is made, told, and used where nothing is filtered', async () => {
    expect(made).toMatchObject({ kind: 'bitlists', chosen: 'bitlists' });
    expect(made.bytes).toBeGreaterThan(0);
    const found = await find({ limit: 10 });
    expect(found.meaningBy).toBe('bitlists');
    expect(found.results.map(({ row }) => ({ row }))).toEqual(await truth('all', 10));
  });

  test('never shortens a filtered result: fewer candidates than wanted are compared exactly', async () => {
    const cases = fc.record({
      below: fc.integer({ min: 1, max: 100 }),
      limit: fc.integer({ min: 1, max: 300 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ below, limit }) => {
        const found = await find({ where: `(metadata->>'p')::int < ${below}`, limit });
        const best = await truth(String(below), limit);
        expect(found.results).toHaveLength(best.length);
        if (found.meaningBy === 'exact') expect(found.results.map(({ row }) => ({ row }))).toEqual(best);
      }),
      { numRuns: 15 },
    );
    const one = await find({ filter: { first: true }, limit: 10 });
    expect(one).toMatchObject({ meaningBy: 'exact', results: [{ row: 0 }] });
  });

  test('is held against an exact search, also under filters', async () => {
    const asked = search.recall.arg.parse({ collection: 'made', sample: 10 });
    const recall = await room.recall(asked, quiet());
    expect(recall).toMatchObject({ kind: 'bitlists', sample: 10, nearest: 10 });
    expect(recall.recall).toBeGreaterThan(0.9);
    const filtered = await room.recall({ ...asked, filter: { p: 7 } }, quiet());
    expect(filtered).toMatchObject({ kind: 'exact', recall: 1 });
    await expect(room.recall({ ...asked, filter: { p: 700 } }, quiet())).rejects.toMatchObject({
      problem: { message: 'There is nothing to measure: no document passes the filters.' },
    });
  });

  test('every kind is measured, and one that finds enough is advised', async () => {
    const asked = search.advise.arg.parse({ collection: 'made', sample: 5, most: 1000, wanted: 0.9 });
    const advice = await room.advise(asked, quiet());
    expect(advice).toMatchObject({ documents, measured: 1000 });
    expect(advice.kinds.map(({ kind }) => kind)).toEqual(['exact', 'bitlists', 'bits', 'hnsw', 'ivfflat']);
    for (const { kind, bytes, recall } of advice.kinds) {
      expect(bytes > 0).toBe(kind !== 'exact');
      expect(recall).toBeGreaterThan(0.5);
    }
    const advised = advice.kinds.find(({ kind }) => kind === advice.advised);
    expect(advised?.recall).toBeGreaterThanOrEqual(0.9);
  });

  test.each(['bits', 'hnsw', 'ivfflat', 'exact'] as const)('can be %s instead', async (kind) => {
    expect(await room.setIndex({ kind }, quiet())).toMatchObject({ kind, chosen: kind });
    const found = await find({ limit: 5 });
    expect(found.meaningBy).toBe(kind);
    expect(found.results).toHaveLength(5);
  });

  test('of few dimensions is over the vectors themselves: so few bits tell too little apart', async () => {
    const recallBy = async (kind: IndexKind) => {
      await room.setIndex({ kind }, quiet());
      return (await room.recall(search.recall.arg.parse({ sample: 20, nearest: 50 }), quiet())).recall;
    };
    expect(await recallBy('bitlists')).toBeLessThan(0.98);
    expect(await recallBy(usualKind(26_000, 32))).toBeGreaterThanOrEqual(0.98);
    expect([
      usualKind(19_999, 33),
      usualKind(26_000, 1),
      usualKind(26_000, 2),
      usualKind(26_000, 33),
      usualKind(26_000, 384),
      usualKind(26_000, 3072),
    ]).toEqual(['exact', 'exact', 'ivfflat', 'ivfflat', 'bitlists', 'bitlists']);
  });

  test('is left to Assay, which takes none for so few', async () => {
    expect(await room.setIndex({ kind: null }, quiet())).toMatchObject({
      kind: 'exact',
      chosen: null,
      bytes: 0,
    });
  });
});
