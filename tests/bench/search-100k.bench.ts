import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentsOf } from '../../electron/engine/search/collections/collection-table.ts';
import { quantiles } from '../../electron/engine/search/index/recall.ts';
import { searchRoom } from '../../electron/engine/search/room.ts';
import { openWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import { search } from '../../shared/contract/search.ts';
import { sql } from '../../shared/sql.ts';
import { makeVectorCollection } from '../search/vector-collection.ts';
import { clusteredVectors } from './clustered-vectors.ts';
import { type Bench, defineBench } from './harness.ts';

const documents = 100_000;
const dimensions = 384;
const clusters = 1000;
const questions = 40;
const quickMs = 50;
const call = { signal: new AbortController().signal, progress: () => {} };

let folder: string;
let workspace: Workspace;
let room: ReturnType<typeof searchRoom>;

const setIndex = (kind: 'bitlists' | 'exact') => room.setIndex({ kind }, call);

async function prepare(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  workspace = await openWorkspace({ dir: folder, create: true });
  const { database } = workspace;
  room = searchRoom({ workspace, database, emit: () => {} });
  await makeVectorCollection(database, 'made', documents, clusteredVectors(dimensions, clusters));
}

async function cleanup(): Promise<void> {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
}

/** 95 of 100 whole searches, by example, take at most this long. */
async function slowest(filter: Record<string, number>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < questions; at++) {
    const plus = [String(Math.floor((at * documents) / questions) + at)];
    const asked = search.find.arg.parse({ like: { plus }, filter, limit: 10 });
    times.push((await room.find(asked, call)).ms);
  }
  return quantiles(times).p95;
}

async function recall(filter: Record<string, number>): Promise<number> {
  const asked = search.recall.arg.parse({ sample: questions, filter });
  return (await room.recall(asked, call)).recall;
}

const prepareIndexed = async () => {
  await prepare();
  await setIndex('bitlists');
};

const searching = (bench: Pick<Bench, 'name' | 'unit' | 'goal' | 'ours' | 'better'>) =>
  defineBench({ ...bench, runs: 1, optional: true, prepare: prepareIndexed, cleanup });

const onePercent = { p: 7 };

/** pgvector's own index is made once: it takes minutes. */
let usual: Promise<number> | undefined;

async function usualIndex(): Promise<number> {
  const { database } = workspace;
  await setIndex('exact');
  await database.query(sql`select set_config('maintenance_work_mem', '512MB', false)`);
  const began = performance.now();
  await database.run(
    sql`create index usual on ${documentsOf('made')} using hnsw (embedding vector_cosine_ops)`,
  );
  const ms = performance.now() - began;
  await database.run(sql`drop index collections.usual`);
  return ms;
}

export default [
  searching({
    name: 'search-100k',
    unit: 'ms (p95), the slower of all and of 1 %',
    goal: quickMs,
    ours: async () => Math.max(await slowest({}), await slowest(onePercent)),
  }),
  searching({
    name: 'search-100k-recall',
    unit: 'recall@10, the worse of all and of 1 %',
    better: 'higher',
    goal: 0.98,
    ours: async () => Math.min(await recall({}), await recall(onePercent)),
  }),
  defineBench({
    name: 'index-100k',
    unit: 'ms',
    goal: 0.15,
    peerName: 'HNSW as pgvector makes it',
    runs: 1,
    optional: true,
    prepare,
    ours: async () => {
      await setIndex('exact');
      return (await setIndex('bitlists')).ms;
    },
    peer: () => {
      usual ??= usualIndex();
      return usual;
    },
    cleanup,
  }),
];
