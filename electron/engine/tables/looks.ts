import { readFile } from 'node:fs/promises';
import { type Look, look } from '../../../shared/view/look.ts';
import { writeWhole } from '../workspace/write-whole.ts';

/** How each table was looked at last: one small file of local state. */
export class Looks {
  readonly #file: string;
  #kept: Promise<Map<string, Look>> | undefined;
  #written: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  of = async (table: string): Promise<Look | null> => (await this.#all()).get(table) ?? null;

  async keep(table: string, now: Look): Promise<null> {
    (await this.#all()).set(table, now);
    await this.#write();
    return null;
  }

  async rename(table: string, to: string): Promise<void> {
    const all = await this.#all();
    const known = all.get(table);
    if (!known) return;
    all.delete(table);
    all.set(to, known);
    await this.#write();
  }

  #all(): Promise<Map<string, Look>> {
    this.#kept ??= this.#read();
    return this.#kept;
  }

  /** What cannot be read is forgotten: it is only how things were looked at. */
  async #read(): Promise<Map<string, Look>> {
    try {
      const written = JSON.parse(await readFile(this.#file, 'utf8')) as Record<string, unknown>;
      const looks = Object.entries(written).flatMap(([table, kept]) => {
        const { success, data } = look.safeParse(kept);
        return success ? [[table, data] as const] : [];
      });
      return new Map(looks);
    } catch {
      return new Map();
    }
  }

  /** One writing after the other; the last one has everything. */
  #write(): Promise<void> {
    this.#written = this.#written
      .catch(() => {})
      .then(async () =>
        writeWhole(this.#file, JSON.stringify(Object.fromEntries(await this.#all()), null, 1)),
      );
    return this.#written;
  }
}
