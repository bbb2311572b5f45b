import { createHash } from 'node:crypto';

/** The parts that examples are split into, and the share of each; together they are 1. */
export interface Shares {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export type Part = keyof Shares;

/**
 * The part of each document. What belongs together comes into one part, chosen by a hash of the texts in it: the same
 * texts are split the same way on every machine, whatever else is in the collection.
 * @param groups for each document, a number that those who belong together share
 * @param hashes of the text of each document, in hexadecimal
 */
export function splitOf(
  groups: ArrayLike<number>,
  hashes: readonly string[],
  { train, validation }: Shares,
): readonly Part[] {
  const least = new Map<number, string>();
  hashes.forEach((hash, at) => {
    const group = groups[at] as number;
    const before = least.get(group);
    if (before === undefined || hash < before) least.set(group, hash);
  });
  return hashes.map((_, at) => {
    const share = shareOf(least.get(groups[at] as number) ?? '');
    if (share < train) return 'train';
    return share < train + validation ? 'validation' : 'test';
  });
}

/** A number from 0 to 1 that a text always has. */
const shareOf = (text: string): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
