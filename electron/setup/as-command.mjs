import { isCommand } from './project.mjs';

/**
 * Runs a task when its module is the command that was started, and ends with the task's exit code; a failure is told
 * in words, its stack only with DEBUG set.
 * @param {string} moduleUrl
 * @param {(args: string[]) => Promise<number | void>} task
 */
export async function asCommand(moduleUrl, task) {
  if (!isCommand(moduleUrl)) return;
  try {
    process.exitCode = (await task(process.argv.slice(2))) ?? 0;
  } catch (error) {
    console.error(process.env.DEBUG ? error : error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
