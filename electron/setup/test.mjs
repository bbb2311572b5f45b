import { mkdirSync, rmSync } from 'node:fs';
import { asCommand } from './as-command.mjs';
import { build } from './build.mjs';
import { describeRuntime, electronRuntime } from './electron-runtime.mjs';
import { install } from './install.mjs';
import { inProject } from './project.mjs';
import { ensureSystemLibraries } from './system.mjs';
import { addCounts, failedOnce, runTests } from './test-runner.mjs';
import { virtualScreen } from './virtual-screen.mjs';

/** Prepares everything the tests need, runs them all and closes with one line of counts. @param {string[]} names */
export async function test(names) {
  let counts = { passed: 0, failed: 0 };
  const results = inProject('tests', '.work', `results-${process.pid}`);
  mkdirSync(results, { recursive: true });
  try {
    await prepare();
    counts = addCounts(counts, await runTests('vitest.config.ts', results, names));
    counts = addCounts(counts, await runOnScreen(results, names));
  } catch (error) {
    console.error(error);
    counts = addCounts(counts, failedOnce);
  }
  rmSync(results, { recursive: true, force: true });
  if (counts.passed + counts.failed === 0) console.error(`No test matches ${names.join(' ') || 'anything'}.`);
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

async function prepare() {
  await install();
  ensureSystemLibraries({ virtualScreen: true });
  describeRuntime(await electronRuntime());
  await build();
  const { preparePostgres } = await import('../../tests/postgres/server-files.mjs');
  await preparePostgres();
}

/** @param {string} results @param {string[]} names */
async function runOnScreen(results, names) {
  const screen = await virtualScreen();
  try {
    return await runTests('vitest.e2e.config.ts', results, names, screen.env);
  } finally {
    screen.stop();
  }
}

await asCommand(import.meta.url, test);
