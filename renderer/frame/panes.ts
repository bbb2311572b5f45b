import { activeTab } from '../workspace/tabs.ts';

/** What a pane gives the focus to, best first; else the first thing in it that takes it. */
const preferred = [
  '[role=grid]',
  '[role=tree] [tabindex="0"]',
  '[role=tab][aria-selected=true]',
  '[data-first]',
];

const tabbable =
  'button:not([disabled], [tabindex="-1"]), input:not([disabled]), textarea, select, a[href], [tabindex="0"]';

/** For how many frames a view that has just been opened may still be on its way to its rows. */
const patience = { rows: 300, other: 20 };

const gridKinds = new Set(['table', 'view']);

const lastIn = new WeakMap<Element, HTMLElement>();

const seen = (element: HTMLElement) => element.isConnected && element.checkVisibility();

const firstSeen = (within: Element, selector: string) =>
  [...within.querySelectorAll<HTMLElement>(selector)].find(seen);

/** The parts of the window, in the order in which they stand. */
const panes = () => [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(seen);

const paneOf = (element: Element | null) => element?.closest('[data-pane]') ?? null;

function placeIn(pane: HTMLElement): HTMLElement | undefined {
  const last = lastIn.get(pane);
  if (last && seen(last) && pane.contains(last)) return last;
  for (const selector of [...preferred, tabbable]) {
    const found = firstSeen(pane, selector);
    if (found) return found;
  }
  return undefined;
}

/** Keeps where the focus was in each pane, so that coming back is going on. */
export function rememberPanes() {
  window.addEventListener('focusin', ({ target }) => {
    const pane = target instanceof HTMLElement ? paneOf(target) : null;
    if (pane) lastIn.set(pane, target as HTMLElement);
  });
}

/** Gives the focus to the pane `by` places on, around the end; panes with nothing to take it are passed over. */
export function stepPane(by: 1 | -1) {
  const places = panes().flatMap((pane) => placeIn(pane) ?? []);
  const at = places.findIndex((place) => paneOf(place) === paneOf(document.activeElement));
  const from = at < 0 && by < 0 ? 0 : at;
  places.at((from + by) % places.length)?.focus();
}

const seenView = () => [...document.querySelectorAll<HTMLElement>('[role=tabpanel][data-pane]')].find(seen);

function seenGrid(): HTMLElement | undefined {
  const view = seenView();
  return view && firstSeen(view, '[role=grid]');
}

/** Whether rows are seen that the focus can go to. */
export const hasGrid = () => seenGrid() !== undefined;

/** Gives the focus to the rows that are seen. */
export const focusGrid = () => seenGrid()?.focus();

/** Whether something has the focus that is not about to go, as the palette is. */
function isTaken(): boolean {
  const { activeElement: at } = document;
  return at !== null && at !== document.body && at.closest('[role=dialog]') === null;
}

/** Gives the focus to what was just opened: its rows as soon as they are there. What takes the focus meanwhile keeps it. */
export function focusOpened() {
  const opened = activeTab();
  const attempt = (left: number) => {
    if (!opened || activeTab()?.id !== opened.id || isTaken()) return;
    const view = seenView();
    const last = view && lastIn.get(view);
    const place =
      last && seen(last) ? last : (seenGrid() ?? (left === 0 && view ? placeIn(view) : undefined));
    if (place) place.focus();
    else if (left > 0) requestAnimationFrame(() => attempt(left - 1));
  };
  requestAnimationFrame(() => attempt(gridKinds.has(opened?.kind ?? '') ? patience.rows : patience.other));
}
