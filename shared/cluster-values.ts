import type { ValueCount } from './define-step.ts';
import { editDistance } from './edit-distance.ts';

/** Values that are probably meant to be one: the most frequent, and the others. */
export interface Cluster {
  readonly becomes: string;
  readonly values: readonly string[];
}

const plain = (value: string) =>
  value
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s]/gu, ' ')
    .trim();

/** The same for texts that differ in case, accents, punctuation, spaces or the order of words (OpenRefine, key collision). */
export const fingerprint = (value: string): string =>
  [...new Set(plain(value).split(/\s+/))].sort().join(' ');

/** The same for texts that have the same pairs of letters, so for doubled or swapped ones (OpenRefine, n-gram of two). */
export function pairFingerprint(value: string): string {
  const letters = plain(value).replaceAll(/\s/g, '');
  if (letters.length < 2) return letters;
  const pairs = Array.from({ length: letters.length - 1 }, (_, at) => letters.slice(at, at + 2));
  return [...new Set(pairs)].sort().join('');
}

/** Values with the same key, where there are several; the largest groups first. */
export function clustersByKey(values: readonly ValueCount[], key: (value: string) => string): Cluster[] {
  const groups = new Map<string, ValueCount[]>();
  for (const one of values) {
    const found = key(one.value);
    if (found === '') continue;
    groups.set(found, [...(groups.get(found) ?? []), one]);
  }
  return clustersOf([...groups.values()]);
}

/** So many values are compared pair by pair at most: the most frequent. */
const compared = 2000;

/** Of this length on, texts may differ by one letter more for each so many letters. */
const lettersPerMistake = 6;

/** Values a few letters from one another, chained; short ones must be nearly equal. */
export function clustersByDistance(values: readonly ValueCount[]): Cluster[] {
  const known = values
    .slice(0, compared)
    .map((one) => ({ ...one, text: plain(one.value) }))
    .filter(({ text }) => text.length >= 4 && !/^[\d\s]+$/.test(text));
  const group = known.map((_, at) => at);
  const rootOf = (at: number): number => (group[at] === at ? at : rootOf(group[at] as number));
  for (const [at, { text }] of known.entries()) {
    for (let other = 0; other < at; other++) {
      const near = known[other]?.text ?? '';
      const most = Math.max(1, Math.floor(Math.min(text.length, near.length) / lettersPerMistake));
      if (editDistance(text, near, most) <= most) group[rootOf(at)] = rootOf(other);
    }
  }
  const groups = new Map<number, ValueCount[]>();
  for (const [at, { value, count }] of known.entries()) {
    groups.set(rootOf(at), [...(groups.get(rootOf(at)) ?? []), { value, count }]);
  }
  return clustersOf([...groups.values()]);
}

function clustersOf(groups: readonly (readonly ValueCount[])[]): Cluster[] {
  const total = (group: readonly ValueCount[]) => group.reduce((sum, { count }) => sum + count, 0);
  return groups
    .filter((group) => group.length > 1)
    .toSorted((a, b) => total(b) - total(a))
    .map((group) => {
      const [first, ...others] = group.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
      return { becomes: first?.value ?? '', values: others.map(({ value }) => value) };
    });
}
