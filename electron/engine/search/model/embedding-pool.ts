import { type EmbeddingThread, startThread } from './embedding-thread.ts';
import type { LoadableModel } from './model-files.ts';

/** Unused threads end after this long and give their memory back. */
const idleMs = 60_000;

interface Job {
  readonly texts: readonly string[];
  resolve(vectors: Float32Array): void;
  reject(thrown: unknown): void;
}

/** Gives batches of texts to a few threads; starts them as they are needed. */
export class EmbeddingPool {
  readonly #readModel: () => Promise<LoadableModel>;
  readonly most: number;
  readonly #threads = new Set<EmbeddingThread>();
  readonly #jobs: Job[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor(readModel: () => Promise<LoadableModel>, most: number) {
    this.#readModel = readModel;
    this.most = most;
  }

  /** The vectors of one batch. A single text is somebody's question and goes before batches that wait. */
  embed(texts: readonly string[]): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      const job = { texts, resolve, reject };
      if (texts.length === 1) this.#jobs.unshift(job);
      else this.#jobs.push(job);
      this.#next();
    });
  }

  /** Stops the threads, each after the batch it is at. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const threads = [...this.#threads];
    this.#threads.clear();
    await Promise.all(threads.map((thread) => thread.stop()));
  }

  #next(): void {
    clearTimeout(this.#idle);
    while (this.#jobs.length > 0) {
      const thread = [...this.#threads].find(({ busy }) => !busy) ?? this.#start();
      const job = thread && this.#jobs.shift();
      if (!job) return;
      void this.#work(thread, job);
    }
    if ([...this.#threads].some(({ busy }) => busy)) return;
    this.#idle = setTimeout(() => void this.close(), idleMs).unref();
  }

  async #work(thread: EmbeddingThread, job: Job): Promise<void> {
    try {
      job.resolve(await thread.embed(job.texts));
    } catch (thrown) {
      this.#threads.delete(thread);
      job.reject(thrown);
      await thread.stop();
    }
    this.#next();
  }

  #start(): EmbeddingThread | undefined {
    if (this.#threads.size >= this.most) return undefined;
    const thread = startThread(this.#readModel);
    this.#threads.add(thread);
    return thread;
  }
}
