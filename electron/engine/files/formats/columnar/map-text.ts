import type { ColumnTally } from './column-tally.ts';

/** A key, and its value as JSON. */
export type MapEntry = readonly [key: string, value: string];

/** A map as JSON: an object, or where a key stands more than once, of which an object keeps one, a list of its entries. */
export function mapText(entries: readonly MapEntry[], tally: ColumnTally): string {
  const keys = new Set(entries.map(([key]) => key));
  if (keys.size === entries.length)
    return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
  tally.repeats++;
  return `[${entries.map(([key, value]) => `{"key":${JSON.stringify(key)},"value":${value}}`).join(',')}]`;
}
