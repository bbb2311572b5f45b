import { z } from 'zod';
import type { Column } from '../column.ts';
import { filter } from '../view/filters.ts';
import { type Look, look } from '../view/look.ts';
import { view } from '../view/view.ts';
import { call } from '../wire.ts';
import { comparing } from './comparison.ts';
import type { Relations } from './relations.ts';

/** What a grid can show. */
export const rowSource = z.discriminatedUnion('of', [
  /** A table's rows, all of them or those of a view. */
  z.object({ of: z.literal('table'), table: z.string(), view: view.optional() }),
  /** The rows of the finding's table that broke its rule. */
  z.object({ of: z.literal('finding'), finding: z.number().int() }),
]);

export type RowSource = z.input<typeof rowSource>;

/** What the rows of a view can be written as. */
export const exportFormats = {
  csv: 'CSV',
  jsonl: 'JSON lines',
  parquet: 'Parquet',
  arrow: 'Arrow',
  xlsx: 'Excel',
} as const;

export type ExportFormat = keyof typeof exportFormats;

/** Where a table came from. */
export type TableOrigin = 'import' | 'pipeline' | 'query';

export interface Table {
  readonly name: string;
  readonly origin: TableOrigin;
  /** The file, or the pipeline's name. */
  readonly source: string | null;
  /** All columns, `_row` left out. */
  readonly columns: readonly Column[];
  readonly rows: number;
  /** Goes up with every change of the rows or columns. */
  readonly version: number;
  readonly rejected: number;
  /** Findings of the last run that failed or warned. */
  readonly failing: number;
  readonly updatedAt: string;
}

/** How a view keeps its rows: not at all, or as they were when it was last refreshed. */
export type ViewKind = 'view' | 'materialized view';

/** A view that a person made: to be looked at like a table, and never written. */
export interface KnownView {
  readonly name: string;
  readonly kind: ViewKind;
  readonly columns: readonly Column[];
}

/** Some rows as Arrow IPC stream bytes; each field's metadata `pg` holds its PostgreSQL type. */
export interface Page {
  readonly bytes: Uint8Array;
  readonly offset: number;
  /** Rows in these bytes. */
  readonly rows: number;
  /** Rows in all. */
  readonly total: number;
  /** For the rows of a finding: which columns of each break its rule, null where all that it marks do. */
  readonly marks?: readonly (readonly string[] | null)[];
}

/** Something that uses a table and would miss it. */
export interface Dependent {
  readonly kind: 'view' | 'pipeline' | 'checks' | 'collection';
  readonly name: string;
  /** In words: `pipeline "clean orders" reads it`. */
  readonly says: string;
}

/** What one column holds. Values are text as PostgreSQL writes them; long ones are cut with `…`. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: string;
  readonly nulls: number;
  readonly distinct: number;
  readonly min: string | null;
  readonly max: string | null;
  /** Of what is finite; these and the quantiles are null where finite numbers are too large to be computed with. */
  readonly mean: number | null;
  readonly median: number | null;
  /** Of a sample, as stddev_samp. */
  readonly sd: number | null;
  /** To the last digit where the values are exact. */
  readonly sum: string | null;
  /** At 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly number[] | null;
  readonly zeroes: number | null;
  readonly negatives: number | null;
  /** Values that are empty text. */
  readonly empty: number;
  /** Lengths of texts in characters. */
  readonly lengths: { readonly min: number; readonly max: number; readonly mean: number } | null;
  /** Which shapes texts have, `AA-9999`; `rows` is how many values were looked at, picked evenly. */
  readonly patterns: {
    readonly rows: number;
    readonly top: readonly { readonly pattern: string; readonly count: number }[];
  } | null;
  /** Days without any row between the first and the last. */
  readonly gaps: {
    readonly missingDays: number;
    readonly longest: { readonly after: string; readonly before: string; readonly days: number } | null;
  } | null;
  /** True where no value is null and all are different. */
  readonly isKey: boolean;
  /** The most frequent values, most frequent first. */
  readonly top: readonly { readonly value: string; readonly count: number }[];
  /** Counts between equal steps from min to max; empty for columns that are not numbers or dates. */
  readonly histogram: readonly number[];
  /** The least value of each step of the histogram; null of an empty one. */
  readonly starts: readonly (string | null)[];
  /** The greatest value of its last step. */
  readonly end: string | null;
  /** The ends of the histogram: numbers, or seconds since 1970. */
  readonly low: number | null;
  readonly high: number | null;
}

