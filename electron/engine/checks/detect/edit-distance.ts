/**
 * How many letters have to be changed, added, left out or swapped with their neighbour to get from one text to the
 * other; `most + 1` where it is more than `most`. (Damerau–Levenshtein, optimal string alignment.)
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      now[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    before = last;
    last = now;
  }
  return Math.min(last[b.length] ?? most + 1, most + 1);
}

/** A text, and how often it is there. */
export interface Spelling {
  readonly text: string;
  readonly count: number;
}

/** So many comparisons are made at most; beyond, the rarest are looked at first come. */
const comparisons = 3_000_000;

/** The frequent spelling that a rare one is nearest to, within so many letters as `allowed` says for its length. */
export function nearestSpelling(
  rare: readonly Spelling[],
  frequent: readonly Spelling[],
  allowed: (length: number) => number,
): ReadonlyMap<string, { readonly text: string; readonly count: number; readonly distance: number }> {
  const nearest = new Map<string, { text: string; count: number; distance: number }>();
  let left = comparisons;
  for (const { text, count } of rare) {
    const most = allowed(text.length);
    if (most < 1) continue;
    for (const other of frequent) {
      if (other.count < count * 5 || Math.abs(other.text.length - text.length) > most) continue;
      if (left-- < 0) return nearest;
      const limit = Math.min(most, (nearest.get(text)?.distance ?? most + 1) - 1);
      if (limit < 1) break;
      const distance = editDistance(text, other.text, limit);
      if (distance <= limit) nearest.set(text, { text: other.text, count: other.count, distance });
    }
  }
  return nearest;
}
