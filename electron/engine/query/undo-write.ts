import type { QueryUndo } from '../../../shared/contract/query.ts';
import { counted } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, names, sql, toText } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import { beforeSql, reconcileTables } from '../tables/reconcile.ts';
import { recordedTables } from './record-write.ts';

interface Created {
  readonly name: string;
  readonly kind: 'table' | 'view' | 'materialized view';
  readonly oid: number;
}

interface UndoRecord {
  readonly text: string;
  readonly at: string;
  readonly tables: readonly { readonly name: string; readonly version: number; readonly rows: number }[];
  readonly created: readonly Created[];
  /** Tables that changed since, or are gone; of what was made, also what has another name now, or gave its own away. */
  readonly changed: readonly string[];
}

/** What there is in schema public, to see afterwards what a write made. */
export const relationsNow = (session: Session): Promise<readonly Created[]> =>
  session.query<Created>(sql`
    select c.oid::bigint as oid, c.relname as name,
      case c.relkind when 'r' then 'table' when 'v' then 'view' else 'materialized view' end as kind
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm') order by c.oid`);

/** Remembers how the write that just happened is undone, instead of the one before it. */
export async function keepUndo(session: Session, text: string, before: readonly Created[]): Promise<void> {
  const after = await relationsNow(session);
  const created = after.filter(({ oid }) => !before.some((old) => old.oid === oid));
  const recorded = (await recordedTables(session)).filter(
    ({ name }) => !created.some((made) => made.name === name),
  );
  await forgetUndo(session);
  if (created.length === 0 && recorded.length === 0) return;
  await session.run(sql`
    insert into assay.query_undo (text, created, tables)
    select ${text}, (
      select coalesce(jsonb_agg(to_jsonb(m) || jsonb_build_object('version', t.version) order by m.oid), '[]')
      from jsonb_to_recordset(${JSON.stringify(created)}::jsonb) as m(name text, kind text, oid bigint)
      left join assay.tables t on t.name = m.name), coalesce(jsonb_agg(
      jsonb_build_object('name', r.name, 'rows', r.rows, 'version', t.version) order by r.name), '[]')
    from jsonb_to_recordset(${JSON.stringify(recorded)}::jsonb) as r(name text, rows bigint)
    join assay.tables t on t.name = r.name`);
}

/** A write that cannot be undone came after it: what was recorded is no more the last. */
export async function forgetUndo(session: Session): Promise<void> {
  await session.run(sql`delete from assay.query_undo`);
}

const recordOf = (session: Session): Promise<UndoRecord | undefined> =>
  session.maybeOne<UndoRecord>(sql`
    select u.text, to_json(u.written_at) #>> '{}' as at, u.tables, u.created, array(
      select k.name from jsonb_to_recordset(u.tables) as k(name text, version bigint)
      where not exists (select from assay.tables t where t.name = k.name and t.version = k.version)
      union all select k.name from jsonb_to_recordset(u.created) as k(name text, oid bigint, version bigint)
      where exists (select from assay.tables t where t.name = k.name and t.version <> k.version) or exists (
        select from pg_class c
        where (c.oid = k.oid) <> (c.relname = k.name and c.relnamespace = 'public'::regnamespace))) as changed
    from assay.query_undo u`);

/** Whether the last write can be undone, and what that would do. */
export async function undoState(session: Session): Promise<QueryUndo> {
  const record = await recordOf(session);
  if (!record) return { possible: false, says: 'There is no write that can be undone.' };
  const { text, at, changed } = record;
  const why = refusal(changed);
  return { possible: why === undefined, says: why ?? effectOf(record), text, at };
}

function refusal(changed: readonly string[]): string | undefined {
  if (changed.length === 0) return undefined;
  return `${changed.join(', ')} changed after the write; undoing would lose that.`;
}

function effectOf({ tables, created }: UndoRecord): string {
  const rows = tables.map((table) => `${counted(table.rows, 'row')} of ${table.name}`);
  const made = created.map(({ kind, name }) => `the ${kind} ${name} goes away`);
  const one = tables.length === 1 && tables[0]?.rows === 1;
  return [
    rows.length > 0 ? `${rows.join(', ')} ${one ? 'becomes what it was' : 'become what they were'}` : '',
    ...made,
  ]
    .filter(Boolean)
    .join('; ');
}

/** Takes the last write back: all of it, or nothing. */
export async function undoWrite(database: Database, signal: AbortSignal): Promise<QueryUndo> {
  return database.transaction({ title: 'Undoing the last write', signal }, async (session) => {
    const record = await recordOf(session);
    if (!record) throw problem('not_found', 'There is no write that can be undone.');
    const why = refusal(record.changed);
    if (why) throw problem('bad_input', `The last write cannot be undone. ${why}`);
    const before = await beforeSql(session);
    // Foreign keys hold again when all is as it was, and the analyst's own triggers already had their say.
    await session.run(sql`set local session_replication_role = replica`);
    for (const { name } of record.tables) await putBackRows(session, name);
    for (const { kind, name } of record.created.toReversed()) await dropCreated(session, kind, name);
    await forgetUndo(session);
    await session.run(sql`drop schema if exists assay_undo cascade`);
    await reconcileTables(session, before);
    return { possible: false, says: effectOf(record), text: record.text, at: record.at };
  });
}

async function dropCreated(session: Session, kind: Created['kind'], name: string): Promise<void> {
  const what = { table: sql`table`, view: sql`view`, 'materialized view': sql`materialized view` }[kind];
  await session.run(sql`drop ${what} if exists ${ident('public', name)}`);
}

/** Rows that changed go, and those come back whose first change was not to be made. */
async function putBackRows(session: Session, name: string): Promise<void> {
  const table = ident('public', name);
  const place = sql`${toText(table)}::regclass`;
  const columns = await session.query<{ name: string }>(sql`
    select attname as name from pg_attribute where attrelid = ${place} and attnum > 0 and not attisdropped
      and attgenerated = '' order by attnum`);
  const list = names(columns.map((column) => column.name));
  await session.run(sql`
    delete from ${table} where _row in (select row from assay_undo.rows where of_table = ${place})`);
  await session.run(sql`
    insert into ${table} (${list}) overriding system value
    select ${list} from (
      select (first.was::${table}).* from (
        select distinct on (row) row, was from assay_undo.rows where of_table = ${place} order by row, seq
      ) as first where first.was is not null order by first.row) as back`);
}
