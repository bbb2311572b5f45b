import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Tab } from '../workspace/tabs.ts';

/** A page of the panel below a tab. */
export interface PanelPage {
  readonly id: string;
  readonly title: string;
  readonly Component: ComponentType;
}

/** One kind of tab. Its components find their tab by `useTab()`, and share state by `useTabState()`. */
export interface TabKind {
  readonly icon: LucideIcon;
  /** Default: the title the tab was opened with. */
  readonly title?: (tab: Tab) => string;
  readonly Component: ComponentType;
  readonly panel?: readonly PanelPage[];
  readonly Inspector?: ComponentType;
  /** What the status bar says of this tab: `orders: 48,211 rows · 12 rejected`. */
  readonly Status?: ComponentType;
}

/** What `room.tsx` of a room's folder exports. */
export interface Room {
  /** The folder's name. */
  readonly kind: string;
  readonly title: string;
  readonly icon: LucideIcon;
  /** Place in the activity bar from 1, and the key Mod+place; none for rooms without a button. */
  readonly place?: number;
  /** The room whose button lights up for this room's tabs. */
  readonly within?: string;
  /** What the button does beside unfolding the tree's group: usually opens the room's own tab. */
  readonly home?: () => void;
  /** Drawn over the window whatever tab is seen: dialogs that commands ask for. */
  readonly Over?: ComponentType;
  /** Kinds of tabs, by a name that no other room uses. */
  readonly tabs: Readonly<Record<string, TabKind>>;
}

/** Types a room. */
export const defineRoom = (room: Room): Room => room;
