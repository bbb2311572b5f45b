import { readFile, stat } from 'node:fs/promises';
import type { QueryFile } from '../../../shared/contract/query.ts';
import { NamedFiles } from '../workspace/named-files.ts';
import { writeWhole } from '../workspace/write-whole.ts';

/** The analyst's queries, one text file each in queries/. */
export class QueryFiles {
  readonly #files: NamedFiles;

  constructor(folder: string) {
    this.#files = new NamedFiles(folder, '.sql', 'query');
  }

  list(): Promise<QueryFile[]> {
    return this.#files.list(readQuery);
  }

  async save(name: string, text: string): Promise<QueryFile> {
    await writeWhole(this.#files.fileOf(name), text);
    return readQuery(name, this.#files.fileOf(name));
  }

  async rename(name: string, to: string): Promise<QueryFile> {
    await this.#files.rename(name, to);
    return readQuery(to, this.#files.fileOf(to));
  }

  remove(name: string): Promise<void> {
    return this.#files.remove(name);
  }
}

async function readQuery(name: string, file: string): Promise<QueryFile> {
  const [text, { mtime }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
  return { name, text, modifiedAt: mtime.toISOString() };
}
