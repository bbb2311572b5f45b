import { existsSync, type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** Waits this long for a burst of changes to end. */
const restMs = 150;

/** Calls `changed` after files in a folder of the workspace were changed by anyone; the folder may come later. Gives what ends it. */
export function watchRules(workspaceDir: string, folder: string, changed: () => void): () => void {
  const dir = join(workspaceDir, folder);
  let inside: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, restMs).unref();
  };
  const follow = () => {
    if (existsSync(dir)) inside ??= watching(dir, later);
    else {
      inside?.close();
      inside = undefined;
    }
  };
  const close = () => {
    inside?.close();
    outside?.close();
    clearTimeout(timer);
  };
  const outside = watching(workspaceDir, (name) => {
    if (!existsSync(workspaceDir)) return close();
    if (name !== folder) return;
    follow();
    later();
  });
  follow();
  return close;
}

/** Never keeps the process alive; a folder that cannot be watched is read when asked for, and no sooner. */
function watching(dir: string, seen: (name: string | null) => void): FSWatcher | undefined {
  try {
    return watch(dir, { persistent: false }, (_event, name) => seen(name)).on('error', () => {});
  } catch {
    return undefined;
  }
}
