import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Waits this long for a burst of changes to end. */
const restMs = 150;

/** Tells of changes that anyone makes in folders of a workspace. */
export interface FolderWatch {
  /** Calls `changed` after files in this folder, or this file, were changed; it may come later. */
  follow(folder: string, changed: () => void): void;
  close(): void;
}

interface Followed {
  /** Looks whether the folder has come or gone. */
  look(): void;
  later(): void;
  close(): void;
}

/** Watches a workspace's folder for the folders in it; nothing is watched before one is followed. */
export function watchFolders(workspaceDir: string): FolderWatch {
  const followed = new Map<string, Followed>();
  let outside: FSWatcher | undefined;
  const close = () => {
    outside?.close();
    for (const each of followed.values()) each.close();
    followed.clear();
  };
  const seen = (name: string | null) => {
    if (!existsSync(workspaceDir)) return close();
    const one = name === null ? undefined : followed.get(name);
    one?.look();
    one?.later();
  };
  return {
    follow(folder, changed) {
      outside ??= watching(workspaceDir, seen);
      const one = followFolder(join(workspaceDir, folder), changed);
      followed.set(folder, one);
      one.look();
    },
    close,
  };
}

function followFolder(dir: string, changed: () => void): Followed {
  let inside: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, restMs).unref();
  };
  const leave = () => {
    inside?.close();
    inside = undefined;
  };
  return {
    later,
    look: () => {
      if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) inside ??= watching(dir, later);
      else leave();
    },
    close: () => {
      leave();
      clearTimeout(timer);
    },
  };
}

/** Never keeps the process alive; a folder that cannot be watched is read when asked for, and no sooner. */
function watching(dir: string, seen: (name: string | null) => void): FSWatcher | undefined {
  try {
    return watch(dir, { persistent: false }, (_event, name) => seen(name)).on('error', () => {});
  } catch {
    return undefined;
  }
}
