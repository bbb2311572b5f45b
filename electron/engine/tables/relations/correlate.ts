import type { Correlation } from '../../../../shared/contract/relations.ts';

/** A column of numbers, NaN where a row has none. */
export interface NumberColumn {
  readonly name: string;
  readonly numbers: Float64Array;
}

interface Ordered extends NumberColumn {
  /** Rows that have a number, from the smallest to the largest. */
  readonly order: Uint32Array;
}

const leastRows = 3;

/** How each pair of columns goes together, the closest first; lets others work in between. */
export async function correlate(
  columns: readonly NumberColumn[],
  pause: () => Promise<void>,
): Promise<readonly Correlation[]> {
  const ordered = columns.map(inOrder);
  const found: Correlation[] = [];
  for (const [at, a] of ordered.entries()) {
    for (const b of ordered.slice(at + 1)) found.push(correlationOf(a, b));
    await pause();
  }
  const strength = ({ pearson, rank }: Correlation) => Math.max(Math.abs(pearson ?? 0), Math.abs(rank ?? 0));
  return found.sort((one, other) => strength(other) - strength(one));
}

function inOrder({ name, numbers }: NumberColumn): Ordered {
  const rows = Uint32Array.from(numbers.keys()).filter((row) => !Number.isNaN(numbers[row]));
  return { name, numbers, order: rows.sort((a, b) => (numbers[a] as number) - (numbers[b] as number)) };
}

function correlationOf(a: Ordered, b: Ordered): Correlation {
  const both = a.order.filter((row) => !Number.isNaN(b.numbers[row]));
  const pair = { a: a.name, b: b.name, rows: both.length };
  if (both.length < leastRows) return { ...pair, pearson: null, rank: null };
  return {
    ...pair,
    pearson: pearson(both, a.numbers, b.numbers),
    rank: pearson(both, ranks(a, b), ranks(b, a)),
  };
}

/** The places of a column's numbers among the rows that have both; equal numbers share the mean of their places. */
function ranks({ numbers, order }: Ordered, other: Ordered): Float64Array {
  const placed = new Float64Array(numbers.length);
  const rows = order.filter((row) => !Number.isNaN(other.numbers[row]));
  for (let first = 0; first < rows.length; ) {
    const value = numbers[rows[first] as number];
    let last = first;
    while (last + 1 < rows.length && numbers[rows[last + 1] as number] === value) last++;
    for (let at = first; at <= last; at++) placed[rows[at] as number] = (first + last) / 2;
    first = last + 1;
  }
  return placed;
}

/** In two passes, from the first number and as shares of a power of two: neither large means nor large numbers lose it. */
function pearson(rows: Uint32Array, x: Float64Array, y: Float64Array): number | null {
  const [placeX, placeY] = [placing(rows, x), placing(rows, y)];
  const [meanX, meanY] = [mean(rows, placeX), mean(rows, placeY)];
  let [together, spreadX, spreadY] = [0, 0, 0];
  for (const row of rows) {
    const dx = placeX(row) - meanX;
    const dy = placeY(row) - meanY;
    together += dx * dy;
    spreadX += dx * dx;
    spreadY += dy * dy;
  }
  const spread = Math.sqrt(spreadX) * Math.sqrt(spreadY);
  return spread > 0 ? Math.max(-1, Math.min(1, together / spread)) : null;
}

/** Where a row's number is, seen from the first: powers of two divide it without rounding, and the largest may be twice one. */
function placing(rows: Uint32Array, numbers: Float64Array): (row: number) => number {
  const largest = rows.reduce((most, row) => Math.max(most, Math.abs(numbers[row] as number)), 0);
  const scale = 2 ** Math.floor(Math.log2(largest || 1));
  const first = (numbers[rows[0] as number] as number) / scale;
  return (row) => (numbers[row] as number) / scale - first;
}

const mean = (rows: Uint32Array, placeOf: (row: number) => number) =>
  rows.reduce((sum, row) => sum + placeOf(row), 0) / rows.length;
