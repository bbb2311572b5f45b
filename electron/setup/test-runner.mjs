import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';
import { runCommand } from './run-command.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */

/** What a part that could not run adds. @type {Counts} */
export const failedOnce = { passed: 0, failed: 1 };

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export const addCounts = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

/**
 * Runs vitest with one configuration, its output in view, and counts from the report it leaves.
 * @param {string} config
 * @param {string} results a folder for the report
 * @param {readonly string[]} names narrows to test files whose path contains one of them
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Counts>}
 */
export async function runTests(config, results, names, env = {}) {
  const report = join(results, `${config}.json`);
  const code = await runCommand(
    process.execPath,
    [
      inProject('node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--config', inProject(config), '--passWithNoTests'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...names,
    ],
    { env: { ...process.env, ...env } },
  );
  const counts = existsSync(report) ? countsOf(readFileSync(report, 'utf8')) : { passed: 0, failed: 0 };
  return code !== 0 && counts.failed === 0 ? addCounts(counts, failedOnce) : counts;
}

/**
 * Counts a report; a file that could not even be loaded counts as one failure.
 * @param {string} text vitest's JSON report
 * @returns {Counts}
 */
export function countsOf(text) {
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} */
  const report = JSON.parse(text);
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}
