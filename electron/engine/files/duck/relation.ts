import type { Sql } from '../../../../shared/sql.ts';

/** Rows that DuckDB can read, every cell as text: columns `c0`, `c1` … */
export interface Relation {
  readonly rows: Sql;
  readonly width: number;
}

/** The columns of a relation: `c0` and so on. */
export const cellName = (at: number): string => `c${at}`;
