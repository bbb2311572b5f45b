import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { appFile } from '../../electron/engine/app-files.ts';
import { bundledEmbedder } from '../../electron/engine/search/model/embedder.ts';
import { exactProducts } from '../../electron/engine/search/model/embedding-session.ts';
import { modelFiles } from '../../electron/engine/search/model/model-files.ts';
import { encoder } from '../../electron/engine/search/model/tokens.ts';
import { searchRoom } from '../../electron/engine/search/room.ts';
import { openWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import { sql } from '../../shared/sql.ts';
import { defineBench } from './harness.ts';

const words =
  `customer order parcel refund invoice broken late courier camera password account charged twice delivery missing
  support answer phone week update login screen payment card lamp warranty return store friendly never please`.split(
    /\s+/,
  );

/** 1,000 texts of 20 words, the same every time: a linear congruential generator (Numerical Recipes, 7.1). */
function texts(): string[] {
  let seed = 42;
  const next = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return words[seed % words.length];
  };
  return Array.from({ length: 1000 }, (_, at) => `${at} ${Array.from({ length: 20 }, next).join(' ')}`);
}

const dir = appFile('dist/assets/model');
const sample = texts();
let folder: string;
let workspace: Workspace;
let bare: InferenceSession;
let encode: ReturnType<typeof encoder>;
let run = 0;

async function makeTable(): Promise<void> {
  const { database } = workspace;
  await database.run(sql`create table texts (_row bigint primary key, body text)`);
  await database.run(
    sql`insert into texts select n, t from json_array_elements_text(${JSON.stringify(sample)}::json) with ordinality as e(t, n)`,
  );
  await database.run(
    sql`insert into assay.tables (name, origin, row_count) values ('texts', 'import', 1000)`,
  );
}

/** A table into a collection: reading, tokens, vectors, saving, index. */
async function ours(): Promise<number> {
  const room = searchRoom({ workspace, database: workspace.database, emit: () => {} });
  const call = { signal: new AbortController().signal, progress: () => {} };
  const { embedded, ms } = await room.embed(
    { table: 'texts', columns: ['body'], collection: `c${run++}` },
    call,
  );
  return (embedded * 1000) / ms;
}

/**
 * The same model and tokens in one session as it comes, but for products that do not overflow where the processor's would:
 * it has to give the same vectors. In batches of 32 in the order of the table; nothing is saved.
 */
async function peer(): Promise<number> {
  const began = performance.now();
  for (let first = 0; first < sample.length; first += 32) {
    const batch = sample.slice(first, first + 32).map(encode);
    const longest = Math.max(...batch.map(({ length }) => length));
    const ids = new BigInt64Array(batch.length * longest);
    const mask = new BigInt64Array(batch.length * longest);
    batch.forEach((tokens, row) => {
      ids.set(tokens.map(BigInt), row * longest);
      mask.fill(1n, row * longest, row * longest + tokens.length);
    });
    const shape = [batch.length, longest];
    await bare.run({
      input_ids: new Tensor('int64', ids, shape),
      attention_mask: new Tensor('int64', mask, shape),
    });
  }
  return (sample.length * 1000) / (performance.now() - began);
}

export default defineBench({
  name: 'embed',
  unit: 'texts/s',
  better: 'higher',
  goal: 0.9,
  peerName: 'a bare onnxruntime session',
  runs: 3,
  prepare: async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
    workspace = await openWorkspace({ dir: folder, create: true });
    await makeTable();
    const files = modelFiles(dir);
    encode = encoder(await readFile(files.tokenizer, 'utf8'), 256);
    bare = await InferenceSession.create(files.model, {
      logSeverityLevel: 3,
      ...(await exactProducts(files.overflow)),
    });
  },
  ours,
  peer,
  cleanup: async () => {
    await bundledEmbedder().close();
    await workspace.close();
    await rm(folder, { recursive: true, force: true });
  },
});
