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

  constructor(context: Context, byItself: ByItself) {
    this.#context = context;
    this.#byItself = byItself;
    this.#known = this.#read();
    this.#known.catch(() => {});
  }

  /** Files of rules may have changed. */
  look(): void {
    if (this.#byItself.afterSave) void this.#look().catch(this.#byItself.failed);
  }

  async #look(): Promise<void> {
    const before = await this.#known;
    this.#known = this.#read();
    for (const [table, rules] of await this.#known) {
      const old = before.get(table) ?? [];
      const changed = rules.filter((rule) => !old.some((one) => isDeepStrictEqual(one, rule)));
      if (changed.length === 0) continue;
      const waiting = this.#waiting.get(table) ?? new Set();
      for (const { id } of changed) waiting.add(id);
      this.#waiting.set(table, waiting);
      await this.#run(table);
    }
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

  async #read(): Promise<Known> {
    if (!this.#byItself.afterSave) return new Map();
    const listed = await listRules(this.#context.workspace.path('checks'));
    return new Map(listed.map(({ table, rules }) => [table, rules]));
  }
}
