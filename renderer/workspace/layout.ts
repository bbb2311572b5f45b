import { create } from 'zustand';
import type { Sizes } from '../ui/splitter.tsx';
import { activeTab, useTabs } from './tabs.ts';

/** How the frame is laid out. */
export interface Layout {
  readonly sideBar: boolean;
  /** Kinds of tabs below which the panel is open: it goes with what it was opened for. */
  readonly panels: readonly string[];
  readonly inspector: boolean;
  /** The panel's page, by the kind of tab. */
  readonly panelPage: Readonly<Record<string, string>>;
  readonly columns: Sizes;
  readonly rows: Sizes;
  /** Groups of the tree that are closed. */
  readonly folded: readonly string[];
}

/** What a new workspace starts with. */
export const standardLayout: Layout = {
  sideBar: true,
  panels: [],
  inspector: false,
  panelPage: {},
  columns: {},
  rows: {},
  folded: [],
};

/** The frame's layout. */
export const useLayout = create<Layout>(() => standardLayout);

const seenKind = () => activeTab()?.kind ?? '';

/** True where the panel is open below the tab that is seen. */
export function usePanelOpen(): boolean {
  const kind = useTabs((state) => activeTab(state)?.kind ?? '');
  return useLayout(({ panels }) => panels.includes(kind));
}

/** Opens or closes a side part of the frame; without `open` the other way round. */
export function togglePart(part: 'sideBar' | 'inspector', open?: boolean) {
  useLayout.setState((layout) => ({ [part]: open ?? !layout[part] }));
}

/** Opens or closes the panel below the kind of tab that is seen. */
export function togglePanel(open?: boolean) {
  const kind = seenKind();
  useLayout.setState(({ panels }) => {
    const others = panels.filter((other) => other !== kind);
    return { panels: (open ?? others.length === panels.length) ? [...others, kind] : others };
  });
}

/** Opens the panel at a page of it, below tabs of this kind; without one, below the tab that is seen. */
export function showPanel(of: string, page: string) {
  const kind = of || seenKind();
  useLayout.setState(({ panels, panelPage }) => ({
    panels: panels.includes(kind) ? panels : [...panels, kind],
    panelPage: { ...panelPage, [kind]: page },
  }));
}
