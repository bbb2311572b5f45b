import { problem } from '../../../../shared/problem.ts';

/** What embeds now: one run for each table, which can be asked for a pause. */
export class EmbeddingRuns {
  readonly #pauses = new Map<string, AbortController>();

  /** Embeds a table; `pause` is told when somebody asks for one. */
  async run<Result>(table: string, work: (pause: AbortSignal) => Promise<Result>): Promise<Result> {
    if (this.#pauses.has(table)) {
      throw problem('locked', `"${table}" is being embedded already.`, {
        hint: 'Wait until it is done, or cancel it.',
      });
    }
    const pause = new AbortController();
    this.#pauses.set(table, pause);
    try {
      return await work(pause.signal);
    } finally {
      this.#pauses.delete(table);
    }
  }

  /** Asks a run for a pause: it ends once what it is at is saved. */
  pause(table: string): void {
    const run = this.#pauses.get(table);
    if (!run) throw problem('not_found', `Nothing of "${table}" is being embedded.`);
    run.abort();
  }
}
