import type { CheckRule, Finding } from '../../../shared/contract/checks.ts';
import { join, type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { isoMoment } from '../database/iso-moment.ts';
import type { Draft } from './drafts.ts';

const fields = sql`
  id::float8 as id, quality_check as check, kind, class, table_name as table, columns, says, verdict,
  value, unit, bounds, sample, relation, rows_read::float8 as "rowsRead",
  judged_records::float8 as "rowsJudged", failed_records::float8 as "badRows", reason, sql, ms,
  ${isoMoment(sql`checked_at`)} as at`;

/** Keeps findings, and gives them as kept, in the order they came. */
export async function keepFindings(
  session: Session,
  drafts: readonly Draft[],
  rules: readonly CheckRule[],
): Promise<readonly Finding[]> {
  if (drafts.length === 0) return [];
  const asked = new Map(rules.map((rule) => [rule.id, rule]));
  const values = drafts.map((draft) => valuesOf(draft, asked.get(draft.check)));
  return session.query<Finding>(sql`
    with kept as (
      insert into assay.data_quality_checks (table_name, column_name, columns, quality_check, kind, class, params, says,
        verdict, rows_read, judged_records, passed_records, failed_records, reason, sql, ms, value, unit, bounds, sample, relation, table_version,
        content, condition)
      values ${join(values)} returning *)
    select ${fields} from kept order by kept.id`);
}

function valuesOf(draft: Draft, rule: CheckRule | undefined): Sql {
  const params = rule?.params ?? {};
  const { table, columns, check, kind, says, verdict, rowsRead, rowsJudged, badRows, reason, ms } = draft;
  const [only] = columns;
  const list = columns.length > 0 ? sql`array[${join([...columns])}]::text[]` : sql`'{}'::text[]`;
  const cells = [table, columns.length === 1 ? (only ?? null) : null, list, check, kind, draft.class];
  // What is measured has neither rows that pass nor rows that fail.
  const passed = draft.unit === null ? rowsJudged - badRows : 0;
  const numbers = [rowsRead, rowsJudged, passed, badRows].map((value) => sql`${String(value)}::text::bigint`);
  const measured = [
    sql`${draft.value}::float8`,
    draft.unit,
    jsonOf(draft.bounds),
    jsonOf(draft.sample),
    draft.relation,
  ];
  const version = sql`(select version from assay.tables where name = ${table})`;
  const rest = [
    reason,
    draft.sql,
    Math.round(ms),
    ...measured,
    version,
    draft.content ?? null,
    conditionOf(rule),
  ];
  return sql`(${join([...cells, sql`${JSON.stringify(params)}::text::jsonb`, says, verdict, ...numbers, ...rest])})`;
}

/** The rows that a rule is about, as it is kept with what it found; null for all. */
export const conditionOf = (rule: Pick<CheckRule, 'where'> | undefined): string | null =>
  rule?.where?.trim() || null;

const jsonOf = (value: unknown): Sql =>
  value === null ? sql`null::jsonb` : sql`${JSON.stringify(value).replaceAll('\\u0000', '')}::text::jsonb`;

/** The latest finding of every rule. */
export const latestFindings = (session: Session, table?: string): Promise<readonly Finding[]> =>
  session.query<Finding>(sql`
    select ${fields} from assay.latest_findings where ${table ?? null}::text is null or table_name = ${table ?? null}
    order by table_name, quality_check`);

/** All findings of one rule, newest first. */
export const earlierFindings = (
  session: Session,
  table: string,
  check: string,
  limit: number,
): Promise<readonly Finding[]> =>
  session.query<Finding>(sql`
    select ${fields} from assay.data_quality_checks
    where table_name = ${table} and quality_check = ${check}
    order by assay.data_quality_checks.id desc limit ${limit}`);

/** Findings of rules that are not there any more stay as history, and count nowhere. */
export const retireOthers = (session: Session, table: string, rules: readonly CheckRule[]): Promise<number> =>
  session.run(sql`
    update assay.data_quality_checks set retired = true
    where table_name = ${table} and not retired
      and not quality_check = any(array[${join(rules.map(({ id }) => id))}]::text[])`);
