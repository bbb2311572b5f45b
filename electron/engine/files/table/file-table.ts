import type { Account, SniffedDialect } from '../../../../shared/contract/files.ts';
import type { SettingValue, SniffedFormat } from '../../../../shared/contract/formats.ts';
import type { CountedClasses } from '../cells/count-classes.ts';
import type { Sniffed } from '../dialect/sniff.ts';
import type { Relation } from '../duck/relation.ts';
import type { Located } from '../records/locate.ts';
import type { Marks } from '../records/split-record.ts';
import type { Survey } from '../records/survey.ts';
import type { Spelling } from '../spelling/spelling.ts';

/** Where every record of a file went before types are looked at: physical = good + bad + all that was skipped. */
export interface Counts {
  readonly physical: number;
  readonly good: number;
  readonly bad: number;
  readonly skippedBy: Account['skippedBy'];
}

/** What the file itself says of a column. */
export interface KnownColumn {
  /** Its type, where the file has types: its cells are then written as PostgreSQL reads them. */
  readonly type?: string;
  /** True where its values are words to the file, even those that look like numbers. */
  readonly words?: boolean;
  /** True where its values are numbers to the file. */
  readonly numbers?: boolean;
  readonly reason: string;
}

/** How one of several files that are one table is written, so that a record of it can be read by itself. */
export interface PartWriting {
  readonly kind: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly marks?: Marks | undefined;
  readonly spelling?: Spelling | undefined;
  readonly packed?: boolean | undefined;
  /** For each of its columns, the column of the table. */
  readonly places: readonly number[];
}

/** A file read as a table of text: what every format gives, and all that an import needs to know. */
export interface FileTable {
  readonly format: SniffedFormat;
  /** How delimited text is written; null for other formats. */
  readonly dialect: SniffedDialect | null;
  /** The columns as the file names them. */
  readonly names: readonly string[];
  readonly known: readonly (KnownColumn | undefined)[];
  readonly relation: Relation;
  readonly counts: Counts;
  /** Delimited text as it stands, for whoever goes along with its records. */
  readonly delimited?: { readonly sniffed: Sniffed; readonly survey: Survey };
  /** What cells read like, in the columns of which that is known without DuckDB. */
  readonly counted?: CountedClasses | undefined;
  /** The files that are one table, by their names in `_file`. */
  readonly parts?: ReadonlyMap<string, PartWriting>;
  /** False where only the beginning was read. */
  readonly complete: boolean;
  /** Finds good records by their ordinals (from 0, ascending): their line and raw text. */
  locate(ordinals: readonly number[]): Promise<Located[]>;
  /** Reads the file in a slower way, for when DuckDB does not find as many rows in `relation` as there are. */
  slowly?(): Promise<FileTable>;
}

/** Nothing skipped, of any kind. */
export const noneSkipped: Account['skippedBy'] = { header: 0, blank: 0, preamble: 0 };
