import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { QueryFile } from '../../../shared/contract/query.ts';
import { problem } from '../../../shared/problem.ts';
import { canBeFileName } from '../workspace/file-name.ts';
import { listFolder } from '../workspace/list-folder.ts';
import { writeWhole } from '../workspace/write-whole.ts';

const ending = '.sql';

/** The analyst's queries, one text file each in queries/. */
export class QueryFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<QueryFile[]> {
    const files = (await listFolder(this.#folder)).filter((file) => file.endsWith(ending));
    const found = await Promise.all(files.map((file) => this.#read(file.slice(0, -ending.length))));
    return found.sort((a, b) => a.name.localeCompare(b.name));
  }

  async save(name: string, text: string): Promise<QueryFile> {
    await writeWhole(this.#fileOf(name), text);
    return this.#read(name);
  }

  async rename(name: string, to: string): Promise<QueryFile> {
    await this.#require(name);
    const taken = name.toLowerCase() !== to.toLowerCase() && (await exists(this.#fileOf(to)));
    if (taken)
      throw problem('bad_input', `There is a query "${to}" already.`, { hint: 'Choose another name.' });
    await rename(this.#fileOf(name), this.#fileOf(to));
    return this.#read(to);
  }

  async remove(name: string): Promise<void> {
    await this.#require(name);
    await rm(this.#fileOf(name));
  }

  async #require(name: string): Promise<void> {
    if (await exists(this.#fileOf(name))) return;
    throw problem('not_found', `There is no query "${name}".`, { at: { file: this.#fileOf(name) } });
  }

  async #read(name: string): Promise<QueryFile> {
    const file = join(this.#folder, name + ending);
    const [text, { mtime }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { name, text, modifiedAt: mtime.toISOString() };
  }

  /** Refuses names that could lead out of the folder, or that some file system cannot hold. */
  #fileOf(name: string): string {
    if (!canBeFileName(name)) {
      throw problem('bad_input', `"${name}" cannot be a file's name.`, {
        hint: 'Use letters, digits, spaces, - and _.',
      });
    }
    return join(this.#folder, name + ending);
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
