import { ident, names, type Sql, sql } from '../../../shared/sql.ts';
import { filtersKey, type View } from '../../../shared/view/view.ts';
import { type Copy, rowsOf } from './copy.ts';
import type { DuckFiles } from './duck-files.ts';
import { orderByOf, whereOf } from './duck-place.ts';

const mostKept = 3;
/** Beyond so many cells only the rows' addresses are put in order, and the cells are read from PostgreSQL. */
const mostCells = 400_000_000;
const lookEveryMs = 200;

/** Rows put in order, from which any place is read at once. */
export interface Arrangement {
  /** What follows FROM; the place in the order is the rowid. */
  readonly from: Sql;
  /** False where it has the addresses of rows only. */
  readonly cells: boolean;
}

interface Kept {
  readonly made: Promise<Arrangement>;
  readonly table: string;
  readonly stop: AbortController;
  readonly listeners: Set<(done: number) => void>;
  ready: boolean;
}

/** The orders that were asked for lately, each put together once and kept until others are needed more. */
export class Arranged {
  readonly #files: DuckFiles;
  readonly #kept = new Map<string, Kept>();
  #count = 0;

  constructor(files: DuckFiles) {
    this.#files = files;
  }

  /** True where the order is there already. */
  ready = (copy: Copy, view: View): boolean => this.#kept.get(keyOf(copy, view))?.ready ?? false;

  /** The order, made where there is none yet; aborting the signal stops making it, for everyone. */
  async of(
    copy: Copy,
    view: View,
    signal?: AbortSignal,
    progress?: (done: number) => void,
  ): Promise<Arrangement> {
    const key = keyOf(copy, view);
    const kept = this.#kept.get(key) ?? this.#start(copy, view, key);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const stop = () => kept.stop.abort();
    signal?.addEventListener('abort', stop, { once: true });
    if (progress) kept.listeners.add(progress);
    try {
      return await kept.made;
    } finally {
      signal?.removeEventListener('abort', stop);
      if (progress) kept.listeners.delete(progress);
    }
  }

  #start(copy: Copy, view: View, key: string): Kept {
    this.#letOldGo();
    const table = `order ${++this.#count}`;
    const stop = new AbortController();
    const listeners = new Set<(done: number) => void>();
    const kept: Kept = {
      table,
      stop,
      listeners,
      ready: false,
      made: this.#make(copy, view, table, stop, listeners),
    };
    kept.made.then(
      () => {
        kept.ready = true;
      },
      () => {
        this.#kept.delete(key);
        this.#drop(table);
      },
    );
    return kept;
  }

  async #make(
    copy: Copy,
    view: View,
    table: string,
    stop: AbortController,
    listeners: ReadonlySet<(done: number) => void>,
  ): Promise<Arrangement> {
    const from = ident('memory', 'main', table);
    const cells = copy.rows * copy.columns.size <= mostCells;
    const shown = cells ? sql`, ${names([...copy.columns.values()].map((column) => column.cells))}` : sql``;
    await this.#files.use(stop.signal, async ({ run, done }) => {
      const timer = setInterval(() => {
        for (const tell of listeners) tell(Math.max(0, done()));
      }, lookEveryMs);
      try {
        await run(sql`create table ${from} as select _row${copy.columns.size > 0 ? shown : sql``}
          from ${rowsOf(copy)}${whereOf(copy, view)}${orderByOf(copy, view)}`);
      } finally {
        clearInterval(timer);
      }
    });
    return { from, cells };
  }

  #letOldGo(): void {
    for (const [key, { table, ready }] of this.#kept) {
      if (this.#kept.size < mostKept) return;
      if (!ready) continue;
      this.#kept.delete(key);
      this.#drop(table);
    }
  }

  #drop(table: string): void {
    if (this.#files.closed) return;
    void this.#files
      .use(undefined, ({ run }) => run(sql`drop table if exists ${ident('memory', 'main', table)}`))
      .catch(() => {});
  }
}

const keyOf = (copy: Copy, { sort, filters }: View) =>
  JSON.stringify([copy.state, sort, filtersKey(filters)]);
