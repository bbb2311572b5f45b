import { sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { dropFormer, mostBytes } from './former.ts';

/** So many imports of a table can be undone, one after the other. */
const mostLevels = 5;

interface Level {
  readonly id: number;
  readonly relation: string | null;
  readonly bytes: number;
  readonly reachable: boolean;
}

/**
 * Makes room for another import to be undone. What no undo would come back to is dropped: all where the table was
 * changed otherwise since, the oldest where there are many, or where all versions together take too much.
 */
export async function trimUndos(session: Session, table: string): Promise<void> {
  const levels = await session.query<Level>(
    sql`select u.id, u.relation, u.refused is null and (u.version = t.version or lead(u.id) over (order by u.id) is not null) as reachable,
        coalesce(pg_total_relation_size(to_regclass('assay_former.' || quote_ident(u.relation))), 0)::float8 as bytes
      from assay.undos u join assay.tables t on t.name = u.table_name where u.table_name = ${table} order by u.id desc`,
  );
  let bytes = await sizeOf(session, table);
  let unreachable = false;
  for (const [at, level] of levels.entries()) {
    bytes += level.bytes;
    unreachable ||= at >= mostLevels - 1 || !level.reachable || bytes > mostBytes;
    if (!unreachable) continue;
    await session.run(sql`delete from assay.undos where id = ${level.id}`);
    await dropFormer(session, level.relation);
  }
}

async function sizeOf(session: Session, table: string): Promise<number> {
  const { bytes } = await session.one<{ bytes: number }>(
    sql`select coalesce(pg_total_relation_size(to_regclass(format('public.%I', ${table}::text))), 0)::float8 as bytes`,
  );
  return bytes;
}
