import { problem } from '../../../shared/problem.ts';

/** Who waits for whom: what a person looks at goes before what is shown beside it, and that before what runs in the background. */
const order = ['interactive', 'beside', 'background'] as const;

export type Priority = (typeof order)[number];

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
    const first = order
      .map((priority) => this.#waiting.findIndex((one) => one.priority === priority))
      .find((at) => at >= 0);
    const [next] = this.#waiting.splice(first ?? 0, 1);
    if (next) next.start();
    else this.#taken = false;
  }
}
