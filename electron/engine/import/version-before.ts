import { type Column, rowColumn, userColumns } from '../../../shared/column.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, names, type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { type Former, formerTable } from './former.ts';

/** A table as it was before its last import. */
export interface VersionBefore {
  /** Its rows, to stand after FROM before a name. */
  readonly from: Sql;
  readonly columns: readonly Column[];
  readonly rows: number;
}

interface Kept extends Former {
  readonly unchanged: boolean;
  readonly columns: readonly Column[];
}

/** The rows of a table before its last import, or why they are not there any more. */
export async function versionBefore(session: Session, table: string): Promise<VersionBefore> {
  const kept = await keptBefore(session, table);
  const from = kept && rowsBefore(table, kept);
  if (!kept || !from) throw notKept(table, kept);
  const { rows } = await session.one<{ rows: number }>(
    sql`select count(*)::float8 as rows from ${from} as before`,
  );
  return { from, columns: userColumns(kept.columns), rows };
}

/** True where the version before the last import is there to be compared with. */
export async function hasVersionBefore(session: Session, table: string): Promise<boolean> {
  const kept = await keptBefore(session, table);
  return kept !== undefined && rowsBefore(table, kept) !== undefined;
}

const keptBefore = (session: Session, table: string) =>
  session.maybeOne<Kept>(sql`
    select u.kind, u.relation, u.last_row as "lastRow", u.refused, u.version = t.version as unchanged,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
       from pg_attribute a where a.attnum > 0 and not a.attisdropped and a.attrelid = to_regclass(
         case when u.relation is null then format('public.%I', t.name) else format('assay_former.%I', u.relation) end)) as columns
    from assay.undos u join assay.tables t on t.name = u.table_name where t.name = ${table} order by u.id desc limit 1`);

/** Nothing where the version before was not kept, or cannot be told from later changes. */
function rowsBefore(table: string, { kind, relation, lastRow, unchanged, columns }: Kept): Sql | undefined {
  if (kind === 'created') return undefined;
  if (kind === 'replaced' || kind === 'refilled')
    return relation === null ? undefined : formerTable(relation);
  if (!unchanged) return undefined;
  const row = ident(rowColumn);
  const list = names(columns.map(({ name }) => name));
  const old = sql`select ${list} from ${ident('public', table)} as t where t.${row} <= ${lastRow}`;
  if (kind === 'added' || relation === null) return sql`(${old})`;
  const former = formerTable(relation);
  return sql`(${old} and not exists (select from ${former} as f where f.${row} = t.${row})
    union all select ${list} from ${former})`;
}

const notKept = (table: string, kept: Kept | undefined) =>
  problem('not_found', `There is no version of "${table}" before this one.`, {
    hint:
      kept?.refused ??
      (kept && kept.kind !== 'created'
        ? 'The table was changed after its last import.'
        : 'What it was is kept when an import changes a table that is there already.'),
    at: { table },
  });
