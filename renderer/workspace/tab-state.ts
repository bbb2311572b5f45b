import { createContext, type Dispatch, type SetStateAction, useCallback, useContext, useEffect } from 'react';
import { create } from 'zustand';
import { changeTab, setSaver, setTabState, type Tab, useTabs } from './tabs.ts';

/** Which tab a view stands in. */
export const TabContext = createContext<string>('');

/** The tab that this view stands in. */
export function useTab(): Tab {
  const id = useContext(TabContext);
  const tab = useTabs(({ tabs }) => tabs.find((candidate) => candidate.id === id));
  if (!tab) throw new Error(`There is no tab ${id}.`);
  return tab;
}

/**
 * State of this tab that its view, its panel and its inspector share and that is there again after a restart.
 * Plain data only.
 */
export function useTabState<T>(name: string, initial: T): [T, Dispatch<SetStateAction<T>>] {
  const id = useContext(TabContext);
  const stored = useTabs(({ tabs }) => tabs.find((tab) => tab.id === id)?.state[name]);
  const value = stored === undefined ? initial : (stored as T);
  const set = useCallback<Dispatch<SetStateAction<T>>>(
    (next) => {
      const now = useTabs.getState().tabs.find((tab) => tab.id === id)?.state[name];
      const before = now === undefined ? initial : (now as T);
      setTabState(id, name, typeof next === 'function' ? (next as (before: T) => T)(before) : next);
    },
    [id, name, initial],
  );
  return [value, set];
}

const useMemory = create<{ readonly of: Readonly<Record<string, unknown>> }>(() => ({ of: {} }));

useTabs.subscribe(({ tabs }, before) => {
  const gone = before.tabs.filter(({ id }) => !tabs.some((tab) => tab.id === id));
  if (gone.length === 0) return;
  useMemory.setState(({ of }) => ({
    of: Object.fromEntries(
      Object.entries(of).filter(([place]) => !gone.some(({ id }) => place.startsWith(`${id}\n`))),
    ),
  }));
});

/** Like `useTabState`, but gone with the window: for what can be had again, such as results. */
export function useTabMemory<T>(name: string, initial: T): [T, Dispatch<SetStateAction<T>>] {
  const place = `${useContext(TabContext)}\n${name}`;
  const stored = useMemory(({ of }) => of[place]);
  const value = stored === undefined ? initial : (stored as T);
  const set = useCallback<Dispatch<SetStateAction<T>>>(
    (next) =>
      useMemory.setState(({ of }) => {
        const before = of[place] === undefined ? initial : (of[place] as T);
        const after = typeof next === 'function' ? (next as (before: T) => T)(before) : next;
        return { of: { ...of, [place]: after } };
      }),
    [place, initial],
  );
  return [value, set];
}

/** Marks this tab as unsaved and says how to save it: for the dot on the tab, Mod+S, and the question on closing. */
export function useUnsaved(unsaved: boolean, save: () => Promise<void> | void) {
  const id = useContext(TabContext);
  useEffect(() => {
    changeTab(id, { unsaved });
  }, [id, unsaved]);
  useEffect(() => {
    setSaver(id, save);
  }, [id, save]);
}
