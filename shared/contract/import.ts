import { z } from 'zod';
import { byName } from '../by-name.ts';
import { call } from '../wire.ts';
import {
  type Account,
  type Dialect,
  type DialectOverride,
  dialectOverride,
  type NullMarker,
  nullMarkers,
  type OnMisfit,
  onMisfit,
  type ReadAsNull,
  type Reading,
  type SniffedDialect,
  type TypeOffer,
  writtenFormats,
} from './files.ts';
import { formatChoice, type LeftOut, type OpenNote, type SettingValue } from './formats.ts';
import type { ImportPlan, SourceState, Undone, UndoState } from './import-plan.ts';

export type { Account } from './files.ts';
export type * from './import-plan.ts';

export interface ImportedColumn {
  readonly name: string;
  readonly originalName: string;
  readonly type: string;
  readonly format?: string;
  readonly reason: string;
  /** What was done with cells that do not fit; their row was rejected where it says nothing. */
  readonly onMisfit?: OnMisfit;
  /** What was read as no value, because a person said so. */
  readonly nulls?: readonly string[];
  /** What was read as no value because it can be none of the column's type, and in how many cells. */
  readonly readAsNull?: readonly ReadAsNull[];
  /** What may stand for no value as well: proposed, not assumed. */
  readonly nullMarkers?: readonly NullMarker[];
  /** Ways to read it of which nothing in the file decides one: it stayed text, or was read in the first where its type was given. */
  readonly readings?: readonly Reading[];
  /** Other types that every value fits and a person may want. */
  readonly offers?: readonly TypeOffer[];
  /** Cells of which the type, which was given, did not keep a leading zero or plus: 0007. */
  readonly zerosLost?: number;
  /** How many cells became null because they do not fit. */
  readonly nulled?: number;
}

/** The format that a file was read as, with its settings. */
export interface ImportedFormat {
  readonly kind: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly packed?: boolean;
}

export interface ImportedTable {
  readonly table: string;
  /** The file; relative where it lies in the workspace. */
  readonly source: string;
  readonly account: Account;
  readonly format: ImportedFormat;
  /** What else the file holds that is not loaded, or what is loaded and may be no row. */
  readonly open?: readonly OpenNote[];
  /** Records that were taken for no rows, with their texts. */
  readonly leftOut?: readonly LeftOut[];
  /** Null where the file is not delimited text. */
  readonly dialect: (Dialect & Pick<SniffedDialect, 'confidence' | 'otherTables'>) | null;
  readonly columns: readonly ImportedColumn[];
  /** The recipe's file in the workspace. */
  readonly recipe: string;
  readonly ms: number;
  /** SHA-256 of the file. */
  readonly hash: string;
}

/** A row that could not be loaded. */
export interface Reject {
  /** Names it when it is tried again. */
  readonly id: string;
  readonly line: number;
  /** Where its record starts in the file, in bytes; null where it is no piece of the file's bytes, as in a workbook. */
  readonly offset: number | null;
  /** True where the offset counts the bytes of what was unpacked from the file. */
  readonly unpacked: boolean;
  readonly column: string | null;
  readonly cause: string;
  readonly raw: string;
  /** Its text as it was corrected and tried last. */
  readonly corrected: string | null;
  readonly source: string;
  /** Which of several files that are one table it stands in, as in `_file`. */
  readonly file: string | null;
}

/** A reject to be loaded after all, with its text as it should have been. */
export const retriedRow = z.object({ id: z.string(), text: z.string() });

/** What became of rejects that were tried again. */
export interface Retried {
  readonly table: string;
  readonly tried: number;
  readonly loaded: number;
  /** Those that still do not fit. */
  readonly rejects: readonly Reject[];
  /** The account of each import that changed, as it is now. */
  readonly accounts: readonly { readonly source: string; readonly account: Account }[];
}

/** The choices of a recipe, as they are made again. */
export interface RecipeChoices {
  /** What was imported by it last, absolute. */
  readonly source: string | null;
  readonly table: string | null;
  readonly key: readonly string[];
  readonly allText: boolean;
  readonly dialect: DialectOverride;
  /** Settings of the file's format, such as a workbook's sheet. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly types: Readonly<Record<string, string>>;
  readonly formats: Readonly<Record<string, string>>;
  readonly onMisfit: Readonly<Record<string, OnMisfit>>;
  readonly nulls: Readonly<Record<string, readonly string[]>>;
}

export const importModes = ['create', 'replace', 'append', 'merge'] as const;

const loadArg = z.object({
  path: z.string(),
  /** Default: as the recipe says, or made from the file's name. */
  table: z.string().optional(),
  mode: z.enum(importModes).default('create'),
  /** The columns that tell rows apart: needed for `merge`, wanted for a comparison. */
  key: z.array(z.string()).min(1).optional(),
  dialect: dialectOverride.optional(),
  format: formatChoice.optional(),
  types: byName(z.string()).optional(),
  formats: writtenFormats.optional(),
  /** What becomes of cells that do not fit, by column. */
  onMisfit: byName(onMisfit).optional(),
  /** What stands for no value, by column. */
  nulls: nullMarkers.optional(),
  allText: z.boolean().optional(),
  /** Where rows join those of a table: columns that only the file has are added to it, and those that only it has stay. */
  newColumns: z.boolean().optional(),
  /** A recipe's file: its choices hold where the call makes none. */
  recipe: z.string().optional(),
  /** Refuses a file whose SHA-256 is another, because it was changed since it was looked at. */
  hash: z.string().optional(),
});

const ofTable = z.object({ table: z.string() });

export const importing = {
  /** Loads one file into one table: either all of it is there at the end, or nothing changed. */
  load: call(loadArg).returns<ImportedTable>(),
  /** Compares a file with the table it would go into; nothing is changed. */
  plan: call(loadArg).returns<ImportPlan>(),
  /** Rejects of every import whose rows are in the table now, by file and line. */
  rejects: call(
    z.object({
      table: z.string(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(10_000),
    }),
  ).returns<{ readonly total: number; readonly rejects: readonly Reject[] }>(),
  /** Loads rejects after all, as they were corrected; those that still do not fit stay rejects. */
  retry: call(
    z.object({ table: z.string(), rows: z.array(retriedRow).min(1).max(10_000) }),
  ).returns<Retried>(),
  /** The latest import of a table, or null where it was not imported. */
  latest: call(ofTable).returns<ImportedTable | null>(),
  /** Whether the table's last import can be undone. */
  undoState: call(ofTable).returns<UndoState>(),
  /** Takes the table's last import back. */
  undo: call(ofTable).returns<Undone>(),
  /** The choices that a recipe's file holds. */
  recipe: call(z.object({ recipe: z.string() })).returns<RecipeChoices>(),
  /** Whether the table's file was changed since it was imported, by its content. */
  sourceState: call(ofTable).returns<SourceState>(),
};
