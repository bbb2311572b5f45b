import { type Column, rowColumn } from '../../../shared/column.ts';
import { ident, names, type Sql, sql } from '../../../shared/sql.ts';
import type { View } from '../../../shared/view/view.ts';
import { Arranged } from './arranged.ts';
import { type CopiedColumn, type Copy, rowsOf } from './copy.ts';
import type { DuckFiles } from './duck-files.ts';
import { orderByOf, whereOf } from './duck-place.ts';
import { Filtered } from './filtered.ts';

/** Rows up to here are found at once, while the order of all of them is still being made. */
export const firstRows = 1500;

/** Which rows of a view. */
export interface Part {
  readonly offset: number;
  readonly limit: number;
}

/** Pages of views from columnar copies. */
export class CopyPages {
  readonly #files: DuckFiles;
  readonly arranged: Arranged;
  readonly filtered: Filtered;

  constructor(files: DuckFiles) {
    this.#files = files;
    this.arranged = new Arranged(files);
    this.filtered = new Filtered(files);
  }

  /** A page as Arrow bytes; nothing where the copy lacks one of the columns. */
  async page(
    copy: Copy,
    view: View,
    columns: readonly Column[],
    part: Part,
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    const copied = columns.map(({ name }) => copy.columns.get(name));
    if (!copied.every((column) => column !== undefined)) return undefined;
    const source = await this.#source(copy, view, part, signal);
    if (!source.cells) return undefined;
    const cells = names([rowColumn, ...copied.map((column: CopiedColumn) => column.cells)]);
    const { arrowFromDuck } = await import('./arrow-from-duck.ts');
    const values = await this.#read(sql`select ${cells} from ${source.from}`, signal);
    return arrowFromDuck([{ name: rowColumn, type: 'bigint' }, ...columns], values);
  }

  /** The addresses of the rows of a page, in its order. */
  async addresses(copy: Copy, view: View, part: Part, signal: AbortSignal): Promise<readonly bigint[]> {
    const { from } = await this.#source(copy, view, part, signal);
    const [found = []] = await this.#read(sql`select ${ident(rowColumn)} from ${from}`, signal);
    return found as readonly bigint[];
  }

  #read = (statement: Sql, signal: AbortSignal) =>
    this.#files.use(signal, ({ columns }) => columns(statement));

  async #source(copy: Copy, view: View, { offset, limit }: Part, signal: AbortSignal) {
    if (view.sort.length === 0)
      return { from: await this.filtered.slice(copy, view, offset, limit), cells: true };
    if (offset + limit <= firstRows && !this.arranged.ready(copy, view)) {
      const from = sql`${rowsOf(copy)}${whereOf(copy, view)}${orderByOf(copy, view)} limit ${limit} offset ${offset}`;
      return { from, cells: true };
    }
    signal.throwIfAborted();
    const { from, cells } = await this.arranged.of(copy, view);
    return {
      from: sql`${from} where rowid >= ${offset} and rowid < ${offset + limit} order by rowid`,
      cells,
    };
  }
}
