import type { Column } from '../column.ts';
import type { Problem } from '../problem.ts';
import type { Parameter } from './pipeline-file.ts';

/** A schedule as it stands now. */
export interface ScheduleState {
  readonly cron: string;
  readonly next: string | null;
  /** The last time it was due and no run began since. */
  readonly missed: string | null;
  /** Set where the times cannot be read. */
  readonly problem?: Problem;
}

export interface PipelineSummary {
  readonly name: string;
  readonly file: string;
  readonly steps: number;
  readonly writes: readonly string[];
  readonly lastRun: {
    readonly status: RunStatus;
    readonly at: string;
    readonly ms: number;
    /** Why it failed. */
    readonly problem?: Problem;
  } | null;
  /** Missing where it runs when it is asked to. */
  readonly schedule?: ScheduleState;
  /** Set where the file cannot be read. */
  readonly problem?: Problem;
}

/** What is known of a step without running it. */
export interface StepSchema {
  readonly id: string;
  /** Empty where the step cannot be planned. */
  readonly columns: readonly Column[];
  /** The step alone over its inputs' names, as readable SQL; empty where it cannot be written. */
  readonly sql: string;
  readonly problems: readonly Problem[];
  /** True where all its problems are that something was not filled in or connected yet. */
  readonly unfilled?: boolean;
  /** The step before it that has to be mended first; then it has no problems of its own. */
  readonly blockedBy?: string;
  /** Of a step that uses another pipeline: what that takes and gives; the first output is the step's own. */
  readonly nest?:
    | {
        readonly inputs: readonly string[];
        readonly outputs: readonly {
          readonly name: string;
          /** The step within that gives it, as runs tell of it. */
          readonly step: string;
          readonly columns: readonly Column[];
        }[];
        readonly parameters: readonly Parameter[];
      }
    | undefined;
}

/** Whether a step would come out as it last did. */
export interface StepFreshness {
  readonly id: string;
  readonly kind: string;
  readonly status: 'fresh' | 'stale';
  /** The cause of being stale, by name. */
  readonly why: string;
}

/** A column, rule or collection at the other end of lineage. */
export interface LineageEnd {
  readonly kind: 'file' | 'table' | 'step' | 'view' | 'query' | 'check' | 'collection' | 'promotion';
  /** Of a step: `pipeline/step`, its other outputs after a point; of a promotion: the target, and its column is `table.column`. */
  readonly name: string;
  readonly column: string;
  /** `value`: computed from it; `influence`: it only decided, as a filter, join, group or order does. */
  readonly edge: 'value' | 'influence';
  /** The columns on the way. */
  readonly through: readonly string[];
}

/** What the columns of a step's output hold. */
export interface StepProfile {
  /** How many rows were looked at. */
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    /** Rows with a value. */
    readonly filled: number;
    readonly distinct: number;
    /** Null where the type has no order. */
    readonly least: string | null;
    readonly greatest: string | null;
    readonly commonest: string | null;
  }[];
}

/** Something whose written SQL names a table. */
export interface WrittenUse {
  readonly kind: 'pipeline' | 'query' | 'checks';
  /** Of a pipeline or a query its name, of rules their file. */
  readonly name: string;
  readonly step?: string;
}

export interface ColumnLineage {
  /** A table, or `pipeline/step`. */
  readonly relation: string;
  readonly column: string;
  /** What it comes from, nearest first. */
  readonly sources: readonly LineageEnd[];
  /** What is made of it, and would break without it. */
  readonly uses: readonly LineageEnd[];
}

export type RunStatus = 'done' | 'failed' | 'cancelled';

export interface StepRun {
  readonly id: string;
  readonly kind: string;
  readonly status: 'ran' | 'fresh' | 'failed' | 'skipped';
  readonly rows: number | null;
  /** Rows it left out, for a step that tells, as far as they were counted. */
  readonly rejects: number | null;
  /** The same by output. */
  readonly left: Readonly<Record<string, number>>;
  readonly ms: number;
  readonly why: string;
}

/** Where a run failed. */
export interface StepFailure {
  readonly step: string;
  /** The step alone over its inputs' names. */
  readonly sql: string;
  /** The input whose rows were looked into; null where the fault is not of the data. */
  readonly input: string | null;
  /** The first of its rows on which the step fails alone, as text; none where only several together do. */
  readonly rows: readonly Readonly<Record<string, string | null>>[];
}

export interface RunResult {
  readonly pipeline: string;
  readonly status: RunStatus;
  readonly steps: readonly StepRun[];
  readonly ms: number;
  readonly at: string;
  readonly problem?: Problem;
  /** Only where a step failed while it ran. */
  readonly failure?: StepFailure;
  /** How often it was tried, where that was more than once. */
  readonly tries?: number;
  /** True where the pipeline itself is not right, so that nothing was tried. */
  readonly refused?: boolean;
}

/** Rows that differ: how many, and the first of them as text. */
export interface Differing {
  readonly rows: number;
  readonly first: readonly Readonly<Record<string, string | null>>[];
}

/** A table that a pipeline writes against what a full run would write. */
export interface Proof {
  readonly table: string;
  readonly rows: number;
  /** Of these, rows that earlier runs wrote and that no run takes away: other keys, versions that ended, what was added. */
  readonly earlier: number;
  /** What a full run would have, and the table has not. */
  readonly missing: Differing;
  /** What the table has, and a full run would not. */
  readonly extra: Differing;
}
