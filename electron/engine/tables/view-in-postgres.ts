import type { CellValue } from '../../../shared/cell-text.ts';
import { type Column, rowColumn } from '../../../shared/column.ts';
import { decodePage } from '../../../shared/decode-page.ts';
import { orderedBy } from '../../../shared/ordered-by.ts';
import { ident, join, names, nothing, type Sql, sql } from '../../../shared/sql.ts';
import { postgresPlace } from '../../../shared/view/place.ts';
import { columnsOfView, conditionOf, filtersKey, orderOf, type View } from '../../../shared/view/view.ts';
import type { Database, Session } from '../database/database.ts';
import { type KnownTable, placeOf } from '../database/known-table.ts';
import type { Slice } from './page-table.ts';

const mostKept = 3;

interface Kept {
  readonly rows: Promise<Float64Array>;
}

/** What follows FROM for a view in PostgreSQL: its rows in its order. */
export function viewInPostgres(
  table: KnownTable,
  view: View,
  order: 'in order' | 'any order' = 'in order',
): Sql {
  const byName = columnsOfView(table.name, table.columns, view);
  const column = (name: string) => byName.get(name) as Column;
  const condition = conditionOf(view, (name) => postgresPlace(column(name)));
  const by = [...orderOf(view, (name) => orderedBy(column(name))), ident(rowColumn)];
  const rows = sql`${placeOf(table)} as t${condition ? sql` where ${condition}` : nothing}`;
  return order === 'any order' ? rows : sql`${rows} order by ${join(by)}`;
}

/** Orders of views that PostgreSQL made: the rows' addresses, so that any place is found without walking there. */
export class PostgresOrders {
  readonly #kept = new Map<string, Kept>();

  /** The addresses of all rows of a view, in its order; asked once while the table stays as it is. */
  of(database: Database, table: KnownTable, view: View, signal?: AbortSignal): Promise<Float64Array> {
    const key = JSON.stringify([table.name, table.state, view.sort, filtersKey(view.filters)]);
    const kept = this.#kept.get(key) ?? { rows: readOrder(database, table, view, signal) };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    kept.rows.catch(() => this.#kept.delete(key));
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(old);
    }
    return kept.rows;
  }
}

function readOrder(database: Database, table: KnownTable, view: View, signal?: AbortSignal) {
  const options = {
    title: `Sorting and filtering ${table.name}`,
    reads: true,
    ...(signal ? { signal } : {}),
  };
  return database.use(options, async (session) => {
    const { bytes, rows } = await session.rows(
      sql`select ${ident(rowColumn)} as address from ${viewInPostgres(table, view)}`,
    );
    const page = decodePage(bytes);
    return Float64Array.from({ length: rows }, (_, row) => Number(page.cell(row, 0) as CellValue));
  });
}

/** Rows by their addresses, in the order given. */
export function rowsAt(
  session: Session,
  table: KnownTable,
  columns: readonly Column[],
  addresses: readonly (number | bigint)[],
) {
  const wanted = `{${addresses.join(',')}}`;
  const cells = columns.map(({ name }) => name);
  return session.rows(sql`
    select t.${ident(rowColumn)}${cells.length > 0 ? sql`, ${names(cells)}` : nothing}
    from unnest(${wanted}::bigint[]) with ordinality as wanted(address, place)
    join ${placeOf(table)} as t on t.${ident(rowColumn)} = wanted.address order by wanted.place`);
}

/** The part of an order that a page shows. */
export const sliceOf = (order: Float64Array, { offset, limit }: Slice): readonly number[] =>
  Array.from(order.subarray(offset, offset + limit));
