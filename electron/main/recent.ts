import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { app } from 'electron';
import type { RecentWorkspace } from '../../shared/bridge.ts';

const file = () => join(app.getPath('userData'), 'recent.json');
const most = 20;

/** Workspaces opened before, newest first; those whose folder is gone are left out. */
export function recentWorkspaces(): RecentWorkspace[] {
  try {
    const list = JSON.parse(readFileSync(file(), 'utf8')) as RecentWorkspace[];
    return list.filter(({ dir }) => existsSync(join(dir, 'assay.yaml')));
  } catch {
    return [];
  }
}

/** Puts a workspace at the head of the list. */
export async function rememberWorkspace(dir: string): Promise<void> {
  const others = recentWorkspaces().filter((entry) => entry.dir !== dir);
  const entry = { dir, name: basename(dir), openedAt: new Date().toISOString() };
  await mkdir(dirname(file()), { recursive: true });
  await writeFile(`${file()}.new`, JSON.stringify([entry, ...others].slice(0, most), null, 2));
  await rename(`${file()}.new`, file());
}

/** Where the sample workspace is unpacked. */
export const sampleFolder = (): string => join(app.getPath('documents'), 'Assay', 'Shop');
