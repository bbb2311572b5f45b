import { isDeepStrictEqual } from 'node:util';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import type { Context } from '../context.ts';
import { listRules } from './rule-files.ts';
import { type ByItself, runAfter } from './run-by-itself.ts';

type Known = ReadonlyMap<string, readonly CheckRule[]>;

/**
 * Runs the rules that were saved, in the window or by a text editor, where the workspace wants that: those alone that
 * are new or changed, and of those saved while others run each table once.
 */
export class SavedRules {
  readonly #context: Context;
  readonly #byItself: ByItself;
  readonly #waiting = new Map<string, Set<string>>();
  readonly #running = new Set<string>();
  #known: Promise<Known>;
  #looked: Promise<void> = Promise.resolve();

  constructor(context: Context, byItself: ByItself) {
    this.#context = context;
    this.#byItself = byItself;
    this.#known = this.#read(new Map()).catch(() => new Map());
  }

  /** Files of rules may have changed. */
  look(): void {
    if (this.#byItself.afterSave) this.#looked = this.#look().catch(this.#byItself.failed);
  }

  /** Resolves when the last look has ended, with the rules that it ran. */
  settled(): Promise<void> {
    return this.#looked;
  }

  async #look(): Promise<void> {
    const before = await this.#known;
    const now = this.#read(before);
    this.#known = now.catch(() => before);
    const tables = [...(await now)].filter(([table, rules]) => this.#awaits(table, rules, before));
    for (const [table] of tables) await this.#run(table).catch(this.#byItself.failed);
  }

  /** True where rules of a table are to run, which are noted. */
  #awaits(table: string, rules: readonly CheckRule[], before: Known): boolean {
    const old = before.get(table) ?? [];
    const changed = rules.filter((rule) => !old.some((one) => isDeepStrictEqual(one, rule)));
    if (changed.length === 0) return false;
    const waiting = this.#waiting.get(table) ?? new Set();
    for (const { id } of changed) waiting.add(id);
    this.#waiting.set(table, waiting);
    return true;
  }

  async #run(table: string): Promise<void> {
    if (this.#running.has(table)) return;
    this.#running.add(table);
    try {
      for (let ids = this.#take(table); ids; ids = this.#take(table)) {
        const { signal } = new AbortController();
        await runAfter(this.#context, { table, moment: 'save', ids: [...ids] }, signal, this.#byItself);
      }
    } finally {
      this.#running.delete(table);
    }
  }

  #take(table: string): ReadonlySet<string> | undefined {
    const ids = this.#waiting.get(table);
    this.#waiting.delete(table);
    return ids;
  }

  /** The rules of each table. One that cannot be read for a while, as its file is half written, is not new when it can again. */
  async #read(before: Known): Promise<Known> {
    if (!this.#byItself.afterSave) return new Map();
    const listed = await listRules(this.#context.workspace.path('checks'));
    const known = new Map(listed.some(({ unreadable }) => unreadable) ? before : []);
    for (const table of new Set(listed.map((one) => one.table))) {
      const own = listed.filter((one) => one.table === table);
      const rules = own.flatMap((one) => one.rules);
      const lost = own.some(({ problems }) => problems.length > 0) ? (before.get(table) ?? []) : [];
      known.set(table, [...rules, ...lost.filter(({ id }) => !rules.some((rule) => rule.id === id))]);
    }
    return known;
  }
}
