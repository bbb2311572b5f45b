const busy = 0;
const stopped = 1;

/** Longer than the largest batch takes. */
const patienceMs = 10_000;

/**
 * Keeps a thread from being ended inside onnxruntime, which would abort the whole process: Node cannot hand its result
 * to a thread that is gone. Both sides share two flags.
 */
export const whileComputing = {
  flagBytes: 2 * Int32Array.BYTES_PER_ELEMENT,

  /** In the thread: computes unless it is to stop. */
  async run<T>(flags: Int32Array, compute: () => Promise<T>): Promise<T> {
    Atomics.store(flags, busy, 1);
    try {
      if (Atomics.load(flags, stopped) === 1) throw new Error('The embedding thread is stopping.');
      return await compute();
    } finally {
      Atomics.store(flags, busy, 0);
      Atomics.notify(flags, busy);
    }
  },

  /** In its owner, when the process ends: blocks until the thread is between two batches, and keeps it there. */
  stop(flags: Int32Array): void {
    Atomics.store(flags, stopped, 1);
    Atomics.wait(flags, busy, 1, patienceMs);
  },
};
