import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asCommand } from './as-command.mjs';
import { whileAlone } from './build-lock.mjs';
import { buildNode, buildPreload, buildRenderer } from './bundles.mjs';
import { fingerprint } from './fingerprint.mjs';
import { install } from './install.mjs';
import { distDir } from './project.mjs';
import { mustRun } from './run-command.mjs';

const always = ['package.json', 'package-lock.json', 'electron/setup/bundles.mjs', 'shared'];

const parts = [
  { name: 'engine', sources: ['electron', 'migrations', ...always], make: buildNode },
  { name: 'preload', sources: ['electron/preload.ts', ...always], make: buildPreload },
];

const window = { name: 'window', sources: ['renderer', 'vite.config.ts', ...always], make: buildRenderer };

/** Installs and builds what changed since the last time, and nothing else. */
export async function build() {
  await install();
  await whileAlone(async () => {
    for (const part of parts) await makePart(part);
    await makeAssets();
    await makePart(window);
  });
}

/** @param {typeof window} part */
async function makePart({ name, sources, make }) {
  await makeOnce(name, fingerprint(sources), make);
}

/** Makes what the app ships besides code: the database template, the embedding model, the sample workspace. */
async function makeAssets() {
  const prepare = join(distDir, 'prepare.js');
  if (!existsSync(prepare)) return;
  const inputs = [...closure('prepare.js')].map((file) => `dist/${file}`);
  const wanted = fingerprint([...inputs, 'migrations', 'samples', 'package-lock.json']);
  await makeOnce('assets', wanted, () => mustRun(process.execPath, [prepare]));
}

/**
 * @param {string} name
 * @param {string} wanted the fingerprint of what it is made from
 * @param {() => Promise<unknown>} make
 */
async function makeOnce(name, wanted, make) {
  const stamp = join(distDir, '.stamps', name);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const started = Date.now();
  await make();
  mkdirSync(join(distDir, '.stamps'), { recursive: true });
  writeFileSync(stamp, wanted);
  console.log(`Built ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

/**
 * The built scripts that one script consists of, so that only a change in one of them remakes the assets.
 * @param {string} file
 * @param {Set<string>} seen
 */
function closure(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(join(distDir, file))) return seen;
  seen.add(file);
  const text = readFileSync(join(distDir, file), 'utf8');
  for (const match of text.matchAll(/["']\.\/([\w-]+\.js)["']/g)) closure(match[1] ?? '', seen);
  return seen;
}

await asCommand(import.meta.url, build);
