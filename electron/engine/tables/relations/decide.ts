import type { ColumnDependency } from '../../../../shared/contract/relations.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Asked } from '../profile/profile-column.ts';
import { agreementOf, type CodedColumn, canDecide } from './agreement.ts';

/** Fewer rows say nothing of what decides what. */
const leastRows = 20;
const least = 0.97;
const most = 24;

/** A column as it is compared, and its values among the rows looked at. */
export interface DecidingColumn {
  readonly name: string;
  readonly value: Sql;
  readonly coded: CodedColumn;
}

/** Which column decides which: found among the rows looked at, counted over all rows. */
export async function dependenciesIn(
  asked: Asked,
  columns: readonly DecidingColumn[],
  pause: () => Promise<void>,
): Promise<readonly ColumnDependency[]> {
  const rows = columns[0]?.coded.codes.length ?? 0;
  if (rows < leastRows) return [];
  const candidates: { by: DecidingColumn; column: DecidingColumn; agreement: number }[] = [];
  for (const by of columns) {
    if (!canDecide(by.coded, rows)) continue;
    for (const column of columns) {
      const agreement = by === column ? undefined : agreementOf(by.coded, column.coded);
      if (agreement !== undefined && agreement >= least) candidates.push({ by, column, agreement });
    }
    await pause();
  }
  const strongest = candidates.sort((one, other) => other.agreement - one.agreement).slice(0, most);
  const found: ColumnDependency[] = [];
  for (const { by, column } of strongest) found.push(await counted(asked, by, column));
  return found
    .filter((one) => one.breaking <= one.rows * (1 - least))
    .sort((one, other) => one.breaking / one.rows - other.breaking / other.rows);
}

async function counted(asked: Asked, by: DecidingColumn, column: DecidingColumn): Promise<ColumnDependency> {
  const [row = []] = await asked.rows(sql`
    select cast(sum(rows) as varchar), cast(sum(rows - usual) as varchar) from (
      select sum(n) as rows, max(n) as usual from (
        select b, c, count(*) as n from (select ${by.value} as b, ${column.value} as c from ${asked.from}${asked.where}) as v
        where b is not null group by b, c) as pairs group by b) as groups`);
  return { by: by.name, column: column.name, rows: Number(row[0]), breaking: Number(row[1]) };
}

/** A column out of one text for each row. */
export function coded(type: string, cells: readonly (string | null)[]): CodedColumn {
  const places = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    if (cell === null) return -1;
    const place = places.get(cell) ?? places.size;
    places.set(cell, place);
    return place;
  });
  const counts = new Int32Array(places.size);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return { type, values: [...places.keys()], codes, counts };
}
