import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A file of this name in a folder, with a number where there is one already: what somebody keeps there is not written over. */
export function freeFile(folder: string, name: string, ending: string): string {
  for (let number = 1; ; number++) {
    const file = join(resolve(folder), `${name}${number === 1 ? '' : ` ${number}`}.${ending}`);
    if (!existsSync(file)) return file;
  }
}
