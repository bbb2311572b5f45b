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

/** Only what a person overrides; the rest is sniffed. */
export const dialectOverride = dialect.partial();

/** A column as it will load. */
export interface FileColumn {
  readonly name: string;
  readonly originalName: string;
  readonly type: string;
  /** Why this type: "all 48,211 values are whole numbers". */
  readonly reason: string;
  /** How many cells do not fit the type and would send their row to the rejects. */
  readonly disagreeing: number;
}

/** What a file holds, before it is loaded. */
export interface FilePreview {
  readonly path: string;
  readonly bytes: number;
  readonly dialect: Dialect & { readonly confidence: number; readonly evidence: string };
  readonly columns: readonly FileColumn[];
  /** The first rows as they stand in the file, text by column; null where the cell is missing or a null marker. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** For each of `rows`, the positions of cells that do not fit their column's type. */
  readonly disagreeing: readonly (readonly number[])[];
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
  preview: call(
    z.object({
      path: z.string(),
      dialect: dialectOverride.optional(),
      /** Types a person chose, by column name. */
      types: z.record(z.string(), z.string()).optional(),
      allText: z.boolean().optional(),
    }),
  ).returns<FilePreview>(),
};
