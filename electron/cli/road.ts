import type { Engine } from '../../shared/contract/index.ts';
import type { Target } from '../../shared/contract/workspace.ts';
import { count } from '../../shared/number-words.ts';
import type { CallOptions } from '../../shared/wire.ts';
import { checkShop, embedShop, importShop, runShop } from '../setup/sample/fill.ts';

/** What one station of the road gave. */
export interface Station {
  readonly station: string;
  readonly ok: boolean;
  readonly says: string;
  readonly ms: number;
}

export interface Walk {
  /** Where to promote to; without one, to the sample's own rehearsal folder. */
  readonly server?: Target | undefined;
  readonly long: CallOptions;
  readonly show: (station: Station) => Promise<void>;
}

type Result = Omit<Station, 'station' | 'ms'>;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Import, look, ask, run, check, search, promote: each station of the sample workspace's road, one after another. */
export async function walkRoad(
  engine: Engine,
  dir: string,
  { server, long, show }: Walk,
): Promise<Station[]> {
  const stations: Station[] = [];
  const walk = async (station: string, work: () => Promise<Result>) => {
    const began = performance.now();
    const result = { station, ...(await work()), ms: performance.now() - began };
    stations.push(result);
    await show(result);
  };
  await walk('import', () => importing(engine, dir, long));
  await walk('table', () => looking(engine));
  await walk('query', () => asking(engine, long));
  await walk('pipeline', () => running(engine, long));
  await walk('checks', () => checking(engine, long));
  await walk('search', () => searching(engine, long));
  await walk('promote', () => promoting(engine, server, long));
  return stations;
}

async function importing(engine: Engine, dir: string, long: CallOptions): Promise<Result> {
  const accounts = (await importShop(engine, dir, long)).map(({ account }) => account);
  const [physical, loaded, rejected, skipped] = (['physical', 'loaded', 'rejected', 'skipped'] as const).map(
    (key) => sum(accounts.map((account) => account[key])),
  ) as [number, number, number, number];
  return {
    ok: physical === loaded + rejected + skipped,
    says: `${count(physical)} rows in ${accounts.length} files = ${count(loaded)} loaded + ${rejected} rejected + ${skipped} skipped`,
  };
}

async function looking(engine: Engine): Promise<Result> {
  const orders = await engine.tables.page({
    source: { of: 'table', table: 'orders' },
    offset: 0,
    limit: 200,
  });
  const { columns } = await engine.tables.profile({ table: 'orders' });
  return {
    ok: orders.rows === 200,
    says: `orders: ${count(orders.total)} rows, ${columns.length} columns profiled, first page of ${orders.rows} rows`,
  };
}

async function asking(engine: Engine, long: CallOptions): Promise<Result> {
  const files = await engine.query.list({});
  const results = [];
  for (const { text } of files) results.push(...(await engine.query.run({ text }, long)));
  const rows = sum(results.map((result) => result.rows));
  return { ok: files.length > 0, says: `${files.length} saved queries gave ${count(rows)} rows` };
}

async function running(engine: Engine, long: CallOptions): Promise<Result> {
  const runs = await runShop(engine, long);
  const steps = runs.flatMap((run) => run.steps);
  const last = steps.at(-1);
  return {
    ok: runs.length > 0 && runs.every(({ status }) => status === 'done'),
    says: `${runs.map((run) => run.pipeline).join(', ')}: ${steps.length} steps, ${count(last?.rows ?? 0)} rows written last`,
  };
}

async function checking(engine: Engine, long: CallOptions): Promise<Result> {
  const { findings } = await checkShop(engine, long);
  const of = (...verdicts: string[]) => findings.filter(({ verdict }) => verdicts.includes(verdict));
  const failed = of('fail', 'warn');
  const bad = sum(failed.map(({ badRows }) => badRows));
  return {
    ok: failed.length > 0 && of('error', 'not evaluated').length === 0,
    says: `${findings.length} rules: ${of('pass').length} pass, ${failed.length} find the ${count(bad)} rows that were planted wrong`,
  };
}

async function searching(engine: Engine, long: CallOptions): Promise<Result> {
  const { documents } = await embedShop(engine, long);
  const { results } = await engine.search.find({ text: 'my parcel arrived broken', limit: 3 });
  const [best] = results;
  return {
    ok: results.length === 3,
    says: `${count(documents)} tickets embedded; nearest to “my parcel arrived broken” (${best?.score.toFixed(2)}): ${excerpt(best?.content ?? '')}`,
  };
}

const excerpt = (text: string) => (text.length > 70 ? `${text.slice(0, 69).replaceAll(/\s+/g, ' ')}…` : text);

async function promoting(engine: Engine, server: Target | undefined, long: CallOptions): Promise<Result> {
  if (server) await engine.workspace.saveTarget({ target: server });
  const { targets } = await engine.workspace.info({});
  const target = server?.name ?? targets[0]?.name ?? '';
  // The sample's planted defects fail its checks: here, and only here, that is meant.
  const receipt = await engine.promote.apply({ target, acceptFailing: true, acceptDestructive: true }, long);
  const rows = sum(receipt.tables.map((table) => table.serverRows));
  return {
    ok: receipt.status === 'verified',
    says: `${receipt.tables.length} tables and collections, ${count(rows)} rows to ${receipt.server}: ${receipt.status}`,
  };
}
