import { z } from 'zod';
import type { Column } from '../column.ts';
import { call } from '../wire.ts';

/** What a grid can show. */
export const rowSource = z.discriminatedUnion('of', [
  z.object({ of: z.literal('table'), table: z.string() }),
  /** The rows of the finding's table that broke its rule. */
  z.object({ of: z.literal('finding'), finding: z.number().int() }),
]);

export type RowSource = z.infer<typeof rowSource>;

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
  readonly rejected: number;
  /** Findings of the last run that failed or warned. */
  readonly failing: number;
  readonly updatedAt: string;
}

/** Some rows as Arrow IPC stream bytes; each field's metadata `pg` holds its PostgreSQL type. */
export interface Page {
  readonly bytes: Uint8Array;
  readonly offset: number;
  /** Rows in these bytes. */
  readonly rows: number;
  /** Rows in all. */
  readonly total: number;
}

/** What one column holds. Values are text as PostgreSQL writes them. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: string;
  readonly nulls: number;
  readonly distinct: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly mean: number | null;
  readonly median: number | null;
  /** The most frequent values, most frequent first. */
  readonly top: readonly { readonly value: string; readonly count: number }[];
  /** Counts between equal steps from min to max; empty for columns that are not numbers or dates. */
  readonly histogram: readonly number[];
}

export interface Profile {
  readonly table: string;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

export const tables = {
  list: call(z.object({})).returns<readonly Table[]>(),
  page: call(
    z.object({
      source: rowSource,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(1_000_000),
    }),
  ).returns<Page>(),
  profile: call(z.object({ table: z.string(), columns: z.array(z.string()).optional() })).returns<Profile>(),
  rename: call(z.object({ table: z.string(), to: z.string() })).returns<null>(),
  drop: call(z.object({ table: z.string() })).returns<null>(),
  exportCsv: call(z.object({ tables: z.array(z.string()), folder: z.string() })).returns<
    readonly { readonly table: string; readonly file: string; readonly rows: number }[]
  >(),
};
