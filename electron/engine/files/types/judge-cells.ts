import { join, type Sql, sql } from '../../../../shared/sql.ts';
import { classOf } from '../cells/value-classes.ts';
import type { Duck } from '../duck/duck.ts';
import type { JudgedColumn } from './columns.ts';
import { isLoadable, isNothing, plainValue } from './read-cells.ts';

/** A cell that is not at once a value of its column. */
export interface OddCell {
  readonly at: number;
  readonly text: string;
}

/** What a cell holds, as PostgreSQL reads it: null for nothing, undefined where it does not fit. */
export type OddValue = string | null | undefined;

const v = sql`v`;
const t = sql`t`;

/** Has DuckDB judge cells as it would judge all of their columns. */
export async function judgeCells(
  duck: Duck,
  columns: readonly JudgedColumn[],
  cells: readonly OddCell[],
): Promise<readonly OddValue[]> {
  const places = [...new Set(cells.map(({ at }) => at))];
  const byColumn = (of: (column: JudgedColumn) => Sql, otherwise: Sql) => {
    const whens = places.map((at) => sql`when ${at} then ${of(columns[at] as JudgedColumn)}`);
    return sql`(case place ${join(whens, sql` `)} else ${otherwise} end)`;
  };
  const fits = byColumn((column) => isLoadable(column, v, t), sql`false`);
  const nothing = byColumn((column) => isNothing(column, v, t), sql`false`);
  const value = byColumn((column) => plainValue(column, t), sql`null`);
  const texts = join(cells.map(({ text }) => text));
  const found = await duck.rows(sql`select verdict, case when verdict = 2 then ${value} end from
    (select *, (case when not ${fits} then 0 when ${nothing} then 1 else 2 end)::integer as verdict
      from (select place, v, trim(v) as t, n from
        (select unnest([${join(cells.map(({ at }) => at))}]) as place, unnest([${texts}]) as v, unnest(range(${cells.length})) as n)))
    order by n`);
  return found.map(([verdict, written]) =>
    verdict === 0 ? undefined : verdict === 1 ? null : String(written),
  );
}

/** What cells read like, as their columns' types are chosen by it. */
export async function sortTexts(duck: Duck, texts: readonly string[]): Promise<readonly number[]> {
  const found = await duck.rows(sql`select ${classOf(v, t)}::integer from (select v, trim(v) as t, n from
    (select unnest([${join([...texts])}]) as v, unnest(range(${texts.length})) as n)) order by n`);
  return found.map(([kind]) => Number(kind));
}
