import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Copies } from '../../electron/engine/columns/copies.ts';
import { knownTable } from '../../electron/engine/database/known-table.ts';
import { RowOrders } from '../../electron/engine/database/row-order.ts';
import { ViewPages } from '../../electron/engine/tables/view-pages.ts';
import { openWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import { sql } from '../../shared/sql.ts';

/** A workspace with one large table and its columnar copy. */
export interface LargeTable {
  readonly workspace: Workspace;
  readonly copies: Copies;
  readonly views: ViewPages;
  /** How long copying took, in milliseconds. */
  readonly copied: number;
  close(): Promise<void>;
}

const pieceRows = 500_000;

/** Makes `large` with so many rows of ten columns: numbers, texts of few and of many values, a date, a time, nulls. */
export async function largeTable(rows: number): Promise<LargeTable> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const workspace = await openWorkspace({ dir, create: true });
  const { database } = workspace;
  await database.run(sql`create table large (_row bigint not null unique, id integer, pieces integer, amount numeric(12,2),
    ratio double precision, city text, name text, ordered date, shipped timestamp, express boolean, note text)`);
  for (let from = 1; from <= rows; from += pieceRows) {
    const to = Math.min(rows, from + pieceRows - 1);
    await database.run(sql`insert into large select g, g, (g::bigint * 7919 % 1000)::int, round((g::bigint * 104729 % 1000003) / 100.0, 2),
      sqrt((g::bigint * 31 % 100000)::float8), 'City ' || g::bigint * 13 % 50, 'Customer ' || g::bigint * 7919 % 200003,
      date '2015-01-01' + (g::bigint * 17 % 3650)::int, timestamp '2020-01-01' + g * interval '7 seconds', g % 3 = 0,
      case when g % 5 = 0 then null else 'note ' || g end
      from generate_series(${from}::int, ${to}::int) as g`);
  }
  await database.run(
    sql`insert into assay.tables (name, origin, row_count) values ('large', 'query', ${rows})`,
  );
  const orders = new RowOrders();
  const copies = new Copies(workspace, database, orders);
  const began = performance.now();
  const { copy } = await copies.lookWhenCopied('large', new AbortController().signal);
  if (!copy) throw new Error('The table was not copied.');
  const copied = performance.now() - began;
  await knownTable(database, 'large');
  return {
    workspace,
    copies,
    views: new ViewPages(database, orders, copies),
    copied,
    close: async () => {
      await workspace.close();
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
