import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let root: string | undefined;

/** The path of a file that ships with the app, named from the project's root: `appFile('dist/assets/model')`. */
export function appFile(name: string): string {
  root ??= findRoot(dirname(fileURLToPath(import.meta.url)));
  return join(root, name);
}

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  return parent === from ? from : findRoot(parent);
}
