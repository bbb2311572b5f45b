import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TargetTable } from '../../shared/contract/workspace.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const correctedInTwo = `update t set s = 'B' where id = 2; update t set s = 'C' where id = 3; insert into t values (4, 'd')`;

test('rows that were corrected since they were appended are told in the plan, with the merge that replaces them', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table t as select * from (values (1, 'a'), (2, 'b'), (3, 'c')) v (id, s)`,
  );
  const settle = (t: TargetTable) => engine.workspace.saveTarget({ target: { ...target, tables: { t } } });
  await settle({ mode: 'append' });
  await engine.promote.apply({ target: 'prod' });
  await engine.query.run({ text: correctedInTwo });
  const planned = async () => {
    const { changes } = await engine.promote.plan({ target: 'prod' });
    return changes.find(({ object }) => object === 't');
  };
  const blind = await planned();
  expect([blind?.counts, blind?.again]).toEqual([
    { by: [], added: 3, changed: 0, removed: 2, same: 1 },
    { table: 't', by: [], rows: 2, refused: false },
  ]);
  expect(blind?.says).toContain('Up to 2 rows of the new ones may be corrected since they were appended');
  await settle({ mode: 'append', key: ['id'] });
  const keyed = await planned();
  expect(keyed?.again).toEqual({ table: 't', by: ['id'], rows: 2, refused: false });
  expect(keyed?.says).toContain(
    '2 rows of the new ones (by id) stand there already with other values, and would be there twice. Merge by id replaces them.',
  );
  const { notes } = await engine.promote.apply({ target: 'prod' });
  expect(notes.filter((note) => note.startsWith('Accepted for t: 2 rows'))).toHaveLength(1);
  expect(await ask('select id, s from t order by id, s collate "C"')).toHaveLength(6);
  await engine.promote.rollback({ target: 'prod' });
  await ask('alter table t add primary key (id)');
  expect((await planned())?.again).toEqual({ table: 't', by: ['id'], rows: 2, refused: true });
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toThrow('appending is refused');
  await settle({ mode: 'merge', key: ['id'] });
  expect((await planned())?.again).toBeUndefined();
  await engine.promote.apply({ target: 'prod', acceptDestructive: true });
  expect(await ask('select id, s from t order by id')).toEqual([
    ...[1, 2, 3, 4].map((id) => ({ id, s: ['a', 'B', 'C', 'd'][id - 1] })),
  ]);
});
