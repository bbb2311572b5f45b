import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';

import { posix, relative } from 'node:path';
import { asCommand } from './as-command.mjs';
import { filesBelow } from './fingerprint.mjs';
import { inProject, projectDir } from './project.mjs';

/** The rooms in the order of the road: each may use the ones before it, never the ones after. */
const rooms = ['files', 'import', 'tables', 'query', 'pipelines', 'checks', 'search', 'promote'];

/** @typedef {{ says: string, from: RegExp, not?: RegExp, to: RegExp, typesToo?: boolean }} Rule */

/** What may not import what. A target is a path in the project, or `package:name`, or `node:name`. @type {Rule[]} */
const rules = [
  { says: 'shared/ imports from neither side', from: /^shared\//, to: /^(electron|renderer|tests)\// },
  { says: 'shared/ is pure: no Node, no Electron', from: /^shared\//, to: /^(node:|package:electron$)/ },
  { says: 'the window knows only shared/', from: /^renderer\//, to: /^(electron|tests)\/|^node:/ },
  {
    says: 'the engine knows nothing of the window or the tests',
    from: /^electron\//,
    not: /^electron\/setup\//,
    to: /^(renderer|tests)\//,
  },
  {
    says: 'the engine also runs in plain Node, without Electron',
    from: /^electron\/(engine|cli)\//,
    not: /^electron\/engine\/engine-process\.ts$/,
    to: /^package:electron$/,
    typesToo: false,
  },
  ...['electron/engine', 'renderer/rooms'].flatMap(roomsInOrder),
];

/** @param {string} parent @returns {Rule[]} */
function roomsInOrder(parent) {
  return rooms.slice(0, -1).map((room, at) => ({
    says: `${room} may use earlier rooms of the road, never later ones`,
    from: new RegExp(`^${parent}/${room}/`),
    to: new RegExp(`^${parent}/(${rooms.slice(at + 1).join('|')})/`),
  }));
}

/**
 * The imports of one file that break a rule, in words.
 * @param {string} file its path in the project, with slashes
 * @param {string} text
 * @returns {Promise<string[]>}
 */
export async function brokenLayers(file, text) {
  const own = rules.filter((rule) => rule.from.test(file) && !rule.not?.test(file));
  if (own.length === 0) return [];
  return (await importsOf(file, text)).flatMap(({ specifier, isType }) => {
    const target = targetOf(file, specifier);
    return own
      .filter((rule) => rule.to.test(target) && (rule.typesToo !== false || !isType))
      .map((rule) => `${file} imports ${specifier}: ${rule.says}.`);
  });
}

/** @param {string} file @param {string} text */
async function importsOf(file, text) {
  const { parseSync } = await import('oxc-parser');
  const { module } = parseSync(file, text);
  const imports = module.staticImports.map((entry) => ({
    specifier: entry.moduleRequest.value,
    isType: entry.entries.length > 0 && entry.entries.every((name) => name.isType),
  }));
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ specifier: moduleRequest.value, isType }] : [],
    ),
  );
  const dynamic = module.dynamicImports.map(({ moduleRequest }) => ({
    specifier: text.slice(moduleRequest.start, moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
    isType: false,
  }));
  return [...imports, ...exports, ...dynamic];
}

/** @param {string} file @param {string} specifier */
function targetOf(file, specifier) {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  return isBuiltin(specifier) ? `node:${specifier.replace(/^node:/, '')}` : `package:${specifier}`;
}

/** Reads every source and says which imports go the wrong way. @returns {Promise<number>} */
async function checkLayers() {
  const sources = ['shared', 'electron', 'renderer']
    .flatMap((folder) => filesBelow(inProject(folder)))
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path));
  const broken = await Promise.all(
    sources.map((path) =>
      brokenLayers(relative(projectDir, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')),
    ),
  );
  for (const line of broken.flat()) console.error(line);
  console.log(`${sources.length} files, ${broken.flat().length} imports the wrong way.`);
  return broken.flat().length > 0 ? 1 : 0;
}

await asCommand(import.meta.url, checkLayers);
