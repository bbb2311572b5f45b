import type { Verdict } from './checks.ts';
import type { RowDifference } from './promote-receipt.ts';
import type { PromotionMode } from './workspace.ts';

/** One thing that a promotion would do. */
export interface PlannedChange {
  readonly object: string;
  readonly kind: 'schema' | 'extension' | 'table' | 'collection' | 'view' | 'materialized view';
  readonly action: 'create' | 'keep' | PromotionMode;
  readonly destructive: boolean;
  readonly rows: number;
  /** What its rows take here; 0 where none of them are sent. */
  readonly bytes: number;
  /** In words: "12 rows on the server are replaced by 48,211". */
  readonly says: string;
  /** For a table that is replaced: rows new, changed and removed; null where there are too many to compare. */
  readonly counts: RowCounts | null;
  /** For a table that is appended to: rows that stand there already as they were before they were corrected. */
  readonly again?: AppendedAgain;
  /** Columns, keys and indexes that go with the old table. */
  readonly lost: readonly string[];
}

/** Rows that are appended although they stand there with other values. */
export interface AppendedAgain {
  /** The table here, as the settings of a target name it. */
  readonly table: string;
  /** The key that tells; none: so many may be, at most. */
  readonly by: readonly string[];
  readonly rows: number;
  /** The key is one there, which lets none in twice. */
  readonly refused: boolean;
}

/** Rows of a table that is there already: how those here differ from them. */
export interface RowCounts {
  /** By these columns one row is told from another; none: by all their values. */
  readonly by: readonly string[];
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly same: number;
}

/** A table that was changed on the target after it was promoted. */
export interface Drift {
  readonly table: string;
  /** When it was promoted. */
  readonly since: string;
  /** Columns whose values are others, `(columns)` where columns came or went. */
  readonly columns: readonly string[];
  readonly rowsThen: number;
  readonly rowsNow: number;
  /** For a table in which rows stay: what of it the promotion would undo. */
  readonly rows?: {
    /** Rows that were changed or added there, and that others would take the place of. */
    readonly changed: number;
    /** Rows that were removed there and would come back. */
    readonly removed: number;
    /** False where it is only known that rows differ: they may have been changed there. */
    readonly sure: boolean;
    /** The first of those that were changed. */
    readonly examples: readonly RowDifference[];
  };
  /** Names what was seen: it is accepted as it was. */
  readonly state: string;
}

/** A column whose values are private. */
export interface PrivateColumn {
  readonly table: string;
  readonly column: string;
  /** The collection that holds its text, where it would go with that one. */
  readonly collection: string | null;
}

/** Versions of a table on the target in which columns stand as they were that are masked or left out from now on. */
export interface PlainVersions {
  readonly table: string;
  readonly columns: readonly string[];
  readonly versions: number;
  /** A collection that holds their text stands there besides; it is not let go with them. */
  readonly stands: boolean;
  readonly says: string;
}

/** How long a promotion takes, and what it would be with more rows. */
export interface Estimate {
  readonly rows: number;
  readonly bytes: number;
  readonly ms: number;
  /** Whether the rate is that of the last promotion to this target, or of made-up rows that were sent there to measure it. */
  readonly basis: 'last promotion' | 'measured';
  /** What would be worth doing now already. */
  readonly advice: readonly Advice[];
  readonly growth: readonly Growth[];
}

/** The same promotion with ten or a hundred times the rows. */
export interface Growth {
  readonly factor: number;
  readonly rows: number;
  readonly bytes: number;
  readonly ms: number;
  /** What would be worth doing then, in words, each with its SQL. */
  readonly advice: readonly Advice[];
}

/** Something worth doing, in words and as SQL. */
export interface Advice {
  readonly says: string;
  readonly sql: string;
}

export interface Plan {
  readonly target: string;
  readonly server: string;
  readonly changes: readonly PlannedChange[];
  /** Checks on the chosen tables that fail now or cannot be evaluated: they stop the promotion unless accepted. */
  readonly gates: readonly {
    readonly table: string;
    readonly check: string;
    readonly verdict: Verdict;
    readonly says: string;
  }[];
  /** What was changed on the target since it was promoted: it is overwritten only if that is accepted. */
  readonly drift: readonly Drift[];
  /** Private columns of which nobody has said whether they go: they stop the promotion. */
  readonly undecided: readonly PrivateColumn[];
  /** Versions there that hold what is hidden now: somebody has to say whether they stay or go. */
  readonly plain: readonly PlainVersions[];
  /** How much is sent and how long that takes, now and with more rows; null where nothing is sent, or nothing could be measured. */
  readonly estimate: Estimate | null;
  readonly sql: string;
  /** Names what the plan was made from; apply refuses where it no longer fits. */
  readonly fingerprint: string;
}
