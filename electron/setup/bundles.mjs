import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { layoutOnly } from './layout-only.mjs';
import { distDir, inProject, projectDir } from './project.mjs';

const entries = {
  main: 'electron/main/main.ts',
  engine: 'electron/engine/engine-process.ts',
  'database-worker': 'electron/engine/database/worker.ts',
  'embedding-worker': 'electron/engine/search/model/embedding-worker.ts',
  'map-worker': 'electron/engine/search/map/map-worker.ts',
  cli: 'electron/cli/cli.ts',
  prepare: 'electron/setup/prepare.ts',
};

/** @typedef {import('vite').Rolldown.RolldownOutput} Output */

/**
 * Bundles everything that runs in Node or Electron's own processes. Packages stay in node_modules; all files lie
 * flat in dist/, so that `import.meta.url` names dist/ in each of them.
 */
export async function buildNode() {
  const input = Object.fromEntries(
    Object.entries(entries).filter(([, source]) => existsSync(inProject(source))),
  );
  if (Object.keys(input).length === 0) return;
  const { build } = await import('vite');
  const fresh = join(distDir, `.fresh-${process.pid}`);
  const output = await build({
    configFile: false,
    root: projectDir,
    publicDir: false,
    logLevel: 'warn',
    // Loaded by every process at its start: one file each is read several times faster than a package's many.
    // Of embedding-atlas the part for maps is taken out; the whole brings a database of its own.
    ssr: {
      noExternal: [
        ...['zod', 'yaml', 'lossless-json', 'saxes', 'xmlchars', 'tinyglobby', 'fdir', 'picomatch'],
        'embedding-atlas',
      ],
    },
    build: {
      ssr: true,
      outDir: fresh,
      emptyOutDir: false,
      target: 'node20',
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input,
        external: ['electron', ...layoutOnly.external],
        treeshake: layoutOnly.treeshake,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  });
  refuseUnshippedPackages(/** @type {Output} */ (output));
  replaceScripts(fresh);
  if (input.cli) chmodSync(join(distDir, 'cli.js'), 0o755);
}

/** Bundles the preload script into one CommonJS file, as the window's sandbox demands. */
export async function buildPreload() {
  const entry = inProject('electron/preload.ts');
  if (!existsSync(entry)) return;
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: projectDir,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: distDir,
      emptyOutDir: false,
      target: 'chrome130',
      minify: false,
      lib: { entry, formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  });
}

/** Bundles the window by the project's vite.config.ts. */
export async function buildRenderer() {
  if (!existsSync(inProject('renderer/index.html'))) return;
  const { build } = await import('vite');
  const output = await build({
    configFile: inProject('vite.config.ts'),
    root: inProject('renderer'),
    logLevel: 'warn',
  });
  writeFileSync(bundledPackages, JSON.stringify(packagesIn(/** @type {Output} */ (output))));
}

/** Where the build leaves the names of the packages that it put into the window's files, for their licences. */
export const bundledPackages = join(distDir, '.window-packages.json');

/** @param {Output} output */
function packagesIn({ output }) {
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const inside = modules.filter((id) => id.includes('/node_modules/'));
  return [...new Set(inside.map((id) => packageOf(id.slice(id.lastIndexOf('/node_modules/') + 14))))].sort();
}

/**
 * Puts the new scripts in the place of the former ones only when all of them are there.
 * @param {string} fresh
 */
function replaceScripts(fresh) {
  const names = readdirSync(fresh);
  for (const name of names) renameSync(join(fresh, name), join(distDir, name));
  rmSync(fresh, { recursive: true });
  for (const name of readdirSync(distDir)) {
    if (/\.js(\.map)?$/.test(name) && !names.includes(name)) rmSync(join(distDir, name));
  }
}

/**
 * A package that the shipped app imports must be a dependency, not a devDependency, or the packaged app lacks it.
 * @param {Output} output
 */
function refuseUnshippedPackages({ output }) {
  const shipped = Object.keys(JSON.parse(readFileSync(inProject('package.json'), 'utf8')).dependencies);
  const chunks = output.filter((file) => file.type === 'chunk' && file.name !== 'prepare');
  const missing = new Set(
    chunks
      .flatMap((chunk) => (chunk.type === 'chunk' ? [...chunk.imports, ...chunk.dynamicImports] : []))
      .filter((name) => name !== 'electron' && !isBuiltin(name) && !name.endsWith('.js'))
      .map(packageOf)
      .filter((name) => !shipped.includes(name)),
  );
  if (missing.size > 0) {
    throw new Error(`The app imports ${[...missing].join(', ')}: move it to "dependencies" in package.json.`);
  }
}

/** @param {string} specifier */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
