import { type Sql, sql } from '../../../shared/sql.ts';
import { filtersKey, type View } from '../../../shared/view/view.ts';
import { type Copy, rowsOf } from './copy.ts';
import type { DuckFiles } from './duck-files.ts';
import { whereOf } from './duck-place.ts';

const blockRows = 50_000;
const mostKept = 24;

/** Where the rows of a filter are: how many there are before each block of the table. */
interface Blocks {
  readonly total: number;
  readonly before: readonly number[];
  readonly numbers: readonly number[];
}

/** Counts rows under filters, and finds the row at a place among them without walking over those before it. */
export class Filtered {
  readonly #files: DuckFiles;
  readonly #known = new Map<string, Promise<Blocks>>();

  constructor(files: DuckFiles) {
    this.#files = files;
  }

  async total(copy: Copy, view: View): Promise<number> {
    return view.filters.length === 0 ? copy.rows : (await this.#blocks(copy, view)).total;
  }

  /** What follows FROM, to select these rows in the table's order. */
  async slice(copy: Copy, view: View, offset: number, limit: number): Promise<Sql> {
    if (view.filters.length === 0) {
      return sql`${rowsOf(copy)} where rowid >= ${offset} and rowid < ${offset + limit} order by rowid`;
    }
    const { before, numbers } = await this.#blocks(copy, view);
    const first = Math.max(0, lastNotAfter(before, offset));
    const last = Math.max(first, lastNotAfter(before, offset + limit - 1));
    const from = (numbers[first] ?? 0) * blockRows;
    const to = ((numbers[last] ?? 0) + 1) * blockRows;
    const within = sql`rowid >= ${from} and rowid < ${to}`;
    return sql`${rowsOf(copy)}${whereOf(copy, view, within)} order by rowid
      limit ${limit} offset ${offset - (before[first] ?? 0)}`;
  }

  #blocks(copy: Copy, view: View): Promise<Blocks> {
    const key = JSON.stringify([copy.state, filtersKey(view.filters)]);
    const known = this.#known.get(key) ?? this.#count(copy, view);
    this.#known.delete(key);
    this.#known.set(key, known);
    known.catch(() => this.#known.delete(key));
    for (const old of this.#known.keys()) {
      if (this.#known.size <= mostKept) break;
      this.#known.delete(old);
    }
    return known;
  }

  async #count(copy: Copy, view: View): Promise<Blocks> {
    const counts = await this.#files.use(undefined, ({ rows }) =>
      rows(sql`select rowid // ${blockRows} as block, count(*) from ${rowsOf(copy)}${whereOf(copy, view)}
        group by 1 order by 1`),
    );
    const before: number[] = [];
    let total = 0;
    for (const [, count] of counts) {
      before.push(total);
      total += Number(count);
    }
    return { total, before, numbers: counts.map(([block]) => Number(block)) };
  }
}

/** The last place whose number is not larger than `wanted`. */
function lastNotAfter(numbers: readonly number[], wanted: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
