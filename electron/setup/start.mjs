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
  await build();
  if (!hasDisplay) {
    console.log('There is no display: walking the road on a copy of the sample workspace instead.');
    return runCommand(process.execPath, [join(distDir, 'cli.js'), 'road', ...args]);
  }
  ensureSystemLibraries();
  const runtime = await electronRuntime();
  describeRuntime(runtime);
  const words = args.length > 0 ? args.map(fromWhereItWasTyped) : ['--sample'];
  return runCommand(runtime.executable, [projectDir, ...runtime.args, ...words]);
}

/** npm starts us in the project's folder; a path is meant from where the person stood. @param {string} word */
function fromWhereItWasTyped(word) {
  const path = join(process.env.INIT_CWD ?? process.cwd(), word);
  return !word.startsWith('-') && existsSync(path) ? path : word;
}

await asCommand(import.meta.url, start);
