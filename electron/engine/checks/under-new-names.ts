import { relative } from 'node:path';
import type { TableChecks } from '../../../shared/contract/checks.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { renamedTables } from '../pipelines/plan/known-tables.ts';
import { relationNames } from '../tables/table-snapshot.ts';
import type { Remembered } from './remembered-privacy.ts';

/**
 * What files say of tables that have another name now, and that they do not call by it: what is private stays so. Its file
 * could not be written, is older than the name, or is about to be written.
 */
export async function underNewNames(
  database: Database,
  known: readonly TableChecks[],
  { dir, told }: Pick<Remembered, 'told'> & { readonly dir: string },
): Promise<TableChecks[]> {
  if (known.length === 0) return [];
  return database.use({ title: 'Reading names', reads: true }, async (session) => {
    const renamed = new Map([...(await renamedTables(session)), ...(await renamedByNumber(session))]);
    if (renamed.size === 0) return [];
    const there = new Set((await relationNames(session)).map(({ name }) => name));
    return known.flatMap((one) => {
      const now = renamed.get(one.table);
      if (now === undefined || one.of || !there.has(now)) return [];
      if (known.some(({ table }) => table === now)) return [];
      const file = relative(dir, one.file);
      const isHeld = told.some((column) => column.table === now && column.file === file);
      return isHeld || !there.has(one.table) ? [calledNow(one, now)] : [];
    });
  });
}

/** What tables with private columns are called now, by their numbers: however they came to that name. */
async function renamedByNumber(session: Session): Promise<readonly (readonly [string, string])[]> {
  const rows = await session.query<{ from: string; to: string }>(sql`
    select distinct p.table_name as "from", c.relname as "to" from assay.private_columns p
    join pg_class c on c.oid = p.relation and c.relnamespace = 'public'::regnamespace and c.relname <> p.table_name
    where p.from_table = ''`);
  return rows.map(({ from, to }) => [from, to] as const);
}

function calledNow(one: TableChecks, now: string): TableChecks {
  const failed = problem(
    'bad_input',
    `${one.file} calls the table "${one.table}", which is called "${now}" now; its rules are not run.`,
    { hint: 'Write the new name there.', at: { file: one.file, table: now } },
  ).problem;
  return {
    ...one,
    table: now,
    rules: [],
    others: 0,
    problems: [failed, ...one.problems],
    problem: one.unreadable ? (one.problem ?? failed) : failed,
  };
}
