import { inProject } from './project.mjs';

/** Runs the benches of one file in a process of their own and sends each result to the parent. */
const { createServer } = await import('vite');
const [file = '', ...names] = process.argv.slice(2);
const vite = await createServer({
  configFile: false,
  root: inProject(),
  logLevel: 'error',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
/** Kept open while benches run: what they import at first need goes through it too. @param {string} path */
const load = (path) => vite.ssrLoadModule(path);

/** @typedef {import('../../tests/bench/harness.ts').Bench} Bench */
const { runBench } = /** @type {typeof import('../../tests/bench/harness.ts')} */ (
  await load(inProject('tests', 'bench', 'harness.ts'))
);
const { default: found } = /** @type {{ default: Bench | Bench[] }} */ (await load(file));
for (const bench of [found].flat()) {
  if (names.length > 0 ? !names.includes(bench.name) : bench.optional) continue;
  process.send?.({ result: await runBench(bench) });
}
await vite.close();
process.disconnect?.();
process.exit(0);
