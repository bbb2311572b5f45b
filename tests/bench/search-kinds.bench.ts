import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usualKind } from '../../electron/engine/search/index/vector-index.ts';
import { searchRoom } from '../../electron/engine/search/room.ts';
import { openWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import { type IndexKind, indexKind, search } from '../../shared/contract/search.ts';
import { makeVectorCollection } from '../search/vector-collection.ts';
import { clusteredVectors } from './clustered-vectors.ts';
import { defineBench } from './harness.ts';

const dimensions = 384;
const documentsPerCluster = 100;
const questions = 40;
const quickMs = 50;
const onePercent = { p: 7 };
const call = { signal: new AbortController().signal, progress: () => {} };

let folder: string;
let workspace: Workspace;
let room: ReturnType<typeof searchRoom>;

async function prepare(documents: number): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  workspace = await openWorkspace({ dir: folder, create: true });
  room = searchRoom({ workspace, database: workspace.database, emit: () => {} });
  const next = clusteredVectors(dimensions, documents / documentsPerCluster);
  await makeVectorCollection(workspace.database, 'made', documents, next);
}

const measured = (filter: Record<string, number>) =>
  room.recall(search.recall.arg.parse({ sample: questions, filter }), call);

/** Makes one kind of index and asks it; prints what it costs and finds. Returns the slower p95, without a filter and under it. */
async function measure(kind: IndexKind): Promise<number> {
  await room.setIndex({ kind: 'exact' }, call);
  const { ms, bytes } = await room.setIndex({ kind }, call);
  const all = await measured({});
  const few = await measured(onePercent);
  const numbers = ({ p50, p95, recall }: typeof all) =>
    `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, recall@10 ${recall.toFixed(3)}`;
  const made =
    kind === 'exact' ? 'no index' : `made in ${(ms / 1000).toFixed(1)} s, ${(bytes / 2 ** 20).toFixed(0)} MB`;
  console.error(`  ${kind}: ${made}; of all ${numbers(all)}; of 1 % ${numbers(few)}`);
  return Math.max(all.p95, few.p95);
}

/** Every kind once, for each takes minutes; what is held against the goal is the kind that Assay chooses at that size. */
function everyKind(documents: number): () => Promise<number> {
  let usual: Promise<number> | undefined;
  const measureAll = async () => {
    let chosen = 0;
    for (const kind of indexKind.options) {
      const p95 = await measure(kind);
      if (kind === usualKind(documents, dimensions)) chosen = p95;
    }
    return chosen;
  };
  return () => {
    usual ??= measureAll();
    return usual;
  };
}

export default [10_000, 100_000].map((documents) =>
  defineBench({
    name: `search-kinds-${documents / 1000}k`,
    unit: 'ms (p95) of the usual kind, the slower of all and of 1 %',
    goal: quickMs,
    runs: 1,
    optional: true,
    prepare: () => prepare(documents),
    ours: everyKind(documents),
    cleanup: async () => {
      await workspace.close();
      await rm(folder, { recursive: true, force: true });
    },
  }),
);
