import { join } from 'node:path';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';

/** Unpacks the filled sample workspace into `scratch`/shop and gives what a person would type to open it. */
export async function openSample(scratch: string): Promise<readonly string[]> {
  const dir = join(scratch, 'shop');
  const workspace = await openWorkspace({ dir, create: true, sample: true });
  await workspace.close();
  return [dir];
}
