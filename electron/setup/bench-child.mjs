import { inProject } from './project.mjs';

/** Runs the benches of one file in a process of their own and sends each result to the parent. */
const { runnerImport } = await import('vite');
const [file = '', ...names] = process.argv.slice(2);
/** @param {string} path */
const load = async (path) => (await runnerImport(path, { configFile: false, logLevel: 'error' })).module;

/** @typedef {import('../../tests/bench/harness.ts').Bench} Bench */
const { runBench } = /** @type {typeof import('../../tests/bench/harness.ts')} */ (
  await load(inProject('tests', 'bench', 'harness.ts'))
);
const { default: found } = /** @type {{ default: Bench | Bench[] }} */ (await load(file));
for (const bench of [found].flat()) {
  if (names.length > 0 && !names.includes(bench.name)) continue;
  process.send?.({ result: await runBench(bench) });
}
process.disconnect?.();
process.exit(0);
