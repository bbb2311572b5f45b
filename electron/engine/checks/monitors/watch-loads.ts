import { sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { type Load, recordLoad } from './record-load.ts';

/** What is done with a load once it is remembered. */
type Then = (load: Load, signal: AbortSignal) => Promise<void>;

/**
 * Sees that tables changed, remembers what each load looks like and lets its checks run, one table at a time and behind
 * all that a person waits for. A fault in it is told to `failed` and takes nothing else down.
 */
export class LoadWatch {
  readonly #database: Database;
  readonly #then: Then;
  readonly #failed: (thrown: unknown) => void;
  readonly #over = new AbortController();
  #seen: Promise<Map<string, number>>;
  #work: Promise<void> = Promise.resolve();
  #asked = false;

  constructor(database: Database, then: Then, failed: (thrown: unknown) => void) {
    this.#database = database;
    this.#then = then;
    this.#failed = failed;
    this.#seen = this.#loads().then((loads) => new Map(loads.map(({ table, version }) => [table, version])));
    this.#seen.catch(() => {});
  }

  /** Some table may have changed. */
  look(): void {
    if (this.#asked || this.#over.signal.aborted) return;
    this.#asked = true;
    this.#work = this.#work.then(async () => {
      this.#asked = false;
      await this.#lookNow().catch(this.#failed);
    });
  }

  /** Everything that was seen is dealt with. */
  async settled(): Promise<void> {
    let work: Promise<void> | undefined;
    while (work !== this.#work) {
      work = this.#work;
      await work;
    }
  }

  /** Nothing more is begun; what runs is given up. */
  async stop(): Promise<void> {
    this.#over.abort();
    await this.#work;
  }

  async #lookNow(): Promise<void> {
    const { signal } = this.#over;
    const seen = await this.#seen;
    for (const load of await this.#loads()) {
      if (signal.aborted) return;
      if (seen.get(load.table) === load.version) continue;
      seen.set(load.table, load.version);
      try {
        await recordLoad(this.#database, load, signal);
        await this.#then(load, signal);
      } catch (thrown) {
        if (!signal.aborted) this.#failed(thrown);
      }
    }
  }

  #loads(): Promise<readonly Load[]> {
    return this.#database.use({ title: 'Looking for new loads', priority: 'background' }, (session) =>
      session.query<Load>(
        sql`select name as table, version::float8 as version, origin as cause from assay.tables order by name`,
      ),
    );
  }
}
