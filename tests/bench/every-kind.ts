import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import { type Bench, defineBench } from './harness.ts';

/** A bench in a workspace of its own that tries each kind of something once; `tryAll` gives how many are worth a look. */
export function everyKind(
  name: string,
  unit: string,
  tryAll: (workspace: Workspace) => Promise<number>,
): Bench {
  let dir: string;
  let workspace: Workspace;
  return defineBench({
    name,
    unit,
    optional: true,
    goal: 0,
    runs: 1,
    prepare: async () => {
      dir = await mkdtemp(join(tmpdir(), 'assay-bench-'));
      workspace = await openWorkspace({ dir, create: true });
    },
    ours: () => tryAll(workspace),
    cleanup: async () => {
      await workspace.close();
      await rm(dir, { recursive: true });
    },
  });
}

/** Milliseconds that work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Says how a kind did, as a multiple of what is least. */
export function tellKind(kind: string, times: number, least: string, ms: number, words: string): void {
  console.error(
    `${kind.padEnd(24)} ${times.toFixed(1).padStart(7)} ${least}  ${Math.round(ms)} ms  ${words}`,
  );
}
