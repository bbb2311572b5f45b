import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '../../../shared/problem.ts';
import { canBeFileName } from './file-name.ts';
import { listFolder } from './list-folder.ts';

/** Text files of one kind in a folder of the workspace, known by their names without the ending. */
export class NamedFiles {
  readonly #folder: string;
  readonly #ending: string;
  readonly #what: string;

  /** `what` says in messages what one of them is: a query, a chart. */
  constructor(folder: string, ending: string, what: string) {
    this.#folder = folder;
    this.#ending = ending;
    this.#what = what;
  }

  /** What each holds, by `read`, in the order of the names. */
  async list<Held>(read: (name: string, file: string) => Promise<Held>): Promise<Held[]> {
    const files = (await listFolder(this.#folder)).filter((file) => file.endsWith(this.#ending));
    const known = files.map((file) => file.slice(0, -this.#ending.length));
    known.sort((one, other) => one.localeCompare(other));
    return Promise.all(known.map((name) => read(name, join(this.#folder, name + this.#ending))));
  }

  /** Where it is or would be; refuses names that could lead out of the folder, or that some file system cannot hold. */
  fileOf(name: string): string {
    if (canBeFileName(name)) return join(this.#folder, name + this.#ending);
    throw problem('bad_input', `"${name}" cannot be a file's name.`, {
      hint: 'Use letters, digits, spaces, - and _.',
    });
  }

  async require(name: string): Promise<void> {
    const file = this.fileOf(name);
    if (await exists(file)) return;
    throw problem('not_found', `There is no ${this.#what} "${name}".`, { at: { file } });
  }

  async rename(name: string, to: string): Promise<void> {
    await this.require(name);
    const taken = name.toLowerCase() !== to.toLowerCase() && (await exists(this.fileOf(to)));
    if (taken) {
      throw problem('bad_input', `There is a ${this.#what} "${to}" already.`, {
        hint: 'Choose another name.',
      });
    }
    await rename(this.fileOf(name), this.fileOf(to));
  }

  async remove(name: string): Promise<void> {
    await this.require(name);
    await rm(this.fileOf(name));
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
