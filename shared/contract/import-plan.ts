import type { Account } from './files.ts';

/** How the columns of a file differ from those of the table. */
export interface ColumnChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly retyped: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

type Cells = readonly (string | null)[];

/** How the rows of a file differ from those of the table. */
export interface RowChanges {
  /** The key they were told apart by; empty: whole rows were compared, which are new or removed but never changed. */
  readonly by: readonly string[];
  readonly new: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  /** The columns that were compared, as the examples have them. */
  readonly columns: readonly string[];
  readonly examples: {
    readonly new: readonly Cells[];
    readonly removed: readonly Cells[];
    readonly changed: readonly { readonly before: Cells; readonly after: Cells }[];
  };
}

/** What an import would change. */
export interface ImportPlan {
  readonly table: string;
  /** False where there is no such table yet: the import makes it. */
  readonly exists: boolean;
  readonly source: string;
  /** SHA-256 of the file; given to `load`, a file that was changed since is refused. */
  readonly hash: string;
  /** The very bytes that the table's last import read. */
  readonly sameContent: boolean;
  readonly account: Account;
  readonly columns: ColumnChanges;
  readonly rows?: RowChanges;
  /** Why rows were not compared: the key cannot tell them apart. */
  readonly keyRefused?: string;
  /** Columns and rows that differ, in all. */
  readonly changes: number;
}

/** Whether the last import of a table can be undone. */
export interface UndoState {
  readonly possible: boolean;
  /** What undoing does, or why it cannot be done. */
  readonly says: string;
  readonly source?: string;
  readonly at?: string;
}

/** What undoing an import did. */
export interface Undone {
  readonly table: string;
  /** False where the import had made the table, which is gone now. */
  readonly exists: boolean;
  readonly source: string;
  readonly says: string;
}

/** Whether a table's file is still as it was imported. */
export interface SourceState {
  readonly state: 'same' | 'changed' | 'missing' | 'not imported';
  readonly source: string | null;
  readonly recipe: string | null;
  /** The file as it is now. */
  readonly bytes: number | null;
  readonly modified: string | null;
}
