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

const jump = (name: keyof typeof views, share: number, called: string, goal: number): Bench =>
  defineBench({
    name: `page-jump-${name}-${called}`,
    unit: 'ms',
    optional: true,
    goal,
    runs: 1,
    prepare: async () => {
      large ??= largeTable(rows);
      await large;
    },
    ours: async () => atShare(await times(views[name]), share),
  });

/** Putting all rows in order by two columns, in seconds. */
const sorting = defineBench({
  name: 'sort-10m',
  unit: 's',
  optional: true,
  goal: 5,
  runs: 1,
  prepare: async () => {
    large ??= largeTable(rows);
    await large;
  },
  async ours() {
    const { views: pages } = await (large as Promise<LargeTable>);
    const began = performance.now();
    const by = view.parse({
      sort: [{ column: 'name' }, { column: 'ordered', descending: performance.now() % 2 < 1 }],
    });
    await pages.arrange('large', by, { signal: never, progress: () => {} });
    return (performance.now() - began) / 1000;
  },
  cleanup: async () => {
    await (await large)?.close();
    large = undefined;
  },
});

export default [
  jump('unsorted', 0.5, 'median', 50),
  jump('unsorted', 0.99, 'p99', 200),
  jump('filtered', 0.5, 'median', 50),
  jump('filtered', 0.99, 'p99', 200),
  jump('sorted', 0.5, 'median', 50),
  jump('sorted', 0.99, 'p99', 200),
  sorting,
];
