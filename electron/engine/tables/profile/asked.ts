import type { Column } from '../../../../shared/column.ts';
import { decodePage } from '../../../../shared/decode-page.ts';
import { nothing, type Sql, sql } from '../../../../shared/sql.ts';
import { postgresPlace } from '../../../../shared/view/place.ts';
import { columnsOfView, conditionOf, type View } from '../../../../shared/view/view.ts';
import { type Copy, rowsOf } from '../../columns/copy.ts';
import { whereOf } from '../../columns/duck-place.ts';
import type { Session } from '../../database/database.ts';
import { type KnownTable, placeOf } from '../../database/known-table.ts';
import { pickedRows } from './picked-rows.ts';
import type { Asked } from './profile-column.ts';

/** Small results as texts. */
export const textsOf = (rows: readonly (readonly unknown[])[]) =>
  rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))));

/** Asks a copy, over the rows of a view, or a share of them. */
export const askedOfCopy = (copy: Copy, view: View, rows: Asked['rows'], share = 1): Asked => ({
  rows,
  from: rowsOf(copy),
  where: whereOf(copy, view, share < 1 ? pickedRows(share) : undefined),
  total: Math.ceil(copy.rows * share),
});

/** Asks PostgreSQL, over the rows of a view, or a share of them that is found without reading the others. */
export function askedOfPostgres(
  session: Pick<Session, 'rows'>,
  table: KnownTable,
  view: View,
  share = 1,
): Asked {
  const byName = columnsOfView(table.name, table.columns, view);
  const condition = conditionOf(view, (name) => postgresPlace(byName.get(name) as Column));
  return {
    ...askedOf(session, share < 1 ? sampleOf(table, share) : placeOf(table), table.rows * share),
    where: condition ? sql` where ${condition}` : nothing,
  };
}

/** Asks PostgreSQL, over rows that stand after FROM. */
export const askedOf = (session: Pick<Session, 'rows'>, from: Sql, rows: number): Asked => ({
  rows: async (statement) => {
    const page = decodePage((await session.rows(statement)).bytes);
    const places = page.columns.map((_, column) => column);
    return textsOf(Array.from({ length: page.rows }, (_, row) => places.map((at) => page.cell(row, at))));
  },
  from,
  where: nothing,
  total: Math.ceil(rows),
});

/** The same pages each time, so that a profile's figures are of the same rows. */
const sampleOf = (table: KnownTable, share: number) =>
  sql`(select * from ${placeOf(table)} tablesample system (${share * 100}) repeatable (1)) as sample`;
