import { z } from 'zod';
import { byName } from '../by-name.ts';
import { call } from '../wire.ts';
import { formatChoice, type SniffedFormat } from './formats.ts';

/** How a delimited file is written. */
export const dialect = z.object({
  encoding: z.string(),
  delimiter: z.string().min(1).max(8),
  /** Empty: none. */
  quote: z.string().max(1),
  /** What stands before a quote inside quotes: the quote itself where it is doubled. Empty: nothing does. */
  escape: z.string().max(1),
  header: z.boolean(),
  skipLines: z.number().int().min(0),
  /** Records that name the columns, joined by spaces where there are several. Default: one where there is a header. */
  headerLines: z.number().int().min(0).max(20).optional(),
  /** What a line begins with that is a remark and no row. Empty: none. */
  comment: z.string().max(4).optional(),
  /** Records at the end of the file that are no rows. Found out where not given. */
  footerLines: z.number().int().min(0).max(1000).optional(),
  /** Spaces may stand before a quote that opens a cell. */
  padded: z.boolean().optional(),
  /** Records that repeat the header are rows like others. */
  keepRepeats: z.boolean().optional(),
  /** What stands before the decimals of a number. */
  decimal: z.enum(['.', ',']).optional(),
  /**
   * How cells are told apart where a delimiter and quotes of one byte do not tell it: backslashes without quotes, quotes such as
   * “ ” and « », each line one quoted text that holds a row, columns filled up with spaces, tables drawn with bars.
   */
  spelling: z
    .enum(['plain', 'backslashes', 'typographic quotes', 'quoted lines', 'aligned', 'boxes'])
    .optional(),
  /** Where the columns of an aligned text begin, in characters from 0. */
  starts: z.array(z.number().int().min(0)).max(1599).optional(),
});

export type Dialect = z.infer<typeof dialect>;

/** One thing found out of a file: how sure it is, from 0 to 1, and why. */
export interface Guess {
  readonly confidence: number;
  readonly evidence: string;
  /** A person chose it. */
  readonly chosen?: boolean;
}

/** A table in a file that holds several: the physical line it starts on. */
export interface TablePlace {
  readonly line: number;
  readonly columns: number;
  readonly records: number;
  /** True where its records are loaded as rows of the table before it. */
  readonly loaded?: boolean;
}

/** A dialect as it was found out: `confidence` from 0 to 1, `evidence` in words. */
export type SniffedDialect = Dialect & {
  readonly confidence: number;
  readonly evidence: string;
  /** Each part of it by itself. */
  readonly guesses?: Readonly<Partial<Record<keyof Dialect, Guess>>>;
  /** How lines end. */
  readonly newline?: 'LF' | 'CRLF' | 'CR' | 'mixed';
  /** Other tables in the file, which are not loaded, or not as tables of their own. */
  readonly otherTables?: readonly TablePlace[];
};

/** Only what a person overrides; the rest is sniffed. */
export const dialectOverride = dialect.partial();

export type DialectOverride = z.infer<typeof dialectOverride>;

/** Records that are no rows, by kind. */
export interface SkippedBy {
  readonly header: number;
  readonly blank: number;
  readonly preamble: number;
  readonly comment?: number;
  readonly footer?: number;
  /** Records of other tables in the same file. */
  readonly otherTable?: number;
}

/** Where every row of the file went: physical = loaded + rejected + skipped. */
export interface Account {
  readonly physical: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly skipped: number;
  /** Skipped by kind; kinds of which there are none may be left out. */
  readonly skippedBy: SkippedBy;
}

/** What becomes of a cell that does not fit its column's type: its row is rejected, it becomes null, or the column text. */
export const onMisfit = z.enum(['reject', 'null', 'widen']);

export type OnMisfit = z.infer<typeof onMisfit>;

/** What may stand for no value in a column's cells, and what speaks for it. */
export interface NullMarker {
  readonly marker: string;
  readonly cells: number;
  readonly evidence: string;
}

/** A text that was read as no value. */
export interface ReadAsNull {
  readonly marker: string;
  readonly cells: number;
  /** In which rows, from and to, counted from 1 among those that the import loaded; left out where there are very many. */
  readonly rows?: readonly (readonly [from: number, to: number])[];
}

/** One way to read a column's values: chosen by its type and format. */
export interface Reading {
  readonly type: string;
  readonly format: string;
  /** "dates, month first". */
  readonly says: string;
}

/** A type that a column may have as well, and what speaks for it. */
export interface TypeOffer {
  /** "vector(384)". */
  readonly type: string;
  readonly evidence: string;
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
  /** How many cells do not fit the type. */
  readonly disagreeing: number;
  /** What becomes of them; their row is rejected where it says nothing. */
  readonly onMisfit?: OnMisfit;
  /** The type that was found, where cells that did not fit it made the column text. */
  readonly widenedFrom?: string;
  /** What is read as no value, because a person said so; an empty text: the usual words are not. */
  readonly nulls?: readonly string[];
  /** What is read as no value because it can be none of the column's type: NA among numbers. */
  readonly readAsNull?: readonly ReadAsNull[];
  /** What may stand for no value as well: proposed, never assumed. */
  readonly nullMarkers?: readonly NullMarker[];
  /** Cells of which the type, which was given, does not keep a leading zero or plus: 0007. */
  readonly zerosLost?: number;
  /** Ways to read it of which nothing in the file decides one: a person is asked. */
  readonly readings?: readonly Reading[];
  /** Other types that every value fits and a person may want. */
  readonly offers?: readonly TypeOffer[];
}

/** What a file holds, before it is loaded. */
export interface FilePreview {
  readonly path: string;
  readonly bytes: number;
  readonly format: SniffedFormat;
  /** Null where the file is not delimited text. */
  readonly dialect: SniffedDialect | null;
  readonly columns: readonly FileColumn[];
  /** The first rows as they stand in the file, text by column; null where the cell is missing or a null marker. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** For each of `rows`, by position, the values of cells that are written otherwise than they load: 31/12/2024. */
  readonly values: readonly Readonly<Record<number, string>>[];
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

/** How the values of columns are written, as a person said: `%m/%d/%Y`, `,` for a decimal comma, `ja|nein`. */
export const writtenFormats = byName(z.string().min(1).max(200));

/** What a person reads as no value, by column, besides the usual words; an empty text: those are values. */
export const nullMarkers = byName(z.array(z.string()));

export const files = {
  /** Files in the workspace's folder that can be imported. */
  list: call(z.object({})).returns<readonly DataFile[]>(),
  /** The files that files, folders, archives and patterns stand for, and one name for all of them as one table. */
  expand: call(z.object({ paths: z.array(z.string()).min(1) })).returns<{
    readonly files: readonly string[];
    readonly asOne: string;
  }>(),
  /** Keeps what was pasted as a file, to be imported like any other. */
  paste: call(z.object({ text: z.string().min(1) })).returns<{ readonly path: string }>(),
  /** Looks at the first megabytes of a file, or at all of it. */
  preview: call(
    z.object({
      /** A file, a file in an archive (`a.zip/b.csv`); as one table a folder, a pattern, or `{a.csv,b.csv}`. */
      path: z.string(),
      dialect: dialectOverride.optional(),
      format: formatChoice.optional(),
      /** Types a person chose, by column name. */
      types: byName(z.string()).optional(),
      formats: writtenFormats.optional(),
      onMisfit: byName(onMisfit).optional(),
      /** What stands for no value, by column. */
      nulls: nullMarkers.optional(),
      allText: z.boolean().optional(),
      whole: z.boolean().optional(),
    }),
  ).returns<FilePreview>(),
};
