import { engine } from '../engine.ts';
import { type Layout, standardLayout, useLayout } from './layout.ts';
import { type Tab, useTabs } from './tabs.ts';

interface Kept {
  readonly version: 1;
  readonly layout: Layout;
  readonly tabs: readonly Tab[];
  readonly active: string | null;
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  (value as Kept).version === 1 &&
  Array.isArray((value as Kept).tabs);

const pause = 400;
let timer: ReturnType<typeof setTimeout> | undefined;

function save() {
  clearTimeout(timer);
  timer = undefined;
  const { tabs, active } = useTabs.getState();
  const kept: Kept = { version: 1, layout: useLayout.getState(), tabs, active };
  engine.workspace.saveLayout({ layout: kept }).catch((thrown: unknown) => console.warn(thrown));
}

function soon() {
  timer ??= setTimeout(save, pause);
}

let asked: Promise<unknown> | undefined;

/** Asks how the window was left before anything else is known; an engine that does not open is asked again when it does. */
export function askForLayout() {
  asked = engine.workspace.layout({});
  asked.catch(() => {
    asked = undefined;
  });
}

/** Puts back tabs and sizes as they were, then keeps them whenever they change. */
export async function restoreLayout(): Promise<void> {
  const kept = await (asked ?? engine.workspace.layout({})).catch(() => null);
  if (isKept(kept)) {
    useLayout.setState({ ...standardLayout, ...kept.layout });
    useTabs.setState({ tabs: kept.tabs, active: kept.active, recent: kept.active ? [kept.active] : [] });
  }
  useTabs.subscribe(soon);
  useLayout.subscribe(soon);
  window.addEventListener('pagehide', () => timer && save());
  document.addEventListener('visibilitychange', () => timer && document.hidden && save());
}
