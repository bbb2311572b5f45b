import { afterAll, beforeAll, expect, test } from 'vitest';
import { driftExamples, driftInWords } from '../../shared/drift-words.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const rows = `select n as id, 'here ' || n as body from generate_series(1, 5) n`;

test('rows corrected there that a merge would overwrite are told, and kept unless that is accepted', async () => {
  const { engine, ask, target } = await openTarget(server, `create table t as ${rows}`);
  await engine.workspace.saveTarget({ target: { ...target, tables: { t: { mode: 'merge', key: ['id'] } } } });
  await engine.promote.apply({ target: 'prod' });
  await engine.query.run({ text: `update t set body = 'new' where id = 5` });
  await ask(`insert into t values (70, 'theirs')`);
  const planned = async () => {
    const { drift, fingerprint } = await engine.promote.plan({ target: 'prod' });
    return { drift: drift.map((one) => [driftInWords(one), ...driftExamples(one)]), fingerprint };
  };
  expect((await planned()).drift).toEqual([]);
  await ask(`update t set body = 'corrected' where id = 2`);
  const { drift, fingerprint } = await planned();
  expect(drift).toEqual([
    ['1 row that would be replaced was changed there', 'id 2: body: corrected there, here 2 here'],
  ]);
  const accepted = { target: 'prod', acceptDestructive: true };
  await expect(engine.promote.apply(accepted)).rejects.toThrow(
    't: 1 row that would be replaced was changed there (id 2: body: corrected there, here 2 here)',
  );
  await ask(`update t set body = 'corrected again' where id = 2`);
  await expect(engine.promote.apply({ ...accepted, fingerprint, acceptDrift: true })).rejects.toThrow(
    'Something changed here or on the target',
  );
  await ask('delete from t where id = 3');
  expect((await planned()).drift[0]?.[0]).toBe(
    '1 row that would be replaced was changed there, 1 row that would come back was removed there',
  );
  expect((await engine.promote.apply({ ...accepted, acceptDrift: true })).status).toBe('verified');
  const bodies = ['here 1', 'here 2', 'here 3', 'here 4', 'new', 'theirs'];
  expect((await ask('select body from t order by id')).map(({ body }) => body)).toEqual(bodies);
  expect((await planned()).drift).toEqual([]);
});

test('versions corrected there that a history would end are told, and those that ended before are not', async () => {
  const { engine, ask, target } = await openTarget(server, `create table h as ${rows}`);
  await engine.workspace.saveTarget({ target: { ...target, tables: { h: { mode: 'scd2', key: ['id'] } } } });
  await engine.promote.apply({ target: 'prod' });
  await engine.query.run({ text: `update h set body = 'new' where id = 5` });
  await engine.promote.apply({ target: 'prod' });
  await ask(`update h set body = 'older' where id = 5 and not is_current`);
  expect((await engine.promote.plan({ target: 'prod' })).drift).toEqual([]);
  await ask(`update h set body = 'corrected' where id = 2`);
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toThrow(
    'h: 1 row that would be replaced was changed there',
  );
  expect(await ask('select body from h where id = 2')).toEqual([{ body: 'corrected' }]);
});

test('a row that is corrected there while a merge is loaded stops it, and stays', async () => {
  const { engine, ask, target } = await openTarget(server, `create table t as ${rows}`);
  await engine.workspace.saveTarget({ target: { ...target, tables: { t: { mode: 'merge', key: ['id'] } } } });
  await engine.promote.apply({ target: 'prod' });
  await engine.query.run({ text: `update t set body = 'new' where id = 5` });
  let written: Promise<unknown> | undefined;
  const onProgress = ({ title }: { readonly title?: string }) => {
    if (title?.startsWith('Sending')) written ??= ask(`update t set body = 'corrected' where id = 2`);
  };
  const promoting = engine.promote.apply({ target: 'prod', acceptDestructive: true }, { onProgress });
  // Found when it is sent, when it is compared or when it is swapped in, by when it came.
  await expect(promoting).rejects.toThrow(/t (was changed on the target|arrived different)/);
  await written;
  expect(await ask('select body from t where id = 2')).toEqual([{ body: 'corrected' }]);
});
