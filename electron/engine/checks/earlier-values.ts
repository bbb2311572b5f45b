import { type Column, isNumeric, typeFamily } from '../../../shared/column.ts';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import type { EarlierValue } from '../../../shared/define-check.ts';
import { checks } from '../../../shared/registry.ts';
import { join, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { isoMoment } from '../database/iso-moment.ts';
import type { CheckedTable } from './checked-table.ts';
import { conditionOf } from './findings.ts';

/** So many earlier values are looked at: more than a year of one a day. */
const most = 400;

/** An earlier value with where it is kept. */
export interface KeptValue extends EarlierValue {
  /** The version of the table, where it is known. */
  readonly version: number | null;
  /** The mark of what rows that are no table were made of, where it is known. */
  readonly content: string | null;
}

interface FoundValue extends KeptValue {
  readonly check: string;
  /** The type of the rule's column then, where that is known. */
  readonly type: string | null;
}

const columnOf = ({ params }: CheckRule) => String((params as { readonly column?: string }).column ?? '');

/** True where values of both types are measured alike. */
const isAlike = (type: string, other: string) =>
  (isNumeric(type) && isNumeric(other)) || typeFamily(type) === typeFamily(other);

/**
 * What was measured earlier, newest first, of those rules that compare with it: once for each version of the table, or
 * for each content of other rows, and never of what is there now; without `now` of that, too. Other parameters, other
 * rows, or a column of another sort of values than it has among `columns`, measure another thing.
 */
export async function earlierValues(
  session: Session,
  table: string,
  rules: readonly CheckRule[],
  now?: Pick<CheckedTable, 'content'>,
  columns: readonly Column[] = [],
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
    asking.map((rule) => {
      const { id } = rule;
      const type = columns.find(({ name }) => name === columnOf(rule))?.type;
      const own = rows
        .filter((one) => one.check === id && (!type || one.type === null || isAlike(one.type, type)))
        .toSorted((a, b) => Number(a.at < b.at) - Number(a.at > b.at));
      const seen = new Set<number | string | undefined>(now && [here?.version, now.content]);
      const once = own.filter(({ version, content }) => {
        const mark = version ?? content;
        if (mark === null) return true;
        if (seen.has(mark)) return false;
        seen.add(mark);
        return true;
      });
      return [id, once.slice(0, most).map(({ check: _check, type: _type, ...value }) => value)];
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
    const name = figure === 'rows' ? '' : (column ?? '');
    return [sql`(${id}::text, ${figure}::text, ${name}::text)`];
  });
  if (wanted.length === 0) return [];
  return session.query<FoundValue>(sql`
    select w.id as check, f.value, f.incident, f.version::float8 as version, null as content, ${typeThen} as type,
      ${isoMoment(sql`l.loaded_at`)} as at
    from (values ${join(wanted)}) as w (id, figure, column_name)
    join assay.figures f on f.table_name = ${table} and f.figure = w.figure and f.column_name = w.column_name
    join assay.loads l on l.table_name = f.table_name and l.version = f.version
    order by l.loaded_at desc limit ${most * rules.length}`);
}

/** The type that the column of a rule had at the load `l`. */
const typeThen = sql`(select before.type from jsonb_to_recordset(l.columns) as before (name text, type text)
        where before.name = w.column_name)`;

/** What the rules themselves measured. */
function foundValues(
  session: Session,
  table: string,
  rules: readonly CheckRule[],
): Promise<readonly FoundValue[]> {
  const wanted = rules.map(
    (rule) =>
      sql`(${rule.id}::text, ${rule.kind}::text, ${JSON.stringify(rule.params)}::text::jsonb, ${conditionOf(rule)}::text,
        ${columnOf(rule)}::text)`,
  );
  return session.query<FoundValue>(sql`
    select "check", value, incident, version, content, type, at from (
      select c.quality_check as check, c.value, c.incident, c.table_version::float8 as version, c.content, ${typeThen} as type,
        ${isoMoment(sql`coalesce(l.loaded_at, c.checked_at)`)} as at,
        row_number() over (partition by c.quality_check order by c.id desc) as place
      from assay.data_quality_checks c
      join (values ${join(wanted)}) as w (id, kind, params, condition, column_name)
        on c.quality_check = w.id and c.kind = w.kind and c.params = w.params and c.condition is not distinct from w.condition
      left join assay.loads l on l.table_name = c.table_name and l.version = c.table_version
      where c.table_name = ${table} and c.value is not null and c.unit is not null) as q
    where place <= ${most} order by place`);
}
