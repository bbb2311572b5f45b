import { fork } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import { asCommand } from './as-command.mjs';
import { build } from './build.mjs';
import { filesBelow } from './fingerprint.mjs';
import { inProject } from './project.mjs';

/** @typedef {import('../../tests/bench/harness.ts').BenchResult} Result */

/**
 * Runs the benches, each file in a process of its own, and prints a table or one JSON document.
 * @param {string[]} words names of benches and `--json`
 */
async function bench(words) {
  const json = words.includes('--json');
  const names = words.filter((word) => !word.startsWith('--'));
  if (json) console.log = console.error;
  await build();
  /** @type {Result[]} */
  const results = [];
  let broken = 0;
  for (const file of filesBelow(inProject('tests', 'bench')).filter((path) => path.endsWith('.bench.ts'))) {
    const code = await runFile(file, names, (result) => {
      results.push(result);
      console.log(lineOf(result));
    });
    if (code !== 0) broken++;
  }
  if (json) process.stdout.write(`${JSON.stringify({ machine: machine(), results }, null, 2)}\n`);
  if (results.length === 0) console.error('No bench ran.');
  return broken === 0 && results.length > 0 && results.every(({ ok }) => ok) ? 0 : 1;
}

/**
 * What a bench prints goes to standard error, which leaves standard output to the results.
 * @param {string} file
 * @param {string[]} names
 * @param {(result: Result) => void} onResult
 * @returns {Promise<number>}
 */
function runFile(file, names, onResult) {
  const child = fork(inProject('electron', 'setup', 'bench-child.mjs'), [file, ...names], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  child.on('message', (/** @type {{ result: Result }} */ { result }) => onResult(result));
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

/** @param {Result} result */
function lineOf({ name, value, unit, peer, peerValue, ratio, goal, ok }) {
  const rival = peerValue === null ? '' : `, ${peer ?? 'peer'} ${rounded(peerValue)} ${unit}`;
  const judged = ratio === null ? `goal ${goal} ${unit}` : `ratio ${rounded(ratio)}, goal ${goal}`;
  return `${ok ? 'ok    ' : 'missed'} ${name}: ${rounded(value)} ${unit}${rival}; ${judged}`;
}

/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(3));

function machine() {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
  };
}

await asCommand(import.meta.url, bench);
