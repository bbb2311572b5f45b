import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asCommand } from './as-command.mjs';
import { build } from './build.mjs';
import { describeRuntime, electronRuntime } from './electron-runtime.mjs';
import { distDir, projectDir } from './project.mjs';
import { runCommand } from './run-command.mjs';
import { ensureSystemLibraries } from './system.mjs';

const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Starts the app, or walks its whole road in words where there is no screen. @param {string[]} args */
async function start(args) {
  if (!hasDisplay) return startWithoutDisplay(args);
  await build();
  ensureSystemLibraries();
  const runtime = await electronRuntime();
  describeRuntime(runtime);
  const words = args.length > 0 ? args.map(fromWhereItWasTyped) : ['--sample'];
  return runCommand(runtime.executable, [projectDir, ...runtime.args, ...words]);
}

/** A folder can only be opened on a screen; its owner has the `assay` command. @param {string[]} args */
async function startWithoutDisplay(args) {
  const folder = args.find((word) => !word.startsWith('-'));
  if (folder !== undefined) {
    console.error(
      `There is no display to open ${folder} on. Build with npm run build, then use: npx assay --help`,
    );
    return 2;
  }
  await build();
  console.log('There is no display: walking the road on a copy of the sample workspace instead.');
  return runCommand(process.execPath, [join(distDir, 'cli.js'), 'road', ...args]);
}

/** npm starts us in the project's folder; a path is meant from where the person stood. @param {string} word */
function fromWhereItWasTyped(word) {
  const path = join(process.env.INIT_CWD ?? process.cwd(), word);
  return !word.startsWith('-') && existsSync(path) ? path : word;
}

await asCommand(import.meta.url, start);
