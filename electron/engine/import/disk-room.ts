import { refuseFullDisk } from '../database/full-disk.ts';

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

  #ask(): Promise<void> {
    const hint =
      'An import needs about twice the size of the file, and some 100 MB have to stay free. Make room, then import it again.';
    return refuseFullDisk(this.#folder, 'Nothing was imported.', hint);
  }
}
