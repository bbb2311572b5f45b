import { z } from 'zod';
import { call } from '../wire.ts';

/** A fix in words that fit after the next load too: the step "Correct values" keeps it. Blank `to` is null. */
export const correction = z.object({
  column: z.string().min(1),
  /** The wrong value; blank where `when` says it all. */
  was: z.string(),
  /** An SQL condition on the row, or nothing. */
  when: z.string(),
  to: z.string(),
});

export type Correction = z.output<typeof correction>;

/** A fix that is proposed for one cell. */
export interface Repair {
  /** The row's address, its `_row`. */
  readonly row: number;
  readonly column: string;
  /** True where the column's values are shown to nobody else: what is printed leaves them out. */
  readonly private: boolean;
  /** Private columns whose values the correction holds: it is written only where that was said to be right. */
  readonly quotes: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  /** How likely the cell is wrong and the fix right: 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
  readonly correction: Correction;
  /** How many cells the correction changes; more than are proposed where nothing tells the rows apart. */
  readonly reach: number;
}

/** Fixes of a table's doubted cells, the surest first. */
export interface Repairs {
  readonly table: string;
  readonly rows: number;
  /** Fewer than `rows` where a very large table was sampled. */
  readonly rowsRead: number;
  /** Cells that are doubted, those included that nothing is proposed for. */
  readonly suspects: number;
  readonly repairs: readonly Repair[];
}

/** Where accepted fixes were written. */
export interface Corrected {
  readonly pipeline: string;
  readonly step: string;
  /** Fewer than were given where some stood there already. */
  readonly added: number;
}

/** Calls of the checks room that mend. */
export const repairCalls = {
  /** Fixes of what looks wrong in a table, or of the cells that one finding is about. Nothing is changed. */
  repair: call(
    z.object({
      table: z.string(),
      finding: z.number().optional(),
      least: z.number().min(0).max(1).optional(),
    }),
  ).returns<Repairs>(),
  /** Writes accepted fixes as a step of a pipeline that reads the table, or of a new one. Nothing is run. */
  correct: call(
    z.object({
      table: z.string(),
      corrections: z.array(correction).min(1).max(5_000),
      /** Made where it is not there. */
      pipeline: z.string().min(1).optional(),
      /** Values of private columns may stand in the pipeline's file, too. */
      withPrivate: z.boolean().optional(),
    }),
  ).returns<Corrected>(),
};
