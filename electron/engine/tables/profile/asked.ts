import type { Column } from '../../../../shared/column.ts';
import { decodePage } from '../../../../shared/decode-page.ts';
import { ident, nothing, sql } from '../../../../shared/sql.ts';
import { postgresPlace } from '../../../../shared/view/place.ts';
import { columnsOfView, conditionOf, type View } from '../../../../shared/view/view.ts';
import { type Copy, rowsOf } from '../../columns/copy.ts';
import { whereOf } from '../../columns/duck-place.ts';
import type { Session } from '../../database/database.ts';
import type { KnownTable } from '../known-table.ts';
import type { Asked } from './profile-column.ts';

/** Small results as texts. */
export const textsOf = (rows: readonly (readonly unknown[])[]) =>
  rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))));

/** Asks a copy, over the rows of a view. */
export const askedOfCopy = (copy: Copy, view: View, rows: Asked['rows']): Asked => ({
  rows,
  from: rowsOf(copy),
  where: whereOf(copy, view),
  total: copy.rows,
});

/** Asks PostgreSQL, over the rows of a view. */
export function askedOfPostgres(session: Pick<Session, 'rows'>, table: KnownTable, view: View): Asked {
  const byName = columnsOfView(table.name, table.columns, view);
  const condition = conditionOf(view, (name) => postgresPlace(byName.get(name) as Column));
  return {
    rows: async (statement) => {
      const page = decodePage((await session.rows(statement)).bytes);
      const places = page.columns.map((_, column) => column);
      return textsOf(Array.from({ length: page.rows }, (_, row) => places.map((at) => page.cell(row, at))));
    },
    from: ident('public', table.name),
    where: condition ? sql` where ${condition}` : nothing,
    total: table.rows,
  };
}
