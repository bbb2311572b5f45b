import type { JudgedRows } from '../../../shared/judged-rows.ts';
import { ident, join, names, type Sql, sql } from '../../../shared/sql.ts';
import { type CheckedTable, wholeTable } from './checked-table.ts';

/** A rule on rows, as far as it is counted. */
export interface Condition {
  readonly breaks: Sql;
  /** The rows that it is about; all where nothing is said. */
  readonly where: Sql | undefined;
  /** Which of these it can say something about; each where nothing is said. */
  readonly judges: Pick<JudgedRows, 'when' | 'value' | 'kept'> | undefined;
  /** The columns whose values alone decide; none where anything may. */
  readonly values: readonly string[];
  /** An aggregate that is true only where no row breaks it. */
  readonly sure: Sql | undefined;
  /** True where that is cheaper for it alone; else only where several share it. */
  readonly sureAlone: boolean;
  readonly seconds: number;
}

/** A condition, and how it is counted: row by row, once a group, or by what makes sure that there is nothing to count: an aggregate, or that all rows keep it. */
export interface Slot {
  readonly by: 'row' | 'group' | 'sure' | 'kept';
  readonly condition: Condition;
}

/** How a condition is counted beside others; `alone`: what makes sure is used for it alone, where it says so; `doubted`: that is in vain. */
export function slotOf(
  condition: Condition,
  all: readonly Condition[],
  {
    grouped,
    alone,
    doubted,
  }: { readonly grouped: readonly string[]; readonly alone: boolean; readonly doubted: boolean },
): Slot {
  const { values, sure, sureAlone, judges } = condition;
  if (judges?.kept && !doubted) return { by: 'kept', condition };
  if (values.length > 0 && values.every((name) => grouped.includes(name))) return { by: 'group', condition };
  const shared = all.filter((other) => other.sure && `${other.values}` === `${values}`).length > 1;
  const sureOf = sureAlone ? alone && !doubted : shared;
  return { by: sure && sureOf ? 'sure' : 'row', condition };
}

/** One statement that counts all of them, over the table or a part of it. */
export function countsOf(
  table: CheckedTable,
  from: Sql,
  slots: readonly Slot[],
  grouped: readonly string[],
): Sql {
  const used = slots.flatMap(({ by, condition }) => (by === 'group' ? condition.values : []));
  const columns = grouped.filter((name) => used.includes(name));
  return columns.length > 0
    ? groupedCounts(table, from, slots, columns)
    : sql`select ${counted(slots.flatMap(rowCounts))} from ${from}`;
}

const counted = (counts: readonly Sql[]) => sql`array[${join(counts)}]::float8[] as counts`;

/**
 * Bad rows, rows and judged rows of a condition, counted row by row; where there is something that makes sure, 1 for a
 * doubt. PostgreSQL counts once what several conditions count alike.
 */
function rowCounts({ by, condition: { breaks, where, judges, sure } }: Slot): readonly [Sql, Sql, Sql] {
  const among = (...those: readonly (Sql | undefined)[]) => {
    const all = those.filter((one) => one !== undefined);
    return all.length === 0 ? sql`count(*)` : sql`count(*) filter (where ${join(all, sql` and `)})`;
  };
  const rows = among(where);
  if (by === 'kept' && judges?.kept) return [sql`(${rows} <> ${among(where, judges.kept)})::int`, rows, rows];
  // Written as the rule that a column is filled in counts it, so that beside that it costs nothing.
  const filled =
    judges?.value && !where ? sql`(${rows} - ${among(sql`${judges.value} is null`)})` : undefined;
  const judged = filled ?? among(where, judges?.when);
  return [by === 'sure' && sure ? sql`(not ${sure})::int` : among(where, breaks), rows, judged];
}

/** One pass for all: conditions on repeating values are evaluated once a group, the others are summed up over the groups. */
function groupedCounts(
  table: CheckedTable,
  from: Sql,
  slots: readonly Slot[],
  columns: readonly string[],
): Sql {
  const inner: Sql[] = [sql`count(*) as _n`];
  const outer = slots.flatMap((slot): readonly Sql[] => {
    const all = sql`coalesce(sum(_n), 0)`;
    if (slot.by === 'group') {
      const { breaks, judges } = slot.condition;
      const sumWhere = (those: Sql) => sql`coalesce(sum(_n) filter (where ${those}), 0)`;
      return [sumWhere(breaks), all, judges ? sumWhere(judges.when) : all];
    }
    const [bad, rows, judged] = rowCounts(slot);
    const sumOf = (count: Sql) => {
      const name = ident(`_c${inner.length}`);
      inner.push(sql`${count} as ${name}`);
      return sql`coalesce(sum(${name}), 0)`;
    };
    const { where, judges } = slot.condition;
    return [sumOf(bad), where ? sumOf(rows) : all, where || judges ? sumOf(judged) : all];
  });
  return sql`select ${counted(outer)} from
  (select ${names(columns)}, ${join(inner)} from ${from} group by ${names(columns)}) as ${wholeTable(table)}`;
}
