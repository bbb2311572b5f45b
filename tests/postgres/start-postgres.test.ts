import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from './start-postgres.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres({ password: "it's secret" });
});
afterAll(() => server.stop());

async function ask(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('the server has pgvector', async () => {
  await ask('create extension vector');
  expect(await ask(`select '[1,2]'::vector <-> '[1,4]' as distance`)).toEqual([{ distance: 2 }]);
});

test('what was committed survives a crash', async () => {
  await ask('create table kept as select 1 as n');
  await server.kill();
  await expect(ask('select 1')).rejects.toThrow();
  await server.restart();
  expect(await ask('select n from kept')).toEqual([{ n: 1 }]);
});

test('a wrong password is refused', async () => {
  const client = new pg.Client({
    ...{ host: server.host, port: server.port },
    user: server.user,
    password: 'no',
  });
  await expect(client.connect()).rejects.toThrow('password authentication failed');
});
