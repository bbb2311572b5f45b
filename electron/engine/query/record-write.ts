import { sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/**
 * Records every changed row as it was, by triggers that stand only inside the transaction of the write: whatever changes
 * rows is caught, also a cascade, a function or another trigger. Rows are kept as PostgreSQL's own text of a row, which
 * gives every type back exactly.
 */
export async function beginRecording(session: Session): Promise<void> {
  await session.script(schema);
  await session.script(eachTable(install));
}

/** Takes the triggers away again; what was recorded stays. */
export async function endRecording(session: Session): Promise<void> {
  await session.run(sql`set constraints all immediate`);
  await session.script(eachTable(remove));
}

/** A table whose rows changed, and how many. */
export interface RecordedTable {
  readonly name: string;
  readonly rows: number;
}

/** What was recorded, of the tables that are still there. */
export const recordedTables = (session: Session): Promise<readonly RecordedTable[]> =>
  session.query<RecordedTable>(sql`
    select c.relname as name, count(distinct r.row)::int as rows
    from assay_undo.rows r join pg_class c on c.oid = r.of_table group by c.relname order by 1`);

const schema = `
  drop schema if exists assay_undo cascade;
  create schema assay_undo;
  create table assay_undo.rows (
    seq bigint generated always as identity,
    of_table oid not null,
    row bigint not null,
    was text
  );
  create function assay_undo.keep_old() returns trigger language plpgsql as $body$
  begin
    insert into assay_undo.rows (of_table, row, was)
    select tg_relid, assay_undo_old._row, (assay_undo_old.*)::text from assay_undo_old;
    return null;
  end $body$;
  create function assay_undo.keep_new() returns trigger language plpgsql as $body$
  begin
    insert into assay_undo.rows (of_table, row) select tg_relid, assay_undo_new._row from assay_undo_new;
    return null;
  end $body$;
  create function assay_undo.keep_all() returns trigger language plpgsql as $body$
  begin
    execute format('insert into assay_undo.rows (of_table, row, was) select %s, t._row, (t.*)::text from %s as t',
      tg_relid, tg_relid::regclass);
    return null;
  end $body$;`;

const eachTable = (work: string) => `
  do $body$ declare place regclass; counter int; begin
    for place in
      select c.oid from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = '_row' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
        and not exists (select from pg_inherits i where c.oid in (i.inhrelid, i.inhparent))
    loop ${work} end loop;
  end $body$;`;

const install = `
  execute format('create trigger zz_assay_undo_1 after update on %s referencing old table as assay_undo_old
    for each statement execute function assay_undo.keep_old()', place);
  execute format('create trigger zz_assay_undo_2 after update on %s referencing new table as assay_undo_new
    for each statement execute function assay_undo.keep_new()', place);
  execute format('create trigger zz_assay_undo_3 after delete on %s referencing old table as assay_undo_old
    for each statement execute function assay_undo.keep_old()', place);
  execute format('create trigger zz_assay_undo_4 after insert on %s referencing new table as assay_undo_new
    for each statement execute function assay_undo.keep_new()', place);
  execute format('create trigger zz_assay_undo_5 before truncate on %s
    for each statement execute function assay_undo.keep_all()', place);`;

const remove = `
  for counter in 1..5 loop
    execute format('drop trigger if exists zz_assay_undo_%s on %s', counter, place);
  end loop;`;
