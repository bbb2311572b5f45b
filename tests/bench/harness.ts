import { performance } from 'node:perf_hooks';

/** One measured promise of the product, beside the rival or limit it is held against. */
export interface Bench {
  /** As in `npm run bench -- NAME`. */
  readonly name: string;
  readonly unit: string;
  /** Runs only where it is asked for by name, because it takes minutes. */
  readonly optional?: boolean;
  /** Which way is good; times and sizes are better lower, the default. */
  readonly better?: 'lower' | 'higher';
  /** What `ours / peer` may at most be (at least, where higher is better); without a peer, what the value may be. */
  readonly goal: number;
  /** Who `peer()` is, such as `DuckDB from the file`. */
  readonly peerName?: string;
  /** How often both are run in turn; the medians count. */
  readonly runs?: number;
  readonly prepare?: () => Promise<void>;
  /** Does the work once. A number it returns is the value in `unit`; else its milliseconds are. */
  readonly ours: () => Promise<unknown>;
  readonly peer?: () => Promise<unknown>;
  readonly cleanup?: () => Promise<void>;
}

/** What a run of a bench found. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: string | null;
  readonly peerValue: number | null;
  readonly ratio: number | null;
  readonly goal: number;
  readonly ok: boolean;
}

/** Checks the shape of a bench where it is written; a file default-exports one or several. */
export const defineBench = (bench: Bench): Bench => bench;

/** Runs ours and the peer in turn, first one not counted for either, and takes medians. */
export async function runBench(bench: Bench): Promise<BenchResult> {
  await bench.prepare?.();
  try {
    const ours: number[] = [];
    const peers: number[] = [];
    await measure(bench.ours);
    if (bench.peer) await measure(bench.peer);
    for (let run = 0; run < (bench.runs ?? 5); run++) {
      ours.push(await measure(bench.ours));
      if (bench.peer) peers.push(await measure(bench.peer));
    }
    return judge(bench, median(ours), bench.peer ? median(peers) : null);
  } finally {
    await bench.cleanup?.();
  }
}

/** Holds medians against the goal. */
export function judge(bench: Bench, value: number, peerValue: number | null): BenchResult {
  const ratio = peerValue === null ? null : value / peerValue;
  const measured = ratio ?? value;
  return {
    name: bench.name,
    value,
    unit: bench.unit,
    peer: bench.peerName ?? null,
    peerValue,
    ratio,
    goal: bench.goal,
    ok: bench.better === 'higher' ? measured >= bench.goal : measured <= bench.goal,
  };
}

async function measure(work: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const started = performance.now();
  const value = await work();
  const elapsed = performance.now() - started;
  return typeof value === 'number' ? value : elapsed;
}

/** The middle value; of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}
