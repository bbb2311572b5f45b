import { rowColumn } from '../../../shared/column.ts';
import { ident, join, names, type Sql, sql } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import type { Target } from './target.ts';

/** Where former versions of tables stand as long as an undo may come back to them. */
const formerSchema = 'assay_former';

/** A former version larger than this is not kept, nor several that are larger together. */
export const mostBytes = 2 * 2 ** 30;

/** How an import can be undone. */
export interface Former {
  readonly kind: 'created' | 'replaced' | 'refilled' | 'added' | 'merged';
  readonly relation: string | null;
  readonly lastRow: number;
  readonly refused: string | null;
  /** Columns that the table did not have before. */
  readonly addedColumns?: readonly string[];
}

export const formerTable = (relation: string): Sql => ident(formerSchema, relation);

/** A new table: undoing takes it away. */
export const created: Former = { kind: 'created', relation: null, lastRow: 0, refused: null };

/** Moves a table that is about to be replaced aside; a very large one is dropped instead. */
export async function setAside(session: Session, table: string, as: string): Promise<Former> {
  const name = ident('public', table);
  if (await isTooLarge(session, table)) {
    await session.run(sql`drop table ${name}`);
    return { kind: 'replaced', relation: null, lastRow: 0, refused: tooLarge };
  }
  await session.run(sql`create schema if not exists ${ident(formerSchema)}`);
  await session.run(sql`alter table ${name} set schema ${ident(formerSchema)}`);
  await session.run(sql`alter table ${formerTable(table)} rename to ${ident(as)}`);
  return { kind: 'replaced', relation: as, lastRow: 0, refused: null };
}

/** Copies the rows of a table that is about to be emptied and filled again. */
export async function copyAside(session: Session, table: string, as: string): Promise<Former> {
  if (await isTooLarge(session, table))
    return { kind: 'refilled', relation: null, lastRow: 0, refused: tooLarge };
  await session.run(sql`create schema if not exists ${ident(formerSchema)}`);
  await session.run(sql`create table ${formerTable(as)} as table ${ident('public', table)}`);
  return { kind: 'refilled', relation: as, lastRow: 0, refused: null };
}

/** Remembers where the rows of a table ended before others were added. */
export async function beforeAdding(session: Session, table: string): Promise<Former> {
  return { kind: 'added', relation: null, lastRow: await lastRow(session, table), refused: null };
}

/** Copies the rows that a merge is about to change. */
export async function beforeMerging(
  session: Session,
  { table }: Target,
  stage: Sql,
  key: readonly string[],
  as: string,
): Promise<Former> {
  const same = join(
    key.map((name) => sql`t.${ident(name)} = s.${ident(name)}`),
    sql` and `,
  );
  await session.run(sql`create schema if not exists ${ident(formerSchema)}`);
  await session.run(
    sql`create table ${formerTable(as)} as select t.* from ${ident('public', table)} as t
      where exists (select 1 from ${stage} as s where ${same})`,
  );
  return { kind: 'merged', relation: as, lastRow: await lastRow(session, table), refused: null };
}

/** Puts a table back as it was before an import. */
export async function putBack(session: Session, table: string, former: Former, columns: readonly string[]) {
  const name = ident('public', table);
  const row = ident(rowColumn);
  const { kind, relation, lastRow: last, addedColumns = [] } = former;
  const before = columns.filter((column) => !addedColumns.includes(column));
  if (kind === 'created' || kind === 'replaced') await session.run(sql`drop table ${name}`);
  if (kind === 'replaced' && relation) {
    await session.run(sql`alter table ${formerTable(relation)} set schema public`);
    await session.run(sql`alter table ${ident('public', relation)} rename to ${ident(table)}`);
  }
  if (kind === 'refilled' && relation) {
    const list = names([rowColumn, ...columns]);
    await session.run(sql`delete from ${name}`);
    await session.run(
      sql`insert into ${name} (${list}) select ${list} from ${formerTable(relation)} order by ${row}`,
    );
  }
  if (kind === 'added' || kind === 'merged')
    await session.run(sql`delete from ${name} where ${row} > ${last}`);
  if (kind === 'merged' && relation) {
    const set = join(before.map((column) => sql`${ident(column)} = f.${ident(column)}`));
    await session.run(
      sql`update ${name} as t set ${set} from ${formerTable(relation)} as f where t.${row} = f.${row}`,
    );
  }
  for (const column of addedColumns) await session.run(sql`alter table ${name} drop column ${ident(column)}`);
}

/** Drops a version that nothing will go back to. */
export async function dropFormer(session: Session, relation: string | null): Promise<void> {
  if (relation !== null) await session.run(sql`drop table if exists ${formerTable(relation)}`);
}

/** Drops former versions whose tables are gone. Called when a workspace is opened. */
export async function recoverFormer(database: Database): Promise<void> {
  const orphans = await database.query<{ name: string }>(
    sql`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${formerSchema} and c.relkind = 'r'
        and not exists (select from assay.undos u where u.relation = c.relname)`,
  );
  for (const { name } of orphans) await database.run(sql`drop table if exists ${formerTable(name)}`);
}

const tooLarge = 'The version before it took more than 2 GB and was not kept.';

async function isTooLarge(session: Session, table: string): Promise<boolean> {
  const { bytes } = await session.one<{ bytes: number }>(
    sql`select pg_total_relation_size(to_regclass(format('public.%I', ${table}::text))) as bytes`,
  );
  return Number(bytes) > mostBytes;
}

async function lastRow(session: Session, table: string): Promise<number> {
  const { last } = await session.one<{ last: number }>(
    sql`select coalesce(max(${ident(rowColumn)}), 0) as last from ${ident('public', table)}`,
  );
  return Number(last);
}
