import { z } from 'zod';
import { call } from '../wire.ts';
import { type Account, type Dialect, dialectOverride } from './files.ts';
import { formatChoice, type SettingValue } from './formats.ts';

export type { Account } from './files.ts';

export interface ImportedColumn {
  readonly name: string;
  readonly originalName: string;
  readonly type: string;
  readonly format?: string;
  readonly reason: string;
}

/** The format that a file was read as, with its settings. */
export interface ImportedFormat {
  readonly kind: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
}

export interface ImportedTable {
  readonly table: string;
  /** The file; relative where it lies in the workspace. */
  readonly source: string;
  readonly account: Account;
  readonly format: ImportedFormat;
  /** Null where the file is not delimited text. */
  readonly dialect: (Dialect & { readonly confidence: number }) | null;
  readonly columns: readonly ImportedColumn[];
  /** The recipe's file in the workspace. */
  readonly recipe: string;
  readonly ms: number;
}

/** A row that could not be loaded. */
export interface Reject {
  readonly line: number;
  readonly column: string | null;
  readonly cause: string;
  readonly raw: string;
  readonly source: string;
}

export const importModes = ['create', 'replace', 'append', 'merge'] as const;

export const importing = {
  /** Loads one file into one table: either all of it is there at the end, or nothing changed. */
  load: call(
    z.object({
      path: z.string(),
      /** Default: as the recipe says, or made from the file's name. */
      table: z.string().optional(),
      mode: z.enum(importModes).default('create'),
      /** For `merge`: the columns that tell rows apart. */
      key: z.array(z.string()).min(1).optional(),
      dialect: dialectOverride.optional(),
      format: formatChoice.optional(),
      types: z.record(z.string(), z.string()).optional(),
      allText: z.boolean().optional(),
      /** A recipe's file: its choices hold where the call makes none. */
      recipe: z.string().optional(),
    }),
  ).returns<ImportedTable>(),
  /** Rejects of every import whose rows are in the table now, by file and line. */
  rejects: call(
    z.object({
      table: z.string(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(10_000),
    }),
  ).returns<{ readonly total: number; readonly rejects: readonly Reject[] }>(),
  /** The latest import of a table, or null where it was not imported. */
  latest: call(z.object({ table: z.string() })).returns<ImportedTable | null>(),
};
