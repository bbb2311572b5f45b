import { join, sql } from '../../../shared/sql.ts';
import type { Duck } from '../files/duck/duck.ts';
import type { Examination } from '../files/examine.ts';
import { firstMisfit } from '../files/preview.ts';
import { type JudgedColumn, trimmed, trimmedRows } from '../files/types/columns.ts';
import { isRejecting } from '../files/types/misfits.ts';

/** More stretches of rows are not kept of an import; their number is told all the same. */
const mostStretches = 20_000;

/**
 * Columns with the rows in which a word such as NA was read as no value, so that what stood in each cell can be told for
 * ever. `loaded`: rows that went in.
 */
export async function withNullPlaces(
  duck: Duck,
  { table, columns }: Examination,
  loaded: number,
): Promise<readonly JudgedColumn[]> {
  const asked = columns.flatMap(({ readAsNull = [] }, at) => (readAsNull.length > 0 ? [at] : []));
  if (asked.length === 0) return columns;
  const doubtful = columns.flatMap((column, at) => (isRejecting(column) ? [at] : []));
  const cells = join(asked.map(trimmed));
  const rows = sql`(select [${cells}] as texts, ${firstMisfit(columns, doubtful)} as bad
    from ${trimmedRows(table.relation)})`;
  const numbered = sql`(select texts, row_number() over () as n from ${rows} where bad = -1)`;
  const known = join([
    ...new Set(asked.flatMap((at) => columns[at]?.readAsNull?.map(({ marker }) => marker) ?? [])),
  ]);
  const found = await duck
    .rows(sql`select place, marker, min(n)::varchar, max(n)::varchar, (select count(*)::varchar from ${numbered})
      from (select place, marker, n, n - row_number() over (partition by place, marker order by n) as stretch
        from (select unnest(texts) as marker, unnest([${join([...asked])}])::integer as place, n from ${numbered})
        where marker in (${known}))
      group by place, marker, stretch order by place, marker, min(n) limit ${mostStretches + 1}`)
    .catch(() => []);
  // Rows that PostgreSQL itself refused are not known here: nothing is said then.
  if (found.length === 0 || found.length > mostStretches || Number(found[0]?.[4]) !== loaded) return columns;
  return columns.map((column, at) => {
    const own = found.filter(([place]) => Number(place) === at);
    const readAsNull = column.readAsNull?.map((one) => ({
      ...one,
      rows: own
        .filter(([, marker]) => marker === one.marker)
        .map(([, , from, to]) => [Number(from), Number(to)] as const),
    }));
    return readAsNull ? { ...column, readAsNull } : column;
  });
}
