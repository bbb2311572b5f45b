import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever the command was started from. */
export const projectDir = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** The folder of everything built. */
export const distDir = join(projectDir, 'dist');

/** A path inside the project. @param {...string} parts */
export const inProject = (...parts) => join(projectDir, ...parts);

/** Whether a module is the command that was started, and not imported by another. @param {string} moduleUrl */
export const isCommand = (moduleUrl) =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(moduleUrl);
