/**
 * What stands between the fallback runtime and an app folder: `electron [--version] [-r module] folder …`,
 * as Electron's own default app does it.
 */
const { existsSync, readFileSync, statSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { app } = require('electron');

/** @type {string[]} */
const required = [];
/** @type {string | undefined} */
let folder;
const words = process.argv.slice(1);
for (let word = words.shift(); word !== undefined && folder === undefined; word = words.shift()) {
  if (word === '--version' || word === '-v') {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  } else if (word === '-r' || word === '--require') {
    required.push(resolve(words.shift() ?? ''));
  } else if (!word.startsWith('-')) {
    folder = resolve(word);
  }
}

for (const module of required) require(module);
load(folder).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

/** @param {string | undefined} path */
async function load(path) {
  if (!path || !existsSync(path)) throw new Error('Name the folder of an app.');
  if (!statSync(path).isDirectory()) return import(pathToFileURL(path).href);
  const description = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  app.setName(description.productName ?? description.name ?? 'Electron');
  // Undocumented, and what Electron's own default app calls.
  const open = /** @type {Record<string, (value: string) => void>} */ (/** @type {unknown} */ (app));
  if (description.version) open['setVersion']?.(description.version);
  open['setAppPath']?.(path);
  return import(pathToFileURL(join(path, description.main ?? 'index.js')).href);
}
