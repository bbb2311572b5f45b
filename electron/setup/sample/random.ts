/** Random numbers that are the same in every run: one stream per name, so that a change in one table leaves the others. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Picks by weight. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  normal(): number;
  /** Log-normal: half of the values are below `median`; `spread` is the deviation of the logarithm. */
  logNormal(median: number, spread: number): number;
  shuffled<T>(list: readonly T[]): T[];
}

function seedOf(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return hash >>> 0;
}

/** mulberry32: small, quick, and good enough to invent people. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function last<T>(list: readonly T[]): T {
  const value = list[list.length - 1];
  if (value === undefined) throw new Error('Nothing to pick from.');
  return value;
}

export function random(seed: number, stream: string): Random {
  const next = mulberry32(seedOf(`${seed}/${stream}`));
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    int,
    normal,
    chance: (share) => next() < share,
    pick: (list) => list[int(0, list.length - 1)] ?? last(list),
    weighted(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of list) {
        left -= weight;
        if (left < 0) return value;
      }
      return last(list)[0];
    },
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
    shuffled(list) {
      const order = list.map((value) => ({ value, at: next() }));
      return order.sort((a, b) => a.at - b.at).map(({ value }) => value);
    },
  };
}
