import { statfs } from 'node:fs/promises';
import { problem } from '../../../shared/problem.ts';

/** PostgreSQL does not come back from a log that it cannot write: this much of the disk is left to it. */
const spared = 96 << 20;
const askEvery = 8 << 20;

/** Looks after the free space of the disk that a table is filled on. */
export class DiskRoom {
  readonly #folder: string;
  #since = 0;
  #asking: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Refuses to write so many bytes more where the disk was nearly full when last asked, which goes on meanwhile. */
  async take(bytes: number): Promise<void> {
    await this.#asking;
    this.#since += bytes;
    if (this.#since < askEvery) return;
    this.#since = 0;
    this.#asking = this.#ask();
    this.#asking.catch(() => {});
  }

  async #ask(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    if (bavail * bsize > spared) return;
    throw problem('disk', 'There is no room left on the disk. Nothing was imported.', {
      hint: 'An import needs about twice the size of the file. Make room, then import it again.',
      at: { file: this.#folder },
    });
  }
}
