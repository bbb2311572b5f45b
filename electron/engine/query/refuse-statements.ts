import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Statement } from '../../../shared/sql-lexer.ts';
import type { Session } from '../database/database.ts';

/** What is run together is one transaction. */
export function refuseControl(statement: Statement | undefined): void {
  if (!statement) return;
  throw problem(
    'bad_input',
    'What is run together is one transaction already: all of it happens, or nothing.',
    {
      hint: 'Leave begin, commit and rollback out. Savepoints may stay.',
      at: { position: statement.start + 1 },
    },
  );
}

/** The embedded database has no files or programs, and would wait for ever for what is typed after FROM STDIN. */
export function refuseCopy(statement: Statement | undefined): void {
  if (!statement) return;
  throw problem('bad_input', 'COPY reads and writes files of a server; here the database is embedded.', {
    hint: 'To load a file, import it; to write one, run a SELECT and save its result, or export the table.',
    at: { position: statement.start + 1 },
  });
}

/** Settings under which rows change unseen; a text may hide them in a call, so it is looked for by its words. */
export const mayBlind = (text: string): boolean => /track_counts|session_replication_role/i.test(text);

/** What nobody sees change would be shown as it was, and not be undone. */
export async function refuseBlind(session: Session, statement: Statement, undoable: boolean): Promise<void> {
  const { counts, role } = await session.one<{ counts: string; role: string }>(
    sql`select current_setting('track_counts') as counts, current_setting('session_replication_role') as role`,
  );
  const blind =
    counts !== 'on' ? 'track_counts' : undoable && role === 'replica' ? 'session_replication_role' : '';
  if (blind === '') return;
  throw problem('bad_input', `With ${blind} set so, it is not seen which rows a write changes.`, {
    hint:
      blind === 'track_counts'
        ? 'Leave that setting as it is.'
        : 'Run it without undo if that is what you want.',
    at: { ...(undoable ? { param: 'undo' } : {}), position: statement.start + 1 },
  });
}

/** A temporary table stays as long as the database runs: what names the table it hides would read it, also checks and pipelines. */
export async function refuseHiding(session: Session): Promise<void> {
  const hiding = await session.maybeOne<{ name: string }>(sql`
    select t.relname as name from pg_class t join pg_class c on c.relname = t.relname
    where t.relnamespace = pg_my_temp_schema() and c.relnamespace = 'public'::regnamespace
      and t.relkind in ('r', 'v') and c.relkind in ('r', 'v', 'm') order by 1 limit 1`);
  if (!hiding) return;
  const { name } = hiding;
  throw problem('bad_input', `What is temporary and called "${name}" would hide the table "${name}".`, {
    hint: 'Checks, pipelines and queries would read it instead, without a word: give one of the two another name.',
    at: { table: name },
  });
}

/** A table that no trigger of the recording stands on; `droppable` where undoing would drop it if it is new. */
interface Unrecorded {
  readonly oid: number;
  readonly name: string;
  readonly mark: string;
  readonly droppable: boolean;
}

/** Partitions and what is in other schemas, to see afterwards whether a write changed something there. */
export const unrecordedNow = (session: Session): Promise<readonly Unrecorded[]> =>
  session.query<Unrecorded>(sql`
    select c.oid::bigint as oid, c.relname as name, n.nspname = 'public' and c.relkind = 'r' and not c.relispartition as droppable,
      concat_ws(':', c.relfilenode, pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid)
        + pg_stat_get_xact_tuples_deleted(c.oid)) as mark
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and c.relpersistence <> 't' and n.nspname !~ '^(assay|assay_undo|pg_.*|information_schema)$'
      and not exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = 'zz_assay_undo_1')
    order by c.oid`);

/** What was not recorded has no way back. */
export async function refuseUnrecorded(session: Session, before: readonly Unrecorded[]): Promise<void> {
  const changed = (await unrecordedNow(session)).find(({ oid, mark, droppable }) => {
    const old = before.find((one) => one.oid === oid);
    return old ? old.mark !== mark : !droppable;
  });
  if (!changed) return;
  throw problem('bad_input', `A write to "${changed.name}" cannot be undone.`, {
    hint: 'Rows of tables in schema public that have no partitions can. Run it without undo if that is what you want.',
    at: { param: 'undo', table: changed.name },
  });
}

/** EXPLAIN ANALYZE of CREATE TABLE AS makes the table, and PostgreSQL lets it although a transaction only reads. */
export async function refuseMade(session: Session): Promise<void> {
  const made = await session.maybeOne<{ name: string }>(sql`
    select relname as name from pg_class
    where pg_current_xact_id_if_assigned() is not null and age(xmin) <= 0 order by oid limit 1`);
  if (!made) return;
  throw problem('bad_input', `This would make "${made.name}", and a query only reads.`, {
    hint: 'Switch writing on, or explain the SELECT alone.',
    at: { table: made.name },
  });
}

/** What PostgreSQL runs outside of transactions only can neither be kept from writing nor be undone. */
export function refuseAlone(statement: Statement | undefined): void {
  if (!statement) return;
  throw problem('bad_input', 'This statement runs outside of transactions and cannot be undone.', {
    hint: 'Switch writing on and run it without undo.',
    at: { param: 'undo', position: statement.start + 1 },
  });
}
