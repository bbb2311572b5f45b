import { z } from 'zod';
import { call } from '../wire.ts';
import { type Dialect, dialectOverride } from './files.ts';

/** Where every row of the file went: physical = loaded + rejected + skipped. */
export interface Account {
  readonly physical: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly skipped: number;
  /** Skipped by kind. */
  readonly skippedBy: { readonly header: number; readonly blank: number; readonly preamble: number };
}

export interface ImportedTable {
  readonly table: string;
  readonly source: string;
  readonly account: Account;
  readonly dialect: Dialect & { readonly confidence: number };
  readonly columns: readonly {
    readonly name: string;
    readonly originalName: string;
    readonly type: string;
    readonly reason: string;
  }[];
  readonly recipe: string;
  readonly ms: number;
}

/** A row that could not be loaded. */
export interface Reject {
  readonly line: number;
  readonly column: string | null;
  readonly cause: string;
  readonly raw: string;
}

export const importing = {
  /** Loads one file into one table: either all of it is there at the end, or nothing changed. */
  load: call(
    z.object({
      path: z.string(),
      /** Default: made from the file's name. */
      table: z.string().optional(),
      mode: z.enum(['create', 'replace', 'append']).default('create'),
      dialect: dialectOverride.optional(),
      types: z.record(z.string(), z.string()).optional(),
      allText: z.boolean().optional(),
    }),
  ).returns<ImportedTable>(),
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
