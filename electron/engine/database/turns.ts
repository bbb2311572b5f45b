import { problem } from '../../../shared/problem.ts';

/** Who waits for whom: what a person looks at goes before what runs in the background. */
export type Priority = 'interactive' | 'background';

interface Waiting {
  readonly priority: Priority;
  readonly start: () => void;
}

/** Gives the one connection to one piece of work at a time. */
export class Turns {
  #waiting: Waiting[] = [];
  #taken = false;

  get queued(): number {
    return this.#waiting.length;
  }

  /** Waits for a turn; rejects with `cancelled` when given up before it came. */
  take(priority: Priority, signal?: AbortSignal): Promise<void> {
    if (!this.#taken) {
      this.#taken = true;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((other) => other !== entry);
        reject(problem('cancelled', 'Cancelled while it waited for its turn; nothing was done.'));
      };
      const entry: Waiting = {
        priority,
        start: () => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(entry);
    });
  }

  /** Ends the turn; the next one starts. */
  release(): void {
    const interactive = this.#waiting.findIndex(({ priority }) => priority === 'interactive');
    const [next] = this.#waiting.splice(Math.max(interactive, 0), 1);
    if (next) next.start();
    else this.#taken = false;
  }
}
