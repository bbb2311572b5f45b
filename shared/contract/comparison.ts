import { z } from 'zod';
import { call } from '../wire.ts';
import type { RowChanges } from './import.ts';
import type { ColumnProfile } from './tables.ts';

/** One side of a comparison: a table as it is, or as it was before its last import. */
export const comparedTable = z.object({
  table: z.string(),
  version: z.enum(['now', 'before']).default('now'),
});

export type ComparedTable = z.input<typeof comparedTable>;

/** What both sides have in common of one column's values, to be drawn one over the other. */
export type ComparedValues =
  | {
      readonly of: 'steps';
      readonly low: number;
      readonly high: number;
      readonly before: readonly number[];
      readonly now: readonly number[];
    }
  | {
      readonly of: 'values';
      /** The most frequent of both sides. */
      readonly values: readonly { readonly value: string; readonly before: number; readonly now: number }[];
    };

/** A column on both sides, or on one of them. */
export interface ComparedColumn {
  readonly name: string;
  readonly change: 'same' | 'retyped' | 'added' | 'removed';
  readonly before: ColumnProfile | null;
  readonly now: ColumnProfile | null;
  readonly values: ComparedValues | null;
  /**
   * How far the distributions are apart, from 0 where they are alike to 1 where they have nothing in common; nulls count. Of
   * numbers and times the Kolmogorov–Smirnov distance, of all else the total variation distance.
   */
  readonly distance: number | null;
}

/** Two tables side by side. */
export interface TableComparison {
  readonly before: { readonly title: string; readonly rows: number };
  readonly now: { readonly title: string; readonly rows: number };
  readonly columns: readonly ComparedColumn[];
  /** Columns that tell rows apart on both sides. */
  readonly keys: readonly string[];
}

/** Comparing what tables hold. */
export const comparing = {
  /** Whether a table can be compared with what it was before its last import. */
  versions: call(z.object({ table: z.string() })).returns<{ readonly before: boolean }>(),
  /** Columns, keys and distributions of two tables, or of two versions of one. */
  compare: call(z.object({ before: comparedTable, now: comparedTable })).returns<TableComparison>(),
  /** Which rows are new, changed or gone, told apart by a key; without one whole rows are compared. */
  compareRows: call(
    z.object({ before: comparedTable, now: comparedTable, key: z.array(z.string()).default([]) }),
  ).returns<RowChanges>(),
};
