import type { CheckClass } from '../../../../shared/define-check.ts';

/** Something wrong that was put into the data on purpose, and who finds it. */
export interface Defect {
  readonly id: string;
  readonly table: string;
  readonly class: CheckClass | 'import';
  readonly column: string | null;
  /** What was done to the rows. */
  readonly done: string;
  /** The id of the check that finds it; null where the import refuses the row. */
  readonly check: string | null;
  /** The rows that break the check, as objects of the shop; none where a whole column is wrong. */
  readonly rows: readonly object[];
  /** How a row is told from others. */
  readonly key: readonly string[];
}
