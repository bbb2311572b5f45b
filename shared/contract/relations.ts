/** How two columns of numbers or times go together, over the rows that have both. */
export interface Correlation {
  readonly a: string;
  readonly b: string;
  readonly rows: number;
  /** Pearson's: along a straight line, -1 to 1; null where one of the columns does not vary. */
  readonly pearson: number | null;
  /** Spearman's: along any rising or falling line. */
  readonly rank: number | null;
}

/** A column that decides another one: rows with the same `by` have, nearly always, the same `column`. */
export interface ColumnDependency {
  readonly by: string;
  readonly column: string;
  /** Rows that have `by`, and those of them that differ from most with the same value. */
  readonly rows: number;
  readonly breaking: number;
}

/** Rows in which the same columns are null. */
export interface MissingPattern {
  readonly columns: readonly string[];
  readonly rows: number;
}

/** Two columns that are null in the same rows, more or less. */
export interface MissingTogether {
  readonly a: string;
  readonly b: string;
  /** Rows in which both are null. */
  readonly rows: number;
  /** How far null in one goes with null in the other, -1 to 1. */
  readonly share: number;
}

/** What columns of a table have to do with one another. */
export interface Relations {
  readonly table: string;
  readonly rows: number;
  /** How many rows correlations were computed from, picked evenly; null where it was all of them. */
  readonly sampled: number | null;
  /** The columns that were compared with one another. */
  readonly compared: readonly string[];
  /** Every pair of columns of numbers and times, the closest first. */
  readonly correlations: readonly Correlation[];
  /** Columns of numbers and times that correlation leaves out, because there are too many. */
  readonly uncorrelated: number;
  /** Found among the rows looked at, then counted over all rows. */
  readonly dependencies: readonly ColumnDependency[];
  readonly missing: {
    /** Of all rows, the most frequent first; a row that lacks nothing has no columns. */
    readonly patterns: readonly MissingPattern[];
    /** Rows of patterns that are not listed. */
    readonly otherRows: number;
    readonly together: readonly MissingTogether[];
  };
  /** Columns that were not looked at, because there are too many. */
  readonly leftOut: number;
}
