import { problem } from '../../../../shared/problem.ts';

/** What embeds now: one run for each collection, which can be asked for a pause. */
export class EmbeddingRuns {
  readonly #pauses = new Map<string, AbortController>();

  /** Fills a collection; `pause` is told when somebody asks for one. */
  async run<Result>(collection: string, work: (pause: AbortSignal) => Promise<Result>): Promise<Result> {
    if (this.#pauses.has(collection)) {
      throw problem('locked', `"${collection}" is being embedded already.`, {
        hint: 'Wait until it is done, or cancel it.',
      });
    }
    const pause = new AbortController();
    this.#pauses.set(collection, pause);
    try {
      return await work(pause.signal);
    } finally {
      this.#pauses.delete(collection);
    }
  }

  /** Asks a run for a pause: it ends once what it is at is saved. */
  pause(collection: string): void {
    const run = this.#pauses.get(collection);
    if (!run) throw problem('not_found', `Nothing of "${collection}" is being embedded.`);
    run.abort();
  }
}
