import type { SampleRow } from '../../../shared/contract/checks.ts';
import { ident, join, literals, type Sql, sql } from '../../../shared/sql.ts';
import { naming } from './checked-table.ts';
import { masked } from './detect/masked-reason.ts';
import { type Counting, limitedTurn } from './limited-turn.ts';

/** So many bad rows of a rule are kept as they were. */
const kept = 20;
/** And so much of each cell. */
const characters = 200;

/** What is sampled: the condition on a bad row or the SELECT of all of them, and the columns that the rule is about. */
export interface Sampled {
  readonly bad: { readonly when: Sql; readonly cells: Sql | undefined } | { readonly rows: Sql };
  readonly marks: readonly string[];
  readonly seconds: number;
  /** Columns whose values are shown to nobody: of them only is kept that there was something. */
  readonly hidden: ReadonlySet<string>;
}

/** A condition lets reading end as soon as there are enough. */
function rowsWithCells(
  table: Sql,
  { bad, hidden }: Pick<Sampled, 'bad' | 'hidden'>,
  columns: readonly string[],
): Sql {
  const cells = columns.map((name) => {
    const cell = sql`${table}.${ident(name)}`;
    return hidden.has(name)
      ? sql`case when ${cell} is not null then ${masked} end`
      : sql`left(${cell}::text, ${characters})`;
  });
  const list = cells.length > 0 ? sql`array[${join(cells)}]` : sql`'{}'::text[]`;
  const row = sql`${table}._row::float8 as row, ${list} as cells`;
  if ('when' in bad) {
    const broken = bad.cells ?? sql`null::text[]`;
    return sql`select ${row}, to_jsonb(${broken}) as bad from ${table} where ${bad.when} limit ${kept}`;
  }
  return sql`select ${row}, nullif(to_jsonb(_bad.*) -> '_cells', 'null') as bad from ${table} join
    (select * from (${bad.rows}) as _bad_rows limit ${kept}) as _bad on _bad._row = ${table}._row order by ${table}._row`;
}

/** Some of the bad rows of a rule as they are now. A sample that cannot be had takes no verdict away. */
export async function sampleRows(
  counting: Counting,
  { bad, marks, seconds, hidden }: Sampled,
): Promise<readonly SampleRow[]> {
  const { table, signal } = counting;
  const present = marks.filter((name) => table.columns.some((column) => column.name === name)).slice(0, 12);
  const statement = rowsWithCells(ident(table.name), { bad, hidden }, present);
  try {
    const rows = await limitedTurn(counting, seconds, (session) =>
      session.query<{ row: number; cells: (string | null)[]; bad: readonly string[] | null }>(
        literals(naming(table, statement)),
      ),
    );
    // What a SELECT by hand names as the bad column may be a value.
    const named = (bad: readonly string[] | null) =>
      bad?.filter((name) => table.columns.some((column) => column.name === name)) ?? [];
    return rows.map(({ row, cells, bad: found }) => ({
      row,
      cells: Object.fromEntries(present.map((name, at) => [name, cells[at] ?? null])),
      ...(named(found).length > 0 ? { bad: named(found) } : {}),
    }));
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return [];
  }
}
