import { rmSync } from 'node:fs';
import { decodePage } from '../../shared/decode-page.ts';
import { type View, view } from '../../shared/view/view.ts';
import { type LargeTable, largeTable } from './explore-table.ts';
import { type Bench, defineBench } from './harness.ts';

const rows = 10_000_000;
const pageRows = 500;
const jumps = 120;
const never = new AbortController().signal;

let large: Promise<LargeTable> | undefined;

const views = {
  unsorted: view.parse({}),
  sorted: view.parse({ sort: [{ column: 'city' }, { column: 'amount', descending: true }] }),
  filtered: view.parse({ filters: [{ kind: 'range', column: 'pieces', from: '100', to: '299' }] }),
} satisfies Record<string, View>;

/** Milliseconds of pages at places all over the table, in order of length. */
async function times(looked: View): Promise<readonly number[]> {
  const { views: pages } = await (large as Promise<LargeTable>);
  const { total } = await pages.page('large', looked, { offset: 0, limit: 1 }, never);
  const taken: number[] = [];
  for (let jump = 1; jump <= jumps; jump++) {
    const offset = Math.floor(((jump * 0.6180339887) % 1) * (total - pageRows));
    const began = performance.now();
    const { bytes } = await pages.page('large', looked, { offset, limit: pageRows }, never);
    if (decodePage(bytes).rows !== pageRows) throw new Error(`A page at ${offset} was not full.`);
    taken.push(performance.now() - began);
  }
  return taken.sort((a, b) => a - b);
}

const atShare = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;

/** The table is made once for all benches of this file, and its folder goes with the process. */
async function prepare(): Promise<void> {
  if (large) return;
  large = largeTable(rows);
  const { dir } = (await large).workspace;
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
}

/** Of the views looked at, the one that takes longest counts. */
const jump = (name: string, share: number, goal: number): Bench =>
  defineBench({
    name,
    unit: 'ms',
    optional: true,
    goal,
    runs: 1,
    prepare,
    async ours() {
      let slowest = 0;
      for (const [called, looked] of Object.entries(views)) {
        const taken = atShare(await times(looked), share);
        console.error(`  ${called}: ${taken.toFixed(1)} ms`);
        slowest = Math.max(slowest, taken);
      }
      return slowest;
    },
  });

let turn = false;

/** Putting all rows in order by two columns, each time by another order. */
const sorting = defineBench({
  name: 'page-jump-sort',
  unit: 's',
  optional: true,
  goal: 5,
  runs: 1,
  prepare,
  async ours() {
    const { views: pages } = await (large as Promise<LargeTable>);
    turn = !turn;
    const by = view.parse({ sort: [{ column: 'name' }, { column: 'ordered', descending: turn }] });
    const began = performance.now();
    await pages.arrange('large', by, { signal: never, progress: () => {} });
    return (performance.now() - began) / 1000;
  },
});

export default [jump('page-jump', 0.5, 50), jump('page-jump-p99', 0.99, 200), sorting];
