import pg from 'pg';
import { openTestEngine } from '../open-test-engine.ts';
import type { TestPostgres } from '../postgres/start-postgres.ts';

let databases = 0;

/** A workspace with the given SQL run in it, and an empty database on the server as its target `prod`. */
export async function openTarget(server: TestPostgres, sql: string) {
  const database = `target${++databases}`;
  await ask(server, 'postgres', `create database ${database}`);
  const opened = await openTestEngine();
  const { host, port, user } = server;
  const target = { name: 'prod', kind: 'postgres', host, port, user, database, tls: 'disable' } as const;
  await opened.engine.workspace.saveTarget({ target });
  await opened.engine.query.run({ text: sql });
  return { ...opened, target, ask: (text: string) => ask(server, database, text) };
}

async function ask({ host, port, user }: TestPostgres, database: string, text: string) {
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  try {
    return (await client.query(text)).rows as readonly Record<string, unknown>[];
  } finally {
    await client.end();
  }
}
