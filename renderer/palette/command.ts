import type { LucideIcon } from 'lucide-react';
import type { Tab, TabRef } from '../workspace/tabs.ts';

/** What a command is given: the thing it acts on, and the tab that is seen. */
export interface CommandContext {
  /** For commands with `on`: the thing right-clicked in the tree, or what the seen tab shows. */
  readonly target: (TabRef & { readonly title: string }) | undefined;
  readonly tab: Tab | undefined;
}

/** One thing a person can do. Menu, palette, keys and the shortcut sheet all read it. */
export interface Command {
  /** `room.verb`, never changed: menus refer to it. */
  readonly id: string;
  /** What it does, starting with a verb: "Close tab". */
  readonly title: string;
  /** Where the palette and the shortcut sheet list it. */
  readonly group: string;
  readonly icon?: LucideIcon;
  /** `Mod+Shift+K`; Mod is the command key on a Mac and Ctrl elsewhere. */
  readonly shortcut?: string;
  /** The kind of thing it acts on (a kind of tab: table, pipeline, query …): it stands in that thing's context menu. */
  readonly on?: string;
  readonly danger?: boolean;
  /** Left out of the palette: for steps of other commands and plain movements. */
  readonly hidden?: boolean;
  readonly enabled?: (context: CommandContext) => boolean;
  readonly run: (context: CommandContext) => void | Promise<void>;
}

/** Types a command. */
export const defineCommand = (command: Command): Command => command;
