import { z } from 'zod';
import { call } from '../wire.ts';

/** How a delimited file is written. */
export const dialect = z.object({
  encoding: z.string(),
  delimiter: z.string().min(1).max(4),
  /** Empty: none. */
  quote: z.string().max(1),
  escape: z.string().max(1),
  header: z.boolean(),
  skipLines: z.number().int().min(0),
});

export type Dialect = z.infer<typeof dialect>;

/** A dialect as it was found out: `confidence` from 0 to 1, `evidence` in words. */
export type SniffedDialect = Dialect & { readonly confidence: number; readonly evidence: string };

/** Only what a person overrides; the rest is sniffed. */
export const dialectOverride = dialect.partial();

export type DialectOverride = z.infer<typeof dialectOverride>;

/** Where every row of the file went: physical = loaded + rejected + skipped. */
export interface Account {
  readonly physical: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly skipped: number;
  /** Skipped by kind. */
  readonly skippedBy: { readonly header: number; readonly blank: number; readonly preamble: number };
}

/** A column as it will load. */
export interface FileColumn {
  readonly name: string;
  readonly originalName: string;
  readonly type: string;
  /** How dates are written where not as 2024-01-31, as strptime spells it: `%d/%m/%Y`. */
  readonly format?: string;
  /** Why this type: "all 48,211 values are whole numbers". */
  readonly reason: string;
  /** Share of the values that fit, from 0 to 1. */
  readonly confidence: number;
  /** How many cells do not fit the type and would send their row to the rejects. */
  readonly disagreeing: number;
}

/** What a file holds, before it is loaded. */
export interface FilePreview {
  readonly path: string;
  readonly bytes: number;
  readonly dialect: SniffedDialect;
  readonly columns: readonly FileColumn[];
  /** The first rows as they stand in the file, text by column; null where the cell is missing or a null marker. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** For each of `rows`, the positions of cells that do not fit their column's type. */
  readonly disagreeing: readonly (readonly number[])[];
  /** Where each row of what was read would go. */
  readonly account: Account;
  /** True where every row of the file was looked at, so that the account is what an import will give. */
  readonly complete: boolean;
  /** The first rows that would be rejected, at most 100. */
  readonly rejects: readonly {
    readonly line: number;
    readonly column: string | null;
    readonly cause: string;
    readonly raw: string;
  }[];
  /** A table name made from the file's. */
  readonly table: string;
}

export interface DataFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

export const files = {
  /** Files in the workspace's folder that can be imported. */
  list: call(z.object({})).returns<readonly DataFile[]>(),
  /** Looks at the first megabytes of a file, or at all of it. */
  preview: call(
    z.object({
      path: z.string(),
      dialect: dialectOverride.optional(),
      /** Types a person chose, by column name. */
      types: z.record(z.string(), z.string()).optional(),
      allText: z.boolean().optional(),
      whole: z.boolean().optional(),
    }),
  ).returns<FilePreview>(),
};
