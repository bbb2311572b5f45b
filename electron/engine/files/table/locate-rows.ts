import { ident, join, sql } from '../../../../shared/sql.ts';
import type { Duck } from '../duck/duck.ts';
import type { Relation } from '../duck/relation.ts';
import { cellName } from '../duck/relation.ts';
import type { Located } from '../records/locate.ts';

/** Finds rows of a relation by their ordinals; a row's raw text is its cells as CSV. `lineOf` says what it is in its file. */
export async function locateRows(
  duck: Duck,
  { rows, width }: Relation,
  ordinals: readonly number[],
  lineOf: (ordinal: number) => number,
): Promise<Located[]> {
  if (ordinals.length === 0) return [];
  const cells = Array.from({ length: width }, (_, at) => {
    const cell = ident(cellName(at));
    return sql`case when regexp_matches(${cell}, '[",\r\n]') then '"' || replace(${cell}, '"', '""') || '"' else coalesce(${cell}, '') end`;
  });
  const line = cells.length === 1 ? join(cells) : sql`concat_ws(',', ${join(cells)})`;
  const found = await duck.rows(
    sql`select n::integer, raw from (select row_number() over () - 1 as n, ${line} as raw from ${rows})
      where n in (${join([...ordinals])}) order by n`,
  );
  return found.map(([ordinal, raw]) => ({
    ordinal: Number(ordinal),
    line: lineOf(Number(ordinal)),
    raw: String(raw),
  }));
}
