import { type Column, userColumns } from '../../../../shared/column.ts';
import { ProblemError } from '../../../../shared/problem.ts';
import { ident, join, names, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import type { ReadableTable } from '../plan/known-tables.ts';
import { fault } from '../plan/step-problems.ts';
import { fitStage, sameValues } from './fit-stage.ts';
import { refuseBadKeys, sameKey, stagedColumns } from './merge-stage.ts';
import type { Staged } from './staged.ts';

const [from, to] = ['valid_from', 'valid_to'];

/**
 * Makes a stage the first state of a table that keeps every version of a row: each holds from now on, without an end.
 * Slowly changing dimension, type 2 (Kimball and Ross, The Data Warehouse Toolkit).
 */
export async function beginHistory(session: Session, made: Staged, key: readonly string[]): Promise<void> {
  refuseOwnTimes(made, await stagedColumns(session, made.stage));
  await refuseBadKeys(session, made, key);
  await session.run(sql`alter table ${ident('assay', made.stage)}
    add column ${ident(from)} timestamptz not null default now(), add column ${ident(to)} timestamptz`);
}

/** Ends the versions of which a value changed (10.50 is 10.5), and adds the new ones; the number of rows of the table then, ended ones included. */
export async function keepHistory(
  session: Session,
  made: Staged,
  known: ReadableTable,
  { key, ends }: { readonly key: readonly string[]; readonly ends: boolean },
): Promise<number> {
  const columns = await stagedColumns(session, made.stage);
  refuseOwnTimes(made, columns);
  await refuseBadKeys(session, made, key);
  const [stage, table] = [ident('assay', made.stage), ident('public', made.table)];
  const there = await withTimes(session, made.table, known);
  await fitStage(session, made, columns, there);
  const list = columns.map(({ name }) => name);
  const same = sameValues(there);
  const gone = ends ? sql`not exists (select from ${stage} as s where ${sameKey(key)}) or` : sql``;
  await session.run(sql`
    update ${table} as t set ${ident(to)} = now()
    where t.${ident(to)} is null
    and (${gone} exists (select from ${stage} as s where ${sameKey(key)} and not (${same})))`);
  await session.run(sql`
    insert into ${table} (_row, ${names([...list, from])})
    select (select coalesce(max(_row), 0) from ${table}) + row_number() over (order by s._row),
      ${join(list.map((name) => sql`s.${ident(name)}`))}, now()
    from ${stage} as s
    where not exists (select from ${table} as t where t.${ident(to)} is null and ${sameKey(key)})`);
  await session.run(sql`drop table ${stage}`);
  const { rows } = await session.one<{ rows: number }>(sql`select count(*) as rows from ${table}`);
  return Number(rows);
}

/** A table that another mode wrote before: what is there holds since it was written. */
async function withTimes(session: Session, table: string, { columns }: ReadableTable): Promise<Column[]> {
  const own = userColumns(columns).filter(({ name }) => name !== from && name !== to);
  if (own.length === userColumns(columns).length) {
    const since = sql`(select updated_at from assay.tables where name = ${table})`;
    await session.run(sql`alter table ${ident('public', table)}
      add column ${ident(from)} timestamptz, add column ${ident(to)} timestamptz`);
    await session.run(sql`update ${ident('public', table)} set ${ident(from)} = ${since}`);
    await session.run(sql`alter table ${ident('public', table)} alter column ${ident(from)} set not null`);
  }
  return own;
}

function refuseOwnTimes({ step, table }: Staged, columns: readonly Column[]): void {
  const taken = columns.find(({ name }) => name === from || name === to);
  if (!taken) return;
  const words = `"${table}" keeps the time each row held in ${from} and ${to}; the rows have a column ${taken.name} of their own.`;
  throw new ProblemError(fault(step, words, 'Rename it in a step before.', { table }));
}
