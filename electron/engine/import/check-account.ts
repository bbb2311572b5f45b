import { rowColumn } from '../../../shared/column.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import type { Former } from './former.ts';

interface Booked {
  readonly table: string;
  readonly physical: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly byKind: number;
  readonly kept: number;
  readonly rows: number;
}

/**
 * Holds an import's account against what is there: rows in the table, rejects in the catalog, skipped by kind. Runs
 * inside the import's transaction, so that an import that does not add up never was.
 */
export async function checkAccount(
  session: Session,
  importId: number,
  { kind, lastRow }: Former,
): Promise<void> {
  const booked = await bookedAccount(session, importId);
  const { loaded, rows } = booked;
  const there =
    kind === 'added' || kind === 'merged' ? await rowsBeyond(session, booked.table, lastRow) : rows;
  const lost = kind === 'merged' ? there > loaded : there !== loaded;
  refuse(booked, lost ? [`${loaded} were loaded, but ${there} are there`] : []);
}

/** Holds an account that was changed later against itself and its rejects. */
export async function checkChangedAccount(session: Session, importId: number): Promise<void> {
  refuse(await bookedAccount(session, importId), []);
}

const bookedAccount = (session: Session, importId: number) =>
  session.one<Booked>(
    sql`select i.table_name as "table", i.physical, i.loaded, i.rejected, i.skipped, t.row_count as rows,
        (select coalesce(sum(value::bigint), 0)::bigint from jsonb_each_text(i.skipped_by)) as "byKind",
        (select count(*) from assay.rejects r where r.import_id = i.id and r.loaded_at is null) as kept
      from assay.imports i join assay.tables t on t.name = i.table_name where i.id = ${importId}`,
  );

function refuse(booked: Booked, more: readonly string[]): void {
  const { physical, loaded, rejected, skipped, byKind, kept, table } = booked;
  const faults = [
    ...(physical === loaded + rejected + skipped
      ? []
      : ['records = rows + rejected + skipped does not hold']),
    ...(skipped === byKind ? [] : [`${skipped} were skipped, but ${byKind} by kind`]),
    ...(rejected === kept ? [] : [`${rejected} were rejected, but ${kept} are kept`]),
    ...more,
  ];
  if (faults.length === 0) return;
  throw problem('bug', `The account does not balance: ${faults.join('; ')}. Nothing was changed.`, {
    hint: 'Please report this with the file.',
    at: { table },
  });
}

async function rowsBeyond(session: Session, table: string, last: number): Promise<number> {
  const { n } = await session.one<{ n: number }>(
    sql`select count(*) as n from ${ident('public', table)} where ${ident(rowColumn)} > ${last}`,
  );
  return Number(n);
}
