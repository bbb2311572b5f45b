import { type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from './database.ts';
import { type KnownTable, placeOf } from './known-table.ts';
import { seenTable } from './seen-view.ts';

/** Between two remembered rows of a table whose `_row` has gaps. */
const anchorEvery = 1000;

/** Finds the rows at a position by their address, because OFFSET would walk over all rows before them. */
export interface RowOrder {
  readonly table: KnownTable;
  /** What follows FROM, to select `limit` rows from `offset` on, in order. */
  slice(offset: number, limit: number): Sql;
}

/** Knows the order of rows of each table, as long as the table stays as it is. */
export class RowOrders {
  readonly #known = new Map<string, RowOrder>();

  /** `epoch` is the database's. */
  async of(session: Session, name: string, epoch: number): Promise<RowOrder> {
    const table = await seenTable(session, name, epoch);
    const known = this.#known.get(name);
    if (known?.table.state === table.state) return known;
    const order = await readOrder(session, table);
    this.#known.set(name, order);
    return order;
  }
}

async function readOrder(session: Session, table: KnownTable): Promise<RowOrder> {
  const { low, high } = await session.one<{ low: number | null; high: number | null }>(
    sql`select min(_row) as low, max(_row) as high from ${placeOf(table)}`,
  );
  if (low !== null && high !== null && high - low + 1 === table.rows) return denseOrder(table, low);
  return anchoredOrder(table, await readAnchors(session, table));
}

function denseOrder(table: KnownTable, low: number): RowOrder {
  return {
    table,
    slice: (offset, limit) => sql`${placeOf(table)} as t
      where t._row >= ${low + offset} and t._row < ${low + offset + limit} order by t._row`,
  };
}

function anchoredOrder(table: KnownTable, anchors: readonly number[]): RowOrder {
  const from = placeOf(table);
  return {
    table,
    slice(offset, limit) {
      const anchor = anchors[Math.floor(offset / anchorEvery)];
      if (anchor === undefined) return sql`${from} as t where false`;
      const beyond = anchors[Math.floor((offset + limit) / anchorEvery) + 1];
      const until = beyond === undefined ? sql`` : sql` and t._row < ${beyond}`;
      return sql`${from} as t where t._row >= ${anchor}${until}
        order by t._row offset ${offset % anchorEvery} limit ${limit}`;
    },
  };
}

async function readAnchors(session: Session, table: KnownTable): Promise<number[]> {
  const rows = await session.query<{ _row: number }>(sql`
    select _row from (select _row, row_number() over (order by _row) - 1 as place from ${placeOf(table)}) as r
    where place % ${anchorEvery} = 0 and _row is not null order by _row`);
  return rows.map(({ _row }) => _row);
}
