import { expect, test } from 'vitest';
import {
  clustersByDistance,
  clustersByKey,
  fingerprint,
  pairFingerprint,
} from '../../shared/cluster-values.ts';
import { openShop, pipelineOf } from './open-shop.ts';

const counted = (...values: readonly [string, number][]) =>
  values.map(([value, count]) => ({ value, count }));

test.each([
  ['  Lovelace, Ada ', 'ada lovelace'],
  ['ada LOVELACE', 'ada lovelace'],
  ['Zürich', 'zurich'],
  ['. , !', ''],
])('the fingerprint of %j is %j', (value, key) => {
  expect(fingerprint(value)).toBe(key);
});

test('spellings with one fingerprint, with the same pairs of letters, and a few letters apart', () => {
  expect(
    clustersByKey(
      counted(['Ada Lovelace', 3], ['Lovelace, Ada', 1], ['Bob', 9], ['bob.', 1], ['Cy', 1]),
      fingerprint,
    ),
  ).toEqual([
    { becomes: 'Bob', values: ['bob.'] },
    { becomes: 'Ada Lovelace', values: ['Lovelace, Ada'] },
  ]);
  expect(clustersByKey(counted(['Krzysztof', 2], ['Krzysztoff', 1], ['Anna', 1]), pairFingerprint)).toEqual(
    [],
  );
  expect(clustersByKey(counted(['anana', 1], ['ananana', 2]), pairFingerprint)).toEqual([
    { becomes: 'ananana', values: ['anana'] },
  ]);
  expect(
    clustersByDistance(
      counted(['Birmingham', 9], ['Birmingxam', 1], ['Bern', 4], ['Bonn', 2], ['2024', 3], ['2025', 1]),
    ),
  ).toEqual([{ becomes: 'Birmingham', values: ['Birmingxam'] }]);
});

test('groups are proposed from the values that come to the step', async () => {
  const { engine } = await openShop();
  await engine.query.run({
    text: `create table cities as select *, now() as seen from (values ('Bern'), ('bern '), ('BERN'), ('Basel'), (null)) v(city)`,
  });
  const pipeline = pipelineOf([
    { id: 'cities', kind: 'source', params: { table: 'cities' } },
    { id: 'same', kind: 'standardise', inputs: ['cities'], params: { column: 'city', groups: [] } },
  ]);
  const ask = (way: string) => engine.pipelines.propose({ pipeline, step: 'same', way });
  expect(await ask('fingerprint')).toEqual([{ becomes: 'BERN', values: ['Bern', 'bern '] }]);
  const moments = pipelineOf([
    { id: 'cities', kind: 'source', params: { table: 'cities' } },
    { id: 'same', kind: 'standardise', inputs: ['cities'], params: { column: 'seen', groups: [] } },
  ]);
  await expect(engine.pipelines.propose({ pipeline: moments, step: 'same', way: 'nearest' })).rejects.toThrow(
    '"seen" is timestamp with time zone; spellings are a matter of text.',
  );
  await expect(ask('magic')).rejects.toMatchObject({ problem: { code: 'bad_input' } });
  await expect(
    engine.pipelines.propose({ pipeline, step: 'cities', way: 'fingerprint' }),
  ).rejects.toMatchObject({ problem: { message: 'The step "cities" proposes nothing by "fingerprint".' } });
});
