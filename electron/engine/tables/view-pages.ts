import { type Column, userColumns } from '../../../shared/column.ts';
import type { Page } from '../../../shared/contract/tables.ts';
import { problem, toProblem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import { columnsOfView, sameInCopy, type View } from '../../../shared/view/view.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Copies, Looked } from '../columns/copies.ts';
import type { Copy } from '../columns/copy.ts';
import { CopyPages, firstRows } from '../columns/copy-pages.ts';
import type { Database } from '../database/database.ts';
import type { KnownTable } from '../database/known-table.ts';
import type { RowOrders } from '../database/row-order.ts';
import { addressAnd, pageOfTable, type Slice } from './page-table.ts';
import { PostgresOrders, rowsAt, sliceOf, viewInPostgres } from './view-in-postgres.ts';

/** Tables larger than this are copied before they are put in order: that takes less time than PostgreSQL needs. */
const copiedFirst = 100_000;

/** So many rows of a table as it stands leave PostgreSQL faster than the copy. */
const bulkRows = 10_000;

const isWhole = ({ sort, filters }: View): boolean => sort.length === 0 && filters.length === 0;

/** Pages of views: from the columnar copy where it stands and gives PostgreSQL's own answer, else from PostgreSQL. */
export class ViewPages {
  readonly #database: Database;
  readonly #orders: RowOrders;
  readonly #copies: Copies;
  readonly #fromCopy: CopyPages;
  readonly #inPostgres = new PostgresOrders();

  constructor(database: Database, orders: RowOrders, copies: Copies) {
    this.#database = database;
    this.#orders = orders;
    this.#copies = copies;
    this.#fromCopy = new CopyPages(copies.files);
  }

  async page(name: string, view: View, slice: Slice, signal: AbortSignal): Promise<Page> {
    if (signal.aborted) throw nobodyWaits();
    const { table, copy } = await this.#look(name, view, slice, signal);
    const columns = shownColumns(table, view);
    const bulk = isWhole(view) && slice.limit > bulkRows;
    if (copy && !bulk && sameInCopy(view, (column) => copy.columns.get(column))) {
      const page = await this.#tryCopy(copy, () => this.#copied(table, copy, view, columns, slice, signal));
      if (page) return page;
    }
    return this.#postgres(table, view, columns, slice, signal);
  }

  /** Puts a view's rows in order, so that any place of it is there at once. */
  async arrange(name: string, view: View, { signal, progress }: CallContext): Promise<null> {
    const now = await this.#copies.tableNow(name);
    columnsOfView(name, now.columns, view);
    const { table, copy } =
      now.rows < copiedFirst
        ? await this.#copies.look(name)
        : await this.#copies.lookWhenCopied(name, signal, (done, total) =>
            progress({ title: `Copying ${name} to sort it`, done, total, unit: 'rows' }),
          );
    if (signal.aborted) throw nobodyWaits();
    if (copy && sameInCopy(view, (column) => copy.columns.get(column))) {
      const sorted = await this.#tryCopy(copy, () =>
        this.#fromCopy.arranged.of(copy, view, signal, (done) =>
          progress({
            title: `Sorting ${name}`,
            done: Math.round(done * copy.rows),
            total: copy.rows,
            unit: 'rows',
          }),
        ),
      );
      if (sorted) return null;
    }
    await this.#inPostgres.of(this.#database, table, view, signal);
    return null;
  }

  /** Beyond the first rows of a large sorted table a page waits for the copy, as sorting does. */
  async #look(name: string, view: View, { offset, limit }: Slice, signal: AbortSignal): Promise<Looked> {
    const looked = await this.#copies.look(name);
    const far = view.sort.length > 0 && offset + limit > firstRows && looked.table.rows >= copiedFirst;
    return far && !looked.copy ? this.#copies.lookWhenCopied(name, signal) : looked;
  }

  /** Where the copy fails PostgreSQL answers. */
  async #tryCopy<T>(copy: Copy, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (thrown) {
      if (toProblem(thrown).code === 'cancelled') throw thrown;
      await this.#copies.failed(copy, thrown);
      return undefined;
    }
  }

  async #copied(
    table: KnownTable,
    copy: Copy,
    view: View,
    columns: readonly Column[],
    slice: Slice,
    signal: AbortSignal,
  ): Promise<Page> {
    const total = await this.#fromCopy.filtered.total(copy, view);
    const rows = Math.max(0, Math.min(slice.limit, total - slice.offset));
    const bytes = await this.#fromCopy.page(copy, view, columns, slice, signal);
    if (bytes) return { bytes, offset: slice.offset, rows, total };
    const addresses = await this.#fromCopy.addresses(copy, view, slice, signal);
    const found = await this.#database.use({ title: `Reading ${table.name}`, reads: true }, (session) =>
      rowsAt(session, table, columns, addresses),
    );
    return { bytes: found.bytes, offset: slice.offset, rows: found.rows, total };
  }

  async #postgres(
    table: KnownTable,
    view: View,
    columns: readonly Column[],
    slice: Slice,
    signal: AbortSignal,
  ): Promise<Page> {
    if (isWhole(view)) return pageOfTable(this.#database, this.#orders, table.name, columns, slice, signal);
    if (view.sort.length > 0 && table.rows >= copiedFirst && slice.offset + slice.limit <= firstRows) {
      return this.#firstOf(table, view, columns, slice);
    }
    const order = await this.#inPostgres.of(this.#database, table, view);
    if (signal.aborted) throw nobodyWaits();
    const { bytes, rows } = await this.#database.use(
      { title: `Reading ${table.name}`, reads: true },
      (session) => rowsAt(session, table, columns, sliceOf(order, slice)),
    );
    return { bytes, rows, offset: slice.offset, total: order.length };
  }

  /** The first rows of a large table, found without putting all of it in order. */
  #firstOf(
    table: KnownTable,
    view: View,
    columns: readonly Column[],
    { offset, limit }: Slice,
  ): Promise<Page> {
    const from = viewInPostgres(table, view);
    return this.#database.use({ title: `Reading ${table.name}`, reads: true }, async (session) => {
      const { total } = await session.one<{ total: number }>(
        sql`select count(*) as total from ${viewInPostgres(table, { ...view, sort: [] }, 'any order')}`,
      );
      const { bytes, rows } = await session.rows(
        sql`select ${addressAnd(columns)} from ${from} limit ${limit} offset ${offset}`,
      );
      return { bytes, rows, offset, total };
    });
  }
}

/** The columns a view shows, all of the table's where it does not say. */
function shownColumns(table: KnownTable, view: View): readonly Column[] {
  const byName = columnsOfView(table.name, table.columns, view);
  return view.columns ? view.columns.map((name) => byName.get(name) as Column) : userColumns(table.columns);
}

const nobodyWaits = () => problem('cancelled', 'Nobody waits for this page any more; it was not read.');
