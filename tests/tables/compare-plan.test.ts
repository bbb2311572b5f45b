import { expect, test } from 'vitest';
import type { Session } from '../../electron/engine/database/database.ts';
import { compareRows } from '../../electron/engine/import/compare-rows.ts';
import { ident, type Sql, sql } from '../../shared/sql.ts';
import { sharedDatabase } from '../open-test-engine.ts';

const shared = sharedDatabase();

/** A session that writes down how PostgreSQL means to answer each statement. */
function explaining(session: Session, plans: string[]): Session {
  const explain = async (statement: Sql) => {
    const lines = await session.query<{ 'QUERY PLAN': string }>(sql`explain ${statement}`);
    plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
  };
  return {
    ...session,
    one: async (statement: Sql) => (await explain(statement)) ?? session.one(statement),
    query: async (statement: Sql) => (await explain(statement)) ?? session.query(statement),
  } as Session;
}

test('rows are found by hash or merge, never each beside each other, also for a few examples', async () => {
  const database = shared();
  for (const [table, rows] of [
    ['wide', 9000],
    ['long', 500],
  ] as const) {
    await database.run(sql`create table ${ident(table)} (_row bigint primary key, id integer, n integer)`);
    await database.run(
      sql`insert into ${ident(table)} select g, g, g % 7 from generate_series(1, ${rows}) as g`,
    );
  }
  const plans: string[] = [];
  const columns = ['id', 'n'].map((name) => ({ name, from: 'integer', to: 'integer' }));
  await database.use({ reads: true }, (session) =>
    compareRows(explaining(session, plans), { table: sql`long`, stage: sql`wide`, columns, key: ['id'] }),
  );
  expect(plans.filter((plan) => plan.includes('Nested Loop'))).toEqual([]);
  expect(plans).toHaveLength(4);
});
