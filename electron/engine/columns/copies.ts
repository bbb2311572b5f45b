import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { problem, toProblem } from '../../../shared/problem.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';
import type { KnownTable } from '../database/known-table.ts';
import type { RowOrders } from '../database/row-order.ts';
import { seenTable } from '../database/seen-view.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { copyFile, removeFile } from './build-copy.ts';
import type { CopiedColumn, Copy } from './copy.ts';
import { CopyBuilds, type CopyProgress } from './copy-builds.ts';
import { DuckFiles } from './duck-files.ts';

/** A table of more columns than this counts as one of more rows: PostgreSQL takes longer for each column further right. */
const usualColumns = 10;
/** Nothing is copied in the first moments after a look, in which more is looked at. */
const pauseMs = 400;

/** Where copies are kept, and until when. */
type CopiesPlace = Pick<Workspace, 'statePath' | 'scratch' | 'onClose'>;

/** A table as it stands, with its copy where there is a true one. */
export interface Looked {
  readonly table: KnownTable;
  readonly copy: Copy | undefined;
}

/**
 * The columnar copies of a workspace's tables: a cache that is made after a load or when a table is first looked at, that
 * holds for one state of the table only, and that may be deleted at any time. While there is none, PostgreSQL answers.
 */
export class Copies {
  readonly files: DuckFiles;
  readonly #database: Database;
  readonly #folder: string;
  readonly #stop = new AbortController();
  readonly #states = new Map<string, { readonly epoch: number; readonly table: KnownTable }>();
  readonly #asking = new Map<string, { readonly epoch: number; readonly table: Promise<KnownTable> }>();
  readonly #open = new Map<string, Copy>();
  readonly #builds: CopyBuilds;
  readonly #attaching = new Map<string, Promise<Copy | undefined>>();
  #attached = 0;

  constructor(workspace: CopiesPlace, database: Database, orders: RowOrders) {
    this.#database = database;
    this.#folder = workspace.statePath('columns');
    this.files = new DuckFiles(join(workspace.scratch, 'columns'));
    this.#builds = new CopyBuilds({
      database,
      orders,
      files: this.files,
      folder: this.#folder,
      signal: this.#stop.signal,
      tableNow: (name) => this.tableNow(name),
      seen: () => [...this.#states.values()].map(({ table }) => table),
    });
    workspace.onClose(() => {
      this.#stop.abort();
      this.files.close();
    });
  }

  /** The table, and its copy where one is ready; where none is, one is made in the background. */
  async look(name: string): Promise<Looked> {
    const table = await this.tableNow(name);
    const copy = await this.#copyOf(table);
    if (!copy && this.#builds.worthwhile(table))
      setTimeout(() => void this.#builds.make(table), pauseMs).unref();
    return { table, copy };
  }

  /** The same, but waits until the copy is made, for questions that take PostgreSQL longer than copying. */
  async lookWhenCopied(name: string, signal: AbortSignal, progress?: CopyProgress): Promise<Looked> {
    const table = await this.tableNow(name);
    const known = await this.#copyOf(table);
    if (known || !this.#builds.worthwhile(table)) return { table, copy: known };
    await unlessAborted(this.#builds.make(table, progress), signal);
    return this.look(name);
  }

  /** Makes the copy of a table that nobody waits for. */
  async copyAhead(name: string): Promise<void> {
    await this.#builds.make(await this.tableNow(name));
  }

  /** Looks, and waits for the copy of a table of at least so many rows. */
  async lookOrCopy(
    name: string,
    large: number,
    signal: AbortSignal,
    progress?: CopyProgress,
  ): Promise<Looked> {
    const { rows, columns } = await this.tableNow(name);
    return rows * Math.max(1, columns.length / usualColumns) < large
      ? this.look(name)
      : this.lookWhenCopied(name, signal, progress);
  }

  /** The table as it stands now, asked of PostgreSQL once, and only where something may have been committed since. */
  async tableNow(name: string): Promise<KnownTable> {
    const epoch = this.#database.epoch();
    const known = this.#states.get(name);
    if (known?.epoch === epoch) return known.table;
    const asked = this.#asking.get(name);
    if (asked?.epoch === epoch) return asked.table;
    const table = this.#readTable(name).finally(() => {
      if (this.#asking.get(name)?.table === table) this.#asking.delete(name);
    });
    this.#asking.set(name, { epoch, table });
    return table;
  }

  #readTable(name: string): Promise<KnownTable> {
    return this.#database.use({ title: `Reading ${name}`, reads: true }, async (session) => {
      const epoch = this.#database.epoch();
      const table = await seenTable(session, name, epoch);
      this.#states.set(name, { epoch, table });
      return table;
    });
  }

  /** A copy that is damaged is thrown away; one that only lacked memory or disk for a question stays. */
  async failed(copy: Copy, thrown: unknown): Promise<void> {
    if (this.#open.get(copy.table) !== copy || !isDamage(thrown)) return;
    await this.#letGo(copy.table);
    await removeFile(copyFile(this.#folder, copy));
  }

  async #copyOf(table: KnownTable): Promise<Copy | undefined> {
    const open = this.#open.get(table.name);
    const file = copyFile(this.#folder, table);
    if (open?.state === table.state && existsSync(file)) return open;
    if (open) await this.#letGo(table.name);
    if (!this.#builds.worthwhile(table) || this.#builds.runs(table.state) || !existsSync(file))
      return undefined;
    const attaching = this.#attaching.get(table.state) ?? this.#attachOnce(table, file);
    return attaching;
  }

  /** A file is attached once, however many ask for it at the same time. */
  #attachOnce(table: KnownTable, file: string): Promise<Copy | undefined> {
    const attaching = this.#attach(table, file)
      .catch(async () => {
        await removeFile(file);
        return undefined;
      })
      .finally(() => this.#attaching.delete(table.state));
    this.#attaching.set(table.state, attaching);
    return attaching;
  }

  async #attach(table: KnownTable, file: string): Promise<Copy | undefined> {
    const attached = `copy ${++this.#attached}`;
    await this.files.attach(file, attached, 'read');
    try {
      const [about] = await this.files.use(undefined, ({ rows }) =>
        rows(sql`select words from ${ident(attached, 'main', 'about')}`),
      );
      const { state, rows, columns } = JSON.parse(String(about?.[0])) as Omit<Copy, 'columns'> & {
        readonly columns: readonly CopiedColumn[];
      };
      const byName = new Map(columns.map((column) => [column.name, column]));
      const copy = { table: table.name, state, rows, columns: byName, attached };
      this.#open.set(table.name, copy);
      return copy;
    } catch (thrown) {
      await this.files.detach(attached);
      throw thrown;
    }
  }

  async #letGo(name: string): Promise<void> {
    const open = this.#open.get(name);
    this.#open.delete(name);
    if (open) await this.files.detach(open.attached).catch(() => {});
  }
}

/** Whoever does not want it any more need not wait for a copy, which is made to its end all the same. */
async function unlessAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  let stop = () => {};
  const gone = new Promise<never>((_, reject) => {
    stop = () => reject(problem('cancelled', 'Cancelled; nothing was changed.'));
  });
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) stop();
    await Promise.race([work, gone]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** DuckDB's words for files it cannot read, and for what it gave up on. */
const isDamage = (thrown: unknown): boolean =>
  /^(IO|Serialization|Invalid Input|Catalog|Binder|INTERNAL|FATAL|Invalid) Error/i.test(
    toProblem(thrown).message,
  );
