import { cellText } from '../../../shared/cell-text.ts';
import type { ResultComparison, ResultDifference } from '../../../shared/contract/query-results.ts';
import { type DecodedPage, decodePage } from '../../../shared/decode-page.ts';
import { problem } from '../../../shared/problem.ts';

type Cells = readonly (string | null)[];

interface Side {
  readonly columns: readonly string[];
  readonly rows: readonly Cells[];
}

/** Compares two results by key columns, or by place where there are none; columns by their names. */
export function compareResults(
  before: Uint8Array,
  now: Uint8Array,
  key: readonly string[],
  limit: number,
): ResultComparison {
  const old = sideOf(decodePage(before));
  const fresh = sideOf(decodePage(now));
  const shared = fresh.columns.filter((name) => old.columns.includes(name));
  const strange = key.find((name) => !shared.includes(name));
  if (strange !== undefined)
    throw problem('bad_input', `The column "${strange}" is not in both results.`, {
      hint: 'Choose a key that both have, or compare by place.',
    });
  const differences = differencesOf(keyed(old, shared, key), keyed(fresh, shared, key));
  const count = (kind: ResultDifference['kind']) => differences.filter((one) => one.kind === kind).length;
  const [added, removed, changed] = [count('added'), count('removed'), count('changed')];
  return {
    columns: shared,
    columnsAdded: fresh.columns.filter((name) => !old.columns.includes(name)),
    columnsRemoved: old.columns.filter((name) => !fresh.columns.includes(name)),
    added,
    removed,
    changed,
    same: fresh.rows.length - added - changed,
    rows: differences.slice(0, limit),
  };
}

const sideOf = (page: DecodedPage): Side => ({
  columns: toldApart(page.columns.map(({ name }) => name)),
  rows: Array.from({ length: page.rows }, (_none, row) =>
    page.columns.map(({ type }, column) => {
      const value = page.cell(row, column);
      return value === null ? null : cellText(value, type);
    }),
  ),
});

/** Of several columns with one name each further one has its place among them in it: `id`, `id (2)`. */
function toldApart(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const place = (seen.get(name) ?? 0) + 1;
    seen.set(name, place);
    return place === 1 ? name : `${name} (${place})`;
  });
}

interface Keyed {
  readonly key: Cells;
  readonly cells: Cells;
}

/** Rows by their key; of several with one key each has its place among them in it too. */
function keyed(
  { columns, rows }: Side,
  shared: readonly string[],
  key: readonly string[],
): Map<string, Keyed> {
  const places = shared.map((name) => columns.indexOf(name));
  const keyPlaces = key.map((name) => columns.indexOf(name));
  const found = new Map<string, Keyed>();
  const copies = new Map<string, number>();
  for (const [at, row] of rows.entries()) {
    const own = key.length > 0 ? keyPlaces.map((place) => row[place] ?? null) : [String(at + 1)];
    const word = JSON.stringify(own);
    const copy = (copies.get(word) ?? 0) + 1;
    copies.set(word, copy);
    found.set(copy === 1 ? word : `${word} ${copy}`, {
      key: own,
      cells: places.map((place) => row[place] ?? null),
    });
  }
  return found;
}

function differencesOf(
  old: ReadonlyMap<string, Keyed>,
  fresh: ReadonlyMap<string, Keyed>,
): readonly ResultDifference[] {
  const differences: ResultDifference[] = [];
  for (const [word, { key, cells }] of fresh) {
    const before = old.get(word)?.cells;
    if (!before) differences.push({ kind: 'added', key, now: cells });
    else if (before.some((cell, at) => cell !== cells[at]))
      differences.push({ kind: 'changed', key, before, now: cells });
  }
  for (const [word, { key, cells }] of old)
    if (!fresh.has(word)) differences.push({ kind: 'removed', key, before: cells });
  return differences;
}
