import { differencesOf } from '../../../../shared/checks/columns.ts';
import { leastHistory, usualTolerance } from '../../../../shared/checks/usual_value.ts';
import type { Column } from '../../../../shared/column.ts';
import type { CheckRule } from '../../../../shared/contract/checks.ts';
import type { MonitorHistory } from '../../../../shared/contract/monitors.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import { replay, type Season } from '../../../../shared/usual-values.ts';
import type { Session } from '../../database/database.ts';
import { checkedTable } from '../checked-table.ts';
import { earlierValues } from '../earlier-values.ts';

/** Everything a monitor remembers, newest first, each value with what it was held against by those before it. */
export async function monitorHistory(
  session: Session,
  table: string,
  rule: CheckRule,
): Promise<MonitorHistory> {
  const now = await checkedTable(session, table);
  const values = (await earlierValues(session, table, [rule], undefined, now?.columns)).get(rule.id) ?? [];
  const { season, tolerance, least } = rule.params as {
    readonly season?: Season;
    readonly tolerance?: number | null;
    readonly least?: number | null;
  };
  const needed = Math.max(3, least ?? leastHistory);
  const changes = await columnChanges(session, table);
  const bounds = replay(values, {
    season: season ?? 'none',
    tolerance: tolerance ?? usualTolerance,
    least: needed,
  });
  return {
    needed,
    values: values.map(({ value, at, version, incident }, place) => ({
      value,
      at,
      version,
      incident: incident ?? null,
      changes: changes.get(version ?? -1) ?? [],
      bounds: bounds[place] ?? null,
    })),
  };
}

interface KeptColumns {
  readonly version: number;
  readonly columns: readonly Column[];
}

/** By version of the table: how its columns differ from those of the load before. */
async function columnChanges(
  session: Session,
  table: string,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const loads = await session.query<KeptColumns>(sql`
    select version::float8 as version, columns from assay.loads where table_name = ${table} order by version`);
  return new Map(
    loads.slice(1).map(({ version, columns }, at) => {
      const before = loads[at]?.columns ?? [];
      return [version, differencesOf(columns, { columns: before, inOrder: false })];
    }),
  );
}

/** Marks a remembered value as an incident, or as usual again: incidents are no part of what later values are held against. */
export async function markIncident(
  session: Session,
  table: string,
  rule: CheckRule,
  { at, note }: { readonly at: string; readonly note: string | null },
): Promise<void> {
  const values = (await earlierValues(session, table, [rule])).get(rule.id) ?? [];
  const found = values.find((value) => value.at === at);
  if (!found) throw problem('not_found', `The rule "${rule.id}" remembers no value of ${at}.`);
  const { figure, column } = rule.params as { readonly figure?: string; readonly column?: string };
  const place = figure === 'rows' ? '' : (column ?? '');
  if (found.version !== null && figure !== undefined) {
    await session.run(sql`update assay.figures set incident = ${note}
      where table_name = ${table} and version = ${found.version} and figure = ${figure} and column_name = ${place}`);
  }
  await session.run(sql`update assay.data_quality_checks set incident = ${note}
    where table_name = ${table} and quality_check = ${rule.id}
      and (table_version = ${found.version} or content = ${found.content} or date_trunc('milliseconds', checked_at) = ${at}::timestamptz)`);
}
