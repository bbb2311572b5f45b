import { type Column, userColumns } from '../../../../shared/column.ts';
import { ProblemError } from '../../../../shared/problem.ts';
import { ident, join, names, type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import type { ReadableTable } from '../plan/known-tables.ts';
import { fault } from '../plan/step-problems.ts';
import { fitStage } from './fit-stage.ts';
import type { Staged } from './staged.ts';

/** Brings staged rows into a table that is there, by its mode; the number of rows it has then. Rows that stay keep their address. */
export async function mergeStage(session: Session, made: Staged, known: ReadableTable): Promise<number> {
  const { stage, table, into } = made;
  const from = ident('assay', stage);
  const to = ident('public', table);
  const columns = await stagedColumns(session, stage);
  await fitStage(session, made, columns, known.columns);
  const list = columns.map(({ name }) => name);
  const key = into.mode === 'upsert' ? into.key : [];
  if (key.length > 0) {
    await refuseBadKeys(session, made, key);
    await session.run(
      sql`update ${to} as t set ${settings(list, key)} from ${from} as s where ${sameKey(key)}`,
    );
  }
  const isNew = key.length > 0 ? sql`where not exists (select from ${to} as t where ${sameKey(key)})` : sql``;
  await session.run(sql`
    insert into ${to} (_row, ${names(list)})
    select (select coalesce(max(_row), 0) from ${to}) + row_number() over (order by s._row), ${join(list.map((name) => sql`s.${ident(name)}`))}
    from ${from} as s ${isNew}`);
  await session.run(sql`drop table ${from}`);
  const { rows } = await session.one<{ rows: number }>(sql`select count(*) as rows from ${to}`);
  return Number(rows);
}

/** True where `t` and `s` have the same key. */
export const sameKey = (key: readonly string[]): Sql =>
  join(
    key.map((name) => sql`t.${ident(name)} = s.${ident(name)}`),
    sql` and `,
  );

/** A key column is set too where there is nothing else: an UPDATE has to set something. */
function settings(columns: readonly string[], key: readonly string[]): Sql {
  const others = columns.filter((name) => !key.includes(name));
  return join((others.length > 0 ? others : key).map((name) => sql`${ident(name)} = s.${ident(name)}`));
}

/** The columns of a stage, without its row numbers. */
export const stagedColumns = async (session: Session, stage: string): Promise<Column[]> =>
  userColumns(await session.describe(sql`select * from ${ident('assay', stage)}`));

/** A key has to name one row. */
export async function refuseBadKeys(
  session: Session,
  { step, stage, table }: Staged,
  key: readonly string[],
): Promise<void> {
  const columns = join(key.map((name) => ident(name)));
  const { bad, first } = await session.one<{ bad: number; first: string | null }>(sql`
    select count(*) as bad, min(said) as first from (
      select concat_ws(', ', ${join(key.map((name) => sql`coalesce(${ident(name)}::text, 'null')`))}) as said
      from ${ident('assay', stage)} group by ${columns} having count(*) > 1 or num_nulls(${columns}) > 0
    ) as keys`);
  if (Number(bad) === 0) return;
  const list = key.join(', ');
  const said =
    Number(bad) === 1
      ? `The key ${first} (${list}) stands several times or is null`
      : `${bad} keys (${list}) stand several times or are null, ${first} for one`;
  const words = `${said}; "${table}" would not know which row to keep.`;
  throw new ProblemError(
    fault(step, words, 'Remove duplicates and nulls in a step before.', { table, param: 'key' }),
  );
}