/** A value that a column has, and in how many of the rows looked at. */
export interface ValueOffer {
  readonly value: string;
  readonly count: number;
}

export interface Profile {
  readonly table: string;
  /** All rows that it is about. */
  readonly rows: number;
  /** How many of them were looked at for a first impression; null where it was all of them, and all is exact. */
  readonly sampled: number | null;
  readonly columns: readonly ColumnProfile[];
}

export const tables = {
  list: call(z.object({})).returns<readonly Table[]>(),
  views: call(z.object({})).returns<readonly KnownView[]>(),
  /** A view as a table, its rows counted as they are now. */
  openView: call(z.object({ name: z.string() })).returns<Table>(),
  page: call(
    z.object({
      source: rowSource,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(1_000_000),
    }),
  ).returns<Page>(),
  /** Puts the rows of a sorted view in order, with progress; pages of it wait for that, but for the first rows. */
  arrange: call(z.object({ table: z.string(), view })).returns<null>(),
  /** How a table was looked at last; nothing where it never was. */
  look: call(z.object({ table: z.string() })).returns<Look | null>(),
  /** Remembers how a table is looked at, in this workspace. */
  keepLook: call(z.object({ table: z.string(), look })).returns<null>(),
  /** What columns hold: of all rows, or of those that filters keep. */
  profile: call(
    z.object({
      table: z.string(),
      columns: z.array(z.string()).optional(),
      filters: z.array(filter).default([]),
      /** Of a large table only a sample, marked as one: for a first impression while all of it is read. */
      quick: z.boolean().default(false),
    }),
  ).returns<Profile>(),
  /** The most frequent values of a column that hold some text, to choose among. */
  values: call(
    z.object({
      table: z.string(),
      column: z.string(),
      search: z.string().default(''),
      limit: z.number().int().min(1).max(200).default(30),
    }),
  ).returns<readonly ValueOffer[]>(),
  /** What columns have to do with one another: correlation, what decides what, what is null together. */
  relations: call(
    z.object({
      table: z.string(),
      columns: z.array(z.string()).optional(),
      filters: z.array(filter).default([]),
      /** A column that is compared in any case, where there are too many to compare all of them. */
      about: z.string().optional(),
    }),
  ).returns<Relations>(),
  ...comparing,
  /** Gives a table another name, also in the records, rules and pipelines that name it. */
  rename: call(z.object({ table: z.string(), to: z.string().min(1) })).returns<null>(),
  /** What would miss the table. */
  dependents: call(z.object({ table: z.string() })).returns<readonly Dependent[]>(),
  /** Removes a table and views over it; refused where something uses it, unless `evenIfUsed`. */
  drop: call(z.object({ table: z.string(), evenIfUsed: z.boolean().default(false) })).returns<null>(),
  /** One UTF-8 file a table, each whole or not at all; no table named means all. `beside` writes over no file. */
  exportCsv: call(
    z.object({ tables: z.array(z.string()), folder: z.string(), beside: z.boolean().default(false) }),
  ).returns<readonly { readonly table: string; readonly file: string; readonly rows: number }[]>(),
  /** What is seen of a table, in its order, as one new file in a folder; whole or not at all. */
  exportView: call(
    z.object({
      table: z.string(),
      view,
      format: z.enum(Object.keys(exportFormats) as [ExportFormat, ...ExportFormat[]]),
      folder: z.string(),
    }),
  ).returns<{
    readonly file: string;
    readonly rows: number;
    /** What the file does not hold, in words. */
    readonly notes: readonly string[];
  }>(),
};
