import type { Room } from '../../../../shared/contract/index.ts';
import type { Context } from '../../context.ts';
import type { Database } from '../../database/database.ts';
import { complete } from './complete.ts';
import { faultsIn } from './faults.ts';
import { hoverAt } from './hover.ts';
import type { KnownCatalog } from './known-catalog.ts';
import { readLanguage, readRelations } from './read-catalog.ts';
import { signaturesAt } from './signatures.ts';

type Calls = Pick<Room<'query'>, 'complete' | 'signatures' | 'hover' | 'faults'>;

/** What the editor asks while a person writes. */
export function languageService({ database }: Pick<Context, 'database'>) {
  const catalogs = new Catalogs(database);
  const calls: Calls = {
    complete: async ({ text, at }) => complete(text, at, await catalogs.known()),
    signatures: async ({ text, at }) => signaturesAt(text, at, await catalogs.known()),
    hover: async ({ text, at }) => hoverAt(text, at, await catalogs.known()),
    faults: ({ text }) => faultsIn(database, text),
  };
  return { calls, tablesChanged: () => catalogs.outdate() };
}

/** The catalog as last read. While the database is busy an old one answers, so that writing goes on. */
class Catalogs {
  readonly #database: Database;
  #language: ReturnType<typeof readLanguage> | undefined;
  #relations: ReturnType<typeof readRelations> | undefined;
  #last: KnownCatalog | undefined;
  #stale = false;

  constructor(database: Database) {
    this.#database = database;
  }

  outdate(): void {
    this.#stale = true;
  }

  async known(): Promise<KnownCatalog> {
    const busy = this.#database.status().state !== 'ready';
    if (this.#last && (!this.#stale || busy)) return this.#last;
    if (this.#stale) this.#relations = undefined;
    this.#stale = false;
    this.#language ??= readLanguage(this.#database);
    this.#relations ??= readRelations(this.#database);
    try {
      const [{ system, ...language }, { own, references }] = await Promise.all([
        this.#language,
        this.#relations,
      ]);
      this.#last = { ...language, references, relations: [...own, ...system] };
      return this.#last;
    } catch (thrown) {
      this.#language = undefined;
      this.#relations = undefined;
      throw thrown;
    }
  }
}
