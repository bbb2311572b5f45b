/**
 * What stands between the fallback runtime and an app folder: `electron [--version] [-r module] folder …`,
 * as Electron's own default app does it.
 */
const { existsSync, readFileSync, statSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { app } = require('electron');

const words = process.argv.slice(1);
const required = [];
let folder;
for (let at = 0; at < words.length && folder === undefined; at++) {
  const word = words[at];
  if (word === '--version' || word === '-v') {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  } else if (word === '-r' || word === '--require') {
    required.push(resolve(words[++at]));
  } else if (!word.startsWith('-')) {
    folder = resolve(word);
  }
}

for (const module of required) require(module);
load(folder).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

async function load(path) {
  if (!path || !existsSync(path)) throw new Error('Name the folder of an app.');
  if (!statSync(path).isDirectory()) return import(pathToFileURL(path).href);
  const {
    name,
    productName,
    version,
    main = 'index.js',
  } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  app.setName(productName ?? name);
  if (version) app.setVersion(version);
  app.setAppPath(path);
  await import(pathToFileURL(join(path, main)).href);
}
