import { create } from 'zustand';
import type { Sizes } from '../ui/splitter.tsx';

/** How the frame is laid out. */
export interface Layout {
  readonly sideBar: boolean;
  readonly panel: boolean;
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
  panel: false,
  inspector: false,
  panelPage: {},
  columns: {},
  rows: {},
  folded: [],
};

/** The frame's layout. */
export const useLayout = create<Layout>(() => standardLayout);

/** Opens or closes a part of the frame; without `open` the other way round. */
export function togglePart(part: 'sideBar' | 'panel' | 'inspector', open?: boolean) {
  useLayout.setState((layout) => ({ [part]: open ?? !layout[part] }));
}

/** Opens the panel at a page of it. */
export function showPanel(kind: string, page: string) {
  useLayout.setState(({ panelPage }) => ({ panel: true, panelPage: { ...panelPage, [kind]: page } }));
}
