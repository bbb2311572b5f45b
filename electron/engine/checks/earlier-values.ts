import type { CheckRule } from '../../../shared/contract/checks.ts';
import type { EarlierValue } from '../../../shared/define-check.ts';
import { checks } from '../../../shared/registry.ts';
import { join, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** So many earlier values are looked at: more than a year of one a day. */
const most = 400;

/** An earlier value with where it is kept. */
export interface KeptValue extends EarlierValue {
  /** The version of the table, where it is known. */
  readonly version: number | null;
}

interface FoundValue extends KeptValue {
  readonly check: string;
}

/**
 * What was measured earlier, newest first, of those rules that compare with it: once for each version of the table, and
 * never of the version that is there now. Other parameters measure another thing. `now` tells of this version, too.
 */
export async function earlierValues(
  session: Session,
  table: string,
  rules: readonly CheckRule[],
  now = false,
): Promise<ReadonlyMap<string, readonly KeptValue[]>> {
  const asking = rules.filter(({ kind }) => checks.get(kind)?.remembers);
  if (asking.length === 0) return new Map();
  const rows = [
    ...(await loadedValues(session, table, asking)),
    ...(await foundValues(session, table, asking)),
  ];
  const here = await session.maybeOne<{ version: number }>(
    sql`select version::float8 as version from assay.tables where name = ${table}`,
  );
  return new Map(
    asking.map(({ id }) => {
      const own = rows.filter(({ check }) => check === id).toSorted((a, b) => (a.at < b.at ? 1 : -1));
      const versions = new Set<number>(now || !here ? [] : [here.version]);
      const once = own.filter(({ version }) => {
        if (version === null) return true;
        if (versions.has(version)) return false;
        versions.add(version);
        return true;
      });
      return [id, once.slice(0, most).map(({ check: _check, ...value }) => value)];
    }),
  );
}

/** What each load looked like, for rules on figures that are remembered of all rows. */
async function loadedValues(
  session: Session,
  table: string,
  rules: readonly CheckRule[],
): Promise<readonly FoundValue[]> {
  const wanted = rules.flatMap(({ id, params, where }) => {
    const { figure, column } = params as { readonly figure?: string; readonly column?: string };
    if (figure === undefined || where?.trim()) return [];
    return [sql`(${id}::text, ${figure}::text, ${figure === 'rows' ? '' : (column ?? '')}::text)`];
  });
  if (wanted.length === 0) return [];
  return session.query<FoundValue>(sql`
    select w.id as check, f.value, f.incident, f.version::float8 as version,
      to_char(l.loaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from (values ${join(wanted)}) as w (id, figure, column_name)
    join assay.figures f on f.table_name = ${table} and f.figure = w.figure and f.column_name = w.column_name
    join assay.loads l on l.table_name = f.table_name and l.version = f.version
    order by l.loaded_at desc limit ${most * rules.length}`);
}

/** What the rules themselves measured. */
function foundValues(
  session: Session,
  table: string,
  rules: readonly CheckRule[],
): Promise<readonly FoundValue[]> {
  const wanted = rules.map(
    ({ id, kind, params }) => sql`(${id}::text, ${kind}::text, ${JSON.stringify(params)}::text::jsonb)`,
  );
  return session.query<FoundValue>(sql`
    select "check", value, incident, version, at from (
      select c.quality_check as check, c.value, c.incident, c.table_version::float8 as version,
        to_char(c.checked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        row_number() over (partition by c.quality_check order by c.id desc) as place
      from assay.data_quality_checks c
      join (values ${join(wanted)}) as w (id, kind, params)
        on c.quality_check = w.id and c.kind = w.kind and c.params = w.params
      where c.table_name = ${table} and c.value is not null and c.unit is not null) as q
    where place <= ${most} order by place`);
}
