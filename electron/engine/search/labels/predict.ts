import type { LabelledRow, LabelPrediction } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { columnsNamed, knownTable } from '../../database/known-table.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { inMapThread } from '../map/map-thread.ts';
import { readVectors } from '../map/read-vectors.ts';
import type { Nearest } from './nearest-mean.ts';

const mostLabels = 200;
const mostUnsureShown = 20;

/** Rows with the label that they have or would get; null where that is unsure. */
export interface Labelled {
  readonly rows: readonly number[];
  readonly labels: readonly (string | null)[];
}

/** What every row would be called, by the rows that have a label in the column. */
export async function predictLabels(
  database: Database,
  record: CollectionRecord,
  { column, least }: { readonly column: string; readonly least: number },
  signal: AbortSignal,
): Promise<Labelled & { readonly told: LabelPrediction }> {
  const { table, name, dimensions } = record;
  const written = await labelsOf(database, table, column);
  const perRow = sql`(select source_row as id, avg(embedding) as embedding from ${documentsOf(name)} group by source_row)`;
  const { ids: rows, vectors } = await readVectors(database, perRow, dimensions, signal);
  // A label of rows without a vector is like nothing.
  const given = new Map(
    rows.flatMap((row) => {
      const label = written.get(row);
      return label === undefined ? [] : [[row, label] as const];
    }),
  );
  const names = namesOf(given, table, column);
  const numbers = new Map(names.map((label, at) => [label, at]));
  const labels = Int32Array.from(rows, (row) => numbers.get(given.get(row) ?? '') ?? -1);
  const examples = { vectors, dimensions, labels, count: names.length };
  const nearest = await inMapThread(signal, (map) => map.nearestLabels(examples));
  const gets = nearest.map(({ label, margin }, at) => {
    if ((labels[at] as number) >= 0) return given.get(rows[at] as number) ?? null;
    return margin < least ? null : (names[label] as string);
  });
  const measure = measured(names, labels, nearest, least);
  const unsure = await leastSure(database, name, { rows, names, labels, nearest });
  return { rows, labels: gets, told: { table, column, ...measure, leastSure: unsure } };
}

/** The labels that are there, by row. */
async function labelsOf(database: Database, table: string, column: string): Promise<Map<number, string>> {
  columnsNamed(await knownTable(database, table), [column]);
  const label = ident(column);
  const found = await database.query<{ row: number; label: string }>(
    sql`select _row::float8 as row, ${label}::text as label from ${ident('public', table)} where ${label}::text <> ''`,
  );
  return new Map(found.map((one) => [one.row, one.label]));
}

function namesOf(given: ReadonlyMap<number, string>, table: string, column: string): readonly string[] {
  const names = [...new Set(given.values())].sort();
  const at = { table, column };
  if (names.length < 2) {
    throw problem(
      'bad_input',
      `"${column}" of "${table}" has ${names.length === 0 ? 'no label' : 'one label'} among the rows that are embedded: there must be two to tell apart.`,
      { hint: 'Label some rows of each kind, for example by drawing around them on the map.', at },
    );
  }
  if (names.length <= mostLabels) return names;
  throw problem(
    'bad_input',
    `"${column}" of "${table}" has ${names.length.toLocaleString('en')} different values.`,
    {
      hint: `Choose a column with at most ${mostLabels} labels.`,
      at,
    },
  );
}

function measured(
  names: readonly string[],
  labels: Int32Array,
  nearest: readonly Nearest[],
  least: number,
): Omit<LabelPrediction, 'table' | 'column' | 'leastSure'> {
  const counts = names.map((label) => ({ label, examples: 0, right: 0, predicted: 0 }));
  const decided = names.map(() => 0);
  let unsure = 0;
  nearest.forEach(({ label, margin }, at) => {
    const own = counts[labels[at] as number];
    const got = counts[label];
    if (own) {
      own.examples++;
      // Below the margin an example would get no label, so that it is neither right nor wrong.
      if (margin < least) return;
      decided[labels[at] as number] = (decided[labels[at] as number] ?? 0) + 1;
      if (own === got) own.right++;
    } else if (margin < least) unsure++;
    else if (got) got.predicted++;
  });
  const known = counts.filter(({ examples }) => examples > 1);
  const total = sum(decided.filter((_, at) => (counts[at]?.examples ?? 0) > 1));
  const examples = counts.map((one) => one.examples);
  return {
    labels: counts.map((one) => ({ ...one, right: one.examples > 1 ? one.right : null })),
    accuracy: total === 0 ? null : sum(known.map(({ right }) => right)) / total,
    usual: Math.max(...examples) / Math.max(sum(examples), 1),
    measured: total,
    predicted: sum(counts.map(({ predicted }) => predicted)),
    unsure,
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

async function leastSure(
  database: Database,
  collection: string,
  found: {
    readonly rows: readonly number[];
    readonly names: readonly string[];
    readonly labels: Int32Array;
    readonly nearest: readonly Nearest[];
  },
): Promise<readonly LabelledRow[]> {
  const { rows, names, labels, nearest } = found;
  const close = nearest
    .map((one, at) => ({ ...one, at }))
    .filter(({ at }) => (labels[at] as number) < 0)
    .sort((one, other) => one.margin - other.margin)
    .slice(0, mostUnsureShown);
  const texts = await database.query<{ row: number; content: string }>(sql`
    select source_row::float8 as row, left(content, 300) as content from ${documentsOf(collection)}
    where part = 0 and source_row = any(${`{${close.map(({ at }) => rows[at])}}`}::bigint[])`);
  const contents = new Map(texts.map(({ row, content }) => [row, content]));
  return close.map(({ at, label, second, margin }) => ({
    row: rows[at] as number,
    content: contents.get(rows[at] as number) ?? '',
    label: names[label] as string,
    second: names[second] as string,
    margin,
  }));
}
