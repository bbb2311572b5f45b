import type { CheckRule } from '../../../shared/contract/checks.ts';
import type { EarlierValue } from '../../../shared/define-check.ts';
import { checks } from '../../../shared/registry.ts';
import { join, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** So many earlier runs are looked at: more than a year of one a day. */
const most = 400;

/** What earlier runs measured, newest first, of those rules that compare with it. Other parameters measure another thing. */
export async function earlierValues(
  session: Session,
  table: string,
  rules: readonly CheckRule[],
): Promise<ReadonlyMap<string, readonly EarlierValue[]>> {
  const asking = rules.filter(({ kind }) => checks.get(kind)?.remembers);
  if (asking.length === 0) return new Map();
  const wanted = asking.map(
    ({ id, kind, params }) => sql`(${id}::text, ${kind}::text, ${JSON.stringify(params)}::text::jsonb)`,
  );
  const rows = await session.query<EarlierValue & { check: string }>(sql`
    select * from (
      select c.quality_check as check, c.value,
        to_char(c.checked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        row_number() over (partition by c.quality_check order by c.id desc) as place
      from assay.data_quality_checks c
      join (values ${join(wanted)}) as w (id, kind, params)
        on c.quality_check = w.id and c.kind = w.kind and c.params = w.params
      where c.table_name = ${table} and c.value is not null and c.unit is not null) as q
    where place <= ${most} order by place`);
  return new Map(
    asking.map(({ id }) => [
      id,
      rows.filter(({ check }) => check === id).map(({ value, at }) => ({ value, at })),
    ]),
  );
}
