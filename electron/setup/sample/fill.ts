import { join } from 'node:path';
import type { CheckResult } from '../../../shared/contract/checks.ts';
import type { ImportedTable } from '../../../shared/contract/import.ts';
import type { Engine } from '../../../shared/contract/index.ts';
import type { RunResult } from '../../../shared/contract/pipelines.ts';
import type { EmbedResult } from '../../../shared/contract/search.ts';
import type { CallOptions } from '../../../shared/wire.ts';
import { shopCollection, shopImports } from './shop.ts';

/** Loads every file of the sample. */
export async function importShop(
  engine: Engine,
  dir: string,
  long: CallOptions = {},
): Promise<ImportedTable[]> {
  const loaded: ImportedTable[] = [];
  for (const { file, ...choices } of shopImports) {
    loaded.push(await engine.import.load({ path: join(dir, file), ...choices }, long));
  }
  return loaded;
}

/** Runs every pipeline of the sample. */
export async function runShop(engine: Engine, long: CallOptions = {}): Promise<RunResult[]> {
  const runs: RunResult[] = [];
  for (const { name } of await engine.pipelines.list({}))
    runs.push(await engine.pipelines.run({ name }, long));
  return runs;
}

/** Runs every rule of the sample. */
export const checkShop = (engine: Engine, long: CallOptions = {}): Promise<CheckResult> =>
  engine.checks.run({}, long);

/** Embeds the sample's tickets. */
export const embedShop = (engine: Engine, long: CallOptions = {}): Promise<EmbedResult> =>
  engine.search.embed(
    { ...shopCollection, columns: [...shopCollection.columns], metadata: [...shopCollection.metadata] },
    long,
  );

/** All stations but the promotion, as a first start shall find them. */
export async function fillShop(engine: Engine, dir: string): Promise<void> {
  await importShop(engine, dir);
  await runShop(engine);
  await checkShop(engine);
  await embedShop(engine);
}
