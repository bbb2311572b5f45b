import { defineBench } from './harness.ts';
import { openLarge, openWindow, type WindowOnTables } from './window-on-tables.ts';

const rows = 10_000_000;
const jumps = 120;

let opened: WindowOnTables | undefined;

/** Opened once for all benches of this file, and closed with the last. */
async function window(): Promise<WindowOnTables> {
  if (!opened) {
    opened = await openWindow({ visits: rows });
    await openLarge(opened.page, 'visits', rows);
  }
  return opened;
}

/** Milliseconds from moving the scroll bar to a frame in which every row in sight has its cells, in order of length. */
async function times(): Promise<readonly number[]> {
  const { page } = await window();
  const taken = await page.getByRole('grid').evaluate(async (grid, jumps) => {
    const frame = () => new Promise(requestAnimationFrame);
    const scrolled = [grid, ...grid.querySelectorAll('*')].find(
      (one) => one.scrollHeight > 100_000 && getComputedStyle(one).overflowY !== 'visible',
    );
    if (!scrolled) throw new Error('Nothing scrolls.');
    const whole = () => {
      const heads = [...scrolled.querySelectorAll<HTMLElement>('[role=rowheader][data-row]')];
      return heads.length > 5 && heads.every((head) => head.textContent !== '');
    };
    const all: number[] = [];
    for (let jump = 1; jump <= jumps; jump++) {
      const before = scrolled.querySelector<HTMLElement>('[data-row]')?.dataset['row'];
      const began = performance.now();
      scrolled.scrollTop = ((jump * 0.6180339887) % 1) * (scrolled.scrollHeight - scrolled.clientHeight);
      do await frame();
      while (!whole() || scrolled.querySelector<HTMLElement>('[data-row]')?.dataset['row'] === before);
      all.push(performance.now() - began);
    }
    return all;
  }, jumps);
  return taken.sort((a, b) => a - b);
}

const atShare = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;

/** In the table's own order, then sorted by two columns: the slower one counts. */
async function slowest(share: number): Promise<number> {
  const { page } = await window();
  const plain = atShare(await times(), share);
  await page.getByRole('gridcell').nth(2).click();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await page
    .getByRole('columnheader', { name: /amount/ })
    .and(page.locator('[aria-sort=descending]'))
    .waitFor();
  await page.getByRole('grid').and(page.locator(':not([aria-busy=true])')).waitFor({ timeout: 120_000 });
  const sorted = atShare(await times(), share);
  console.error(`  unsorted: ${plain.toFixed(1)} ms, sorted: ${sorted.toFixed(1)} ms`);
  return Math.max(plain, sorted);
}

const shared = { unit: 'ms', optional: true, runs: 1, prepare: async () => void (await window()) };

export default [
  defineBench({ ...shared, name: 'window-jump', goal: 50, ours: () => slowest(0.5) }),
  defineBench({
    ...shared,
    name: 'window-jump-p99',
    goal: 200,
    ours: () => slowest(0.99),
    cleanup: async () => opened?.close(),
  }),
];
