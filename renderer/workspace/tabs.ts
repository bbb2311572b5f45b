import { create } from 'zustand';

/** What a tab is of: `kind` names a tab of some room, `key` the one thing it shows. */
export interface TabRef {
  readonly kind: string;
  readonly key: string;
}

/** An open tab; everything in it is plain data, for it outlives the window. */
export interface Tab extends TabRef {
  readonly id: string;
  readonly title: string;
  readonly data: unknown;
  /** What the tab's views keep through a restart: scroll, selection, unsaved text. */
  readonly state: Readonly<Record<string, unknown>>;
  readonly unsaved: boolean;
}

interface Tabs {
  readonly tabs: readonly Tab[];
  readonly active: string | null;
  /** Ids in the order they were last looked at, latest first. */
  readonly recent: readonly string[];
}

/** The open tabs. */
export const useTabs = create<Tabs>(() => ({ tabs: [], active: null, recent: [] }));

const closed: Tab[] = [];
const savers = new Map<string, () => Promise<void> | void>();

/** A tab's id, the same for the same thing. */
export const tabId = ({ kind, key }: TabRef) => `${kind}:${key}`;

/** The tab that is seen now. */
export const activeTab = ({ tabs, active }: Tabs = useTabs.getState()) =>
  tabs.find(({ id }) => id === active);

/** Looks at a tab that is open. */
export function activateTab(id: string) {
  useTabs.setState(({ recent }) => ({ active: id, recent: [id, ...recent.filter((other) => other !== id)] }));
}

/** Opens a thing, or brings its tab to the front; `data` given again replaces what the tab had. */
export function openTab(open: TabRef & { readonly title: string; readonly data?: unknown }) {
  const id = tabId(open);
  useTabs.setState(({ tabs, active }) => {
    const there = tabs.find((tab) => tab.id === id);
    if (there && open.data === undefined) return {};
    const data = open.data ?? null;
    if (there) return { tabs: tabs.map((tab) => (tab.id === id ? { ...tab, data } : tab)) };
    const at = tabs.findIndex((tab) => tab.id === active) + 1 || tabs.length;
    return { tabs: tabs.toSpliced(at, 0, { ...open, id, data, state: {}, unsaved: false }) };
  });
  activateTab(id);
}

/** Changes a tab: its title or its data. */
export function changeTab(id: string, change: Partial<Pick<Tab, 'title' | 'data' | 'unsaved'>>) {
  useTabs.setState(({ tabs }) => ({
    tabs: tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)),
  }));
}

/** Gives a tab another key, after what it shows was renamed. */
export function rekeyTab(from: TabRef, to: { readonly key: string; readonly title: string }) {
  const old = tabId(from);
  const id = tabId({ kind: from.kind, key: to.key });
  const renamed = (other: string) => (other === old ? id : other);
  useTabs.setState(({ tabs, active, recent }) => ({
    tabs: tabs.map((tab) => (tab.id === old ? { ...tab, ...to, id } : tab)),
    active: active && renamed(active),
    recent: recent.map(renamed),
  }));
}

/** Keeps one value of a tab's views. */
export function setTabState(id: string, name: string, value: unknown) {
  useTabs.setState(({ tabs }) => ({
    tabs: tabs.map((tab) => (tab.id === id ? { ...tab, state: { ...tab.state, [name]: value } } : tab)),
  }));
}

/** Says how a tab saves what is unsaved in it. */
export function setSaver(id: string, save: (() => Promise<void> | void) | undefined) {
  if (save) savers.set(id, save);
  else savers.delete(id);
}

/** Saves what is unsaved in a tab. */
export const saveTab = async (id: string) => savers.get(id)?.();

/** Takes a tab away without asking; see `closeTab`. */
export function dropTab(id: string) {
  useTabs.setState(({ tabs, active, recent }) => {
    const at = tabs.findIndex((tab) => tab.id === id);
    const gone = tabs[at];
    if (!gone) return {};
    closed.push(gone);
    const left = tabs.toSpliced(at, 1);
    const latest = recent.filter((other) => other !== id);
    const next = active === id ? (latest[0] ?? left[Math.min(at, left.length - 1)]?.id ?? null) : active;
    return { tabs: left, active: next, recent: latest };
  });
}

/** Opens the tab closed last again, with everything that was in it. */
export function reopenTab() {
  const tab = closed.pop();
  if (!tab) return;
  useTabs.setState(({ tabs }) =>
    tabs.some(({ id }) => id === tab.id) ? {} : { tabs: [...tabs, { ...tab, unsaved: false }] },
  );
  activateTab(tab.id);
}

/** Puts a tab before another one, or last. */
export function moveTab(id: string, before: string | null) {
  useTabs.setState(({ tabs }) => {
    const tab = tabs.find((candidate) => candidate.id === id);
    if (!tab || id === before) return {};
    const others = tabs.filter((other) => other !== tab);
    const at = before === null ? others.length : others.findIndex((other) => other.id === before);
    return { tabs: others.toSpliced(at, 0, tab) };
  });
}

/** Looks at the tab `by` places to the right, around the end. */
export function stepTab(by: number) {
  const { tabs, active } = useTabs.getState();
  const at = tabs.findIndex(({ id }) => id === active);
  const next = tabs.at((at + by) % tabs.length);
  if (next) activateTab(next.id);
}
