import { editDistance } from '../../../../shared/edit-distance.ts';

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
