import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toProblem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { KnownTable } from '../database/known-table.ts';
import { type Building, buildCopy, copyFile, removeFile } from './build-copy.ts';

/** Tables of fewer rows are read from PostgreSQL as fast. */
export const copiedFrom = 2000;

/** Told how many of a table's rows are copied. */
export type CopyProgress = (done: number, rows: number) => void;

/** What is needed to make copies, and where they go. */
interface Workshop extends Omit<Building, 'progress'> {
  readonly folder: string;
  readonly tableNow: (name: string) => Promise<KnownTable>;
  /** All that was looked at, as it was then. */
  readonly seen: () => readonly KnownTable[];
}

/** A copy that is being made, and who hears how far it is. */
interface Copying {
  readonly made: Promise<boolean>;
  readonly heard: Heard;
}

/** How many rows are copied, and whoever wants to know. */
interface Heard {
  done: number;
  readonly by: Set<CopyProgress>;
}

/** Makes the copies of tables, one for each state of a table, once. */
export class CopyBuilds {
  readonly #workshop: Workshop;
  readonly #running = new Map<string, Copying>();
  /** States of tables that could not be copied. */
  readonly #refused = new Set<string>();

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
  }

  /** True for a table that is looked at faster in a copy, and that can have one. */
  worthwhile({ state, rows }: KnownTable): boolean {
    return rows >= copiedFrom && !this.#refused.has(state) && !this.#workshop.files.closed;
  }

  runs(state: string): boolean {
    return this.#running.has(state);
  }

  /** True where the copy is there now. Whoever waits hears how far it is. */
  make(table: KnownTable, progress?: CopyProgress): Promise<boolean> {
    const running = this.#running.get(table.state);
    if (!running && !this.worthwhile(table)) return Promise.resolve(false);
    const heard = running?.heard ?? { done: 0, by: new Set() };
    if (progress) heard.by.add(progress);
    progress?.(heard.done, table.rows);
    if (running) return running.made;
    const made = this.#build(table, heard).finally(() => this.#running.delete(table.state));
    this.#running.set(table.state, { made, heard });
    return made;
  }

  async #build(table: KnownTable, heard: Heard): Promise<boolean> {
    const { folder } = this.#workshop;
    const file = copyFile(folder, table);
    if (existsSync(file)) return true;
    const progress = (done: number) => {
      heard.done = done;
      for (const tell of heard.by) tell(done, table.rows);
    };
    try {
      await mkdir(folder, { recursive: true });
      await this.#sweep();
      await buildCopy({ ...this.#workshop, progress }, table, file);
      return true;
    } catch (thrown) {
      // A full disk, a cell too long, DuckDB's own limits: PostgreSQL answers this table as it stands.
      if (toProblem(thrown).code !== 'cancelled') this.#refused.add(table.state);
      return false;
    }
  }

  /** Removes copies of tables that are gone or changed, and what a killed process left half done. */
  async #sweep(): Promise<void> {
    const { database, folder, tableNow, seen } = this.#workshop;
    const names = await database.use({ reads: true, priority: 'background' }, (session) =>
      session.query<{ name: string }>(sql`select name from assay.tables`),
    );
    const tables = await Promise.all(names.map(({ name }) => tableNow(name)));
    const views = seen().filter(({ aside }) => aside !== undefined);
    const kept = new Set([...tables, ...views].map((table) => copyFile(folder, table)));
    for (const entry of await readdir(folder)) {
      const path = join(folder, entry);
      const busy = [...this.#running.keys()].some((state) => path.startsWith(copyFile(folder, { state })));
      if (!kept.has(path) && !busy) await removeFile(path);
    }
  }
}
