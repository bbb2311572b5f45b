import { problem } from '../../../shared/problem.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import { knownTable } from '../database/known-table.ts';
import { dependentsOf } from './dependents.ts';

/** Removes a table, its records and views over it. Rules and pipelines stay as files; running them says what is missing. */
export async function dropTable(context: Context, table: string, evenIfUsed: boolean): Promise<void> {
  await knownTable(context.database, table);
  const dependents = await dependentsOf(context, table);
  if (dependents.length > 0 && !evenIfUsed) {
    throw problem('bad_input', `"${table}" is in use: ${dependents.map(({ says }) => says).join('; ')}.`, {
      hint: 'Drop it anyway only if these may fail. Views over it go with it.',
      at: { table },
    });
  }
  await context.database.transaction({ title: `Dropping ${table}` }, async (session) => {
    await session.run(sql`drop table ${ident('public', table)} cascade`);
    await session.run(sql`delete from assay.tables where name = ${table}`);
    await session.run(sql`delete from assay.imports where table_name = ${table}`);
    await session.run(
      sql`delete from assay.private_columns where table_name = ${table} and from_table <> ''`,
    );
    await session.run(sql`delete from assay.data_quality_checks where table_name = ${table}`);
  });
}
