import { problem } from '../../../shared/problem.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import type { Session } from '../database/database.ts';
import { knownTable } from '../database/known-table.ts';
import { type Renaming, renameInFiles } from './rename-in-files.ts';

/** Gives a table another name wherever it is named by itself; written SQL is followed by the room of pipelines. */
export async function renameTable(
  { database, workspace }: Context,
  table: string,
  to: string,
): Promise<void> {
  await database.transaction({ title: `Renaming ${table}` }, async (session) => {
    await knownTable(session, table);
    await refuseTaken(session, to);
    await session.run(sql`alter table ${ident('public', table)} rename to ${ident(to)}`);
    await renameRecords(session, table, to);
  });
  await renameInFiles(workspace, [{ from: table, to }]);
}

async function refuseTaken(session: Session, name: string): Promise<void> {
  const taken = await session.maybeOne(
    sql`select 1 from pg_class where relname = ${name} and relnamespace = 'public'::regnamespace`,
  );
  if (taken)
    throw problem('bad_input', `There is something called "${name}" already.`, {
      hint: 'Choose another name.',
    });
}

/** The catalog's part of a renaming. */
export async function renameRecords(session: Session, table: string, to: string): Promise<void> {
  await session.run(sql`update assay.tables set name = ${to} where name = ${table}`);
  await session.run(sql`insert into assay.table_renames (from_name, to_name) values (${table}, ${to})`);
  await session.run(sql`update assay.imports set table_name = ${to} where table_name = ${table}`);
  await session.run(sql`update assay.data_quality_checks set table_name = ${to} where table_name = ${table}`);
  await renamePrivacy(session, table, to);
  await session.run(sql`update assay.collections set table_name = ${to} where table_name = ${table}`);
}

/** Every renaming there was, in its order. */
export const listRenames = (session: Session): Promise<readonly Renaming[]> =>
  session.query<Renaming>(
    sql`select from_name as "from", to_name as "to" from assay.table_renames order by id`,
  );

const passing = '\u0001';

/** A name that no table can have, by way of which two may swap theirs. */
export const passingName = (at: number): string => `${passing}${at}`;

/** Whether a name was only passed by, and stands for another table each time. */
export const isPassing = (name: string): boolean => name.startsWith(passing);

/** What is remembered of a table that is gone and had the new name may be of the same columns: the newer holds. */
async function renamePrivacy(session: Session, table: string, to: string): Promise<void> {
  await session.run(sql`
    with moved as (
      delete from assay.private_columns where ${table} in (table_name, from_table) returning *
    )
    insert into assay.private_columns (table_name, column_name, file, from_table, from_column,
      version, import_id, relation, attnum, from_relation, from_attnum)
    select distinct on (1, 2, 3, 4, 5) case table_name when ${table} then ${to} else table_name end, column_name, file,
      case from_table when ${table} then ${to} else from_table end, from_column,
      version, import_id, relation, attnum, from_relation, from_attnum
    from moved order by 1, 2, 3, 4, 5, moved.table_name <> ${table}
    on conflict (table_name, column_name, file, from_table, from_column) do update
    set version = excluded.version, import_id = excluded.import_id, relation = excluded.relation,
      attnum = excluded.attnum, from_relation = excluded.from_relation, from_attnum = excluded.from_attnum`);
}
