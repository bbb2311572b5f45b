import { sql } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';
import type { Copies } from './copies.ts';
import { copiedFrom } from './copy-builds.ts';

/** What follows a load, such as another one or its checks, goes first. */
const pauseMs = 1500;

/**
 * Copies tables after they were loaded, before anybody looks: one after the other, behind all that a person waits for. A
 * table that changes meanwhile is copied as it is then.
 */
export class CopyAhead {
  readonly #database: Database;
  readonly #copies: Copies;
  readonly #pause: number;
  readonly #began = new Date().toISOString();
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(database: Database, copies: Copies, pause = pauseMs) {
    this.#database = database;
    this.#copies = copies;
    this.#pause = pause;
  }

  /** Some table may have been loaded. */
  look(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#work = this.#work.then(() => this.#copyLoaded().catch(() => {}));
    }, this.#pause);
    this.#timer.unref();
  }

  /** The latest first: it is looked at most likely. */
  async #copyLoaded(): Promise<void> {
    const loaded = await this.#database.use({ reads: true, priority: 'background' }, (session) =>
      session.query<{ name: string }>(sql`select name from assay.tables
        where row_count >= ${copiedFrom} and updated_at >= ${this.#began}::timestamptz order by updated_at desc`),
    );
    for (const { name } of loaded) await this.#copies.copyAhead(name);
  }
}
