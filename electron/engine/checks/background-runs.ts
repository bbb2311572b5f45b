import type { EngineEvent } from '../../../shared/contract/index.ts';
import { toProblem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';

/** Runs that no call waits for: the window is told of each as a task, and may stop it. */
export class BackgroundRuns {
  readonly #emit: (event: EngineEvent) => void;
  readonly #aborts = new Map<number, AbortController>();
  #last = 0;

  constructor(emit: (event: EngineEvent) => void) {
    this.#emit = emit;
  }

  /** Being stopped by the window is no fault; any other end that is none is thrown. */
  async run(
    title: string,
    signal: AbortSignal,
    work: (call: CallContext) => Promise<unknown>,
  ): Promise<void> {
    this.#last += 1;
    const task = this.#last;
    const abort = new AbortController();
    const tell = (state: Pick<Extract<EngineEvent, { event: 'task' }>, 'status' | 'progress' | 'problem'>) =>
      this.#emit({ event: 'task', task, title, ...state });
    this.#aborts.set(task, abort);
    tell({ status: 'running' });
    try {
      await work({
        signal: AbortSignal.any([signal, abort.signal]),
        progress: (progress) => tell({ status: 'running', progress }),
      });
      tell({ status: 'done' });
    } catch (thrown) {
      const failed = toProblem(thrown);
      const stopped = failed.code === 'cancelled';
      tell(stopped ? { status: 'cancelled' } : { status: 'failed', problem: failed });
      if (!stopped || !abort.signal.aborted) throw thrown;
    } finally {
      this.#aborts.delete(task);
    }
  }

  /** Gives a run up; one that has ended meanwhile is let be. */
  stop(task: number): void {
    this.#aborts.get(task)?.abort();
  }
}
