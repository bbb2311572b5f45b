import type { LucideIcon } from 'lucide-react';
import type { ExplorerGroup } from '../explorer/group.ts';
import { titleOf } from '../frame/tab-bar.tsx';
import { tabKind } from '../rooms/registry.ts';
import { activateTab, openTab, tabId, useTabs } from '../workspace/tabs.ts';
import { allCommands, canRun, contextNow, runCommand } from './all-commands.ts';

/** A line of the palette. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly icon?: LucideIcon | undefined;
  readonly aside?: string | undefined;
  readonly shortcut?: string | undefined;
  readonly run: () => void;
  /** What it goes to takes the focus. */
  readonly goes?: boolean;
}

/** Lines under one heading. */
export interface EntryGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

function tabEntries(): readonly Entry[] {
  const { tabs, active, recent } = useTabs.getState();
  const order = (id: string) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return tabs
    .filter(({ id }) => id !== active)
    .toSorted((one, other) => order(one.id) - order(other.id))
    .map((tab) => ({
      id: `tab ${tab.id}`,
      title: titleOf(tab),
      icon: tabKind(tab.kind)?.kind.icon,
      aside: 'open tab',
      goes: true,
      run: () => activateTab(tab.id),
    }));
}

function commandEntries(): readonly Entry[] {
  const context = contextNow();
  return allCommands()
    .filter((command) => !command.hidden && canRun(command, context))
    .map((command) => ({
      id: `command ${command.id}`,
      title: command.title,
      icon: command.icon,
      aside: command.on && context.target ? context.target.title : command.group,
      shortcut: command.shortcut,
      run: () => void runCommand(command, context),
    }));
}

/** The objects of a group that are not among the open tabs already. */
function objectEntries({ title: group, items = [] }: ExplorerGroup): readonly Entry[] {
  const { tabs } = useTabs.getState();
  return items
    .filter((item) => !tabs.some(({ id }) => id === tabId(item)))
    .map(({ kind, key, title, icon }) => ({
      id: `${kind} ${key}`,
      title,
      icon,
      aside: group,
      goes: true,
      run: () => openTab({ kind, key, title }),
    }));
}

/** Everything that the palette offers now: open tabs, what can be done, every object. */
export function paletteGroups(explorer: readonly ExplorerGroup[]): readonly EntryGroup[] {
  return [
    { title: 'Open tabs', entries: tabEntries() },
    { title: 'Actions', entries: commandEntries() },
    ...explorer.map((group) => ({ title: group.title, entries: objectEntries(group) })),
  ].filter(({ entries }) => entries.length > 0);
}
