import type { Column } from '../../../shared/column.ts';
import { ident, type Sql } from '../../../shared/sql.ts';

/** A column of a copy: where its cells stand, and what may be asked of it. */
export interface CopiedColumn extends Column {
  readonly cells: string;
  /** What is compared and computed with; nothing where only PostgreSQL knows how. */
  readonly key: string | null;
  /** True where all its text is ASCII: case and character classes then mean the same in both engines. */
  readonly ascii: boolean;
  readonly nulls: number;
}

/** The columnar copy of one table as it stands: rows in the table's order, so that a row's place is its rowid. */
export interface Copy {
  readonly table: string;
  /** The state of the table that was copied. */
  readonly state: string;
  readonly rows: number;
  /** Columns that could be copied, by name. */
  readonly columns: ReadonlyMap<string, CopiedColumn>;
  /** The name under which its file is attached. */
  readonly attached: string;
}

/** The rows of a copy, to stand after FROM. */
export const rowsOf = ({ attached }: Copy): Sql => ident(attached, 'main', 'rows');
