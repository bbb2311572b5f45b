import { z } from 'zod';
import type { Column } from '../column.ts';
import type { Problem } from '../problem.ts';
import { call } from '../wire.ts';
import type { TestVerdict } from './pipeline-tests.ts';
import type { Page } from './tables.ts';

/** One box on the canvas. An input is `stepId`, or `stepId.rejects` for the rows that step left out. */
export const pipelineStep = z.looseObject({
  id: z
    .string()
    .max(40)
    .regex(/^[A-Za-z_][\w-]*$/, 'letters, digits, _ and - only, a letter or _ first'),
  kind: z.string(),
  title: z.string().optional(),
  inputs: z.array(z.string()).default([]),
  params: z.record(z.string(), z.unknown()).default({}),
});

/** A value that is given at each run; in formulas and texts {{name}} stands for it. */
export const parameter = z.looseObject({
  name: z.string().regex(/^[A-Za-z_]\w{0,39}$/, 'letters, digits and _ only, no digit first'),
  type: z.enum(['text', 'integer', 'numeric', 'boolean', 'date', 'timestamp']).default('text'),
  default: z.preprocess(
    (value) => (value === undefined || value === null ? undefined : String(value)),
    z.string().optional(),
  ),
  help: z.string().optional(),
});

/** When a pipeline runs by itself: cron's five fields, by this machine's clock. */
export const pipelineSchedule = z.looseObject({
  cron: z.string().min(1).max(120),
  /** When the schedule was made: times before it are not missed. */
  since: z.string().optional(),
});

/** Steps that belong together, with a name and a note; a folded one shows as one box. */
export const pipelineGroup = z.looseObject({
  id: z.string().min(1).max(40),
  title: z.string().min(1).max(120),
  note: z.string().optional(),
  folded: z.boolean().optional(),
  steps: z.array(z.string()),
});

/** A pipeline as its file holds it: logic first, positions of boxes apart at the end. */
export const pipeline = z.looseObject({
  version: z.literal(1),
  name: z.string().min(1).max(120),
  description: z.string().optional(),
  parameters: z.array(parameter).optional(),
  schedule: pipelineSchedule.optional(),
  /** How often a run is tried again after a fault that may pass: a lock, a time-out, a lost connection. */
  retries: z.number().int().min(0).max(10).optional(),
  steps: z.array(pipelineStep),
  groups: z.array(pipelineGroup).optional(),
  layout: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
});

export type PipelineStep = z.output<typeof pipelineStep>;
export type Pipeline = z.output<typeof pipeline>;
export type PipelineGroup = z.output<typeof pipelineGroup>;
export type Parameter = z.output<typeof parameter>;
export type PipelineSchedule = z.output<typeof pipelineSchedule>;

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
  /** The step before it that has to be mended first; then it has no problems of its own. */
  readonly blockedBy?: string;
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
  readonly kind: 'table' | 'step' | 'check' | 'collection';
  /** Of a step: `pipeline/step`, its other outputs after a point. */
  readonly name: string;
  readonly column: string;
  /** `value`: computed from it; `influence`: it only decided, as a filter, join, group or order does. */
  readonly edge: 'value' | 'influence';
  /** The columns on the way. */
  readonly through: readonly string[];
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
  /** What a full run would have, and the table has not. */
  readonly missing: Differing;
  /** What the table has, and a full run would not. */
  readonly extra: Differing;
}

const name = z.string().min(1).max(120);
const params = z.record(z.string(), z.string());

export const pipelines = {
  list: call(z.object({})).returns<readonly PipelineSummary[]>(),
  read: call(z.object({ name })).returns<Pipeline>(),
  save: call(z.object({ pipeline })).returns<PipelineSummary>(),
  /** Gives a pipeline another name; its file and its history go with it. */
  rename: call(z.object({ name, to: name })).returns<PipelineSummary>(),
  remove: call(z.object({ name })).returns<null>(),
  /** Columns, SQL and problems of every step; nothing is run. */
  describe: call(z.object({ pipeline })).returns<readonly StepSchema[]>(),
  /** The first rows of a step's output. `total` is how many rows the preview holds. */
  preview: call(
    z.object({
      pipeline,
      step: z.string(),
      output: z.string().default('rows'),
      limit: z.number().int().min(1).max(10_000).default(200),
    }),
  ).returns<Page>(),
  /** Entries for a step's list that its data speaks for; `way` is one that the step's definition names. */
  propose: call(z.object({ pipeline, step: z.string(), way: z.string() })).returns<
    readonly Readonly<Record<string, unknown>>[]
  >(),
  /** Compares what a pipeline wrote with what a full run would write; nothing is changed. */
  prove: call(z.object({ name, params: params.optional() })).returns<readonly Proof[]>(),
  /** The whole query of a step's rows, from the tables on. */
  compile: call(z.object({ pipeline, step: z.string() })).returns<{ readonly sql: string }>(),
  /** Which steps a run would compute anew, and why; nothing is run. */
  explain: call(z.object({ pipeline, params: params.default({}) })).returns<readonly StepFreshness[]>(),
  /**
   * Makes anew what is stale, or all where `full`; `from` makes a step and all after it stale. All tables are written,
   * or none where a step fails.
   */
  run: call(
    z.object({
      name,
      to: z.string().optional(),
      from: z.string().optional(),
      full: z.boolean().default(false),
      params: params.default({}),
      /** True where nobody waits for it: a failure is told by an alert. */
      scheduled: z.boolean().optional(),
    }),
  ).returns<RunResult>(),
  /** Runs the tests of a pipeline over their own rows; no table is read. */
  test: call(z.object({ name })).returns<readonly TestVerdict[]>(),
  /** Adds a test made of the first rows of the tables and of what comes out of them, by default of all that is written. */
  makeTest: call(
    z.object({
      name,
      test: z.string().min(1).max(120),
      outputs: z.array(z.string()).default([]),
      rows: z.number().int().min(1).max(500).default(20),
    }),
  ).returns<TestVerdict>(),
  /** Where a column of a table, or of `pipeline/step`, comes from and what is made of it, over all saved pipelines. */
  lineage: call(z.object({ relation: z.string(), column: z.string() })).returns<ColumnLineage>(),
  /** The latest runs, newest first, each step with what it cost. */
  history: call(z.object({ name, limit: z.number().int().min(1).max(100).default(20) })).returns<
    readonly RunResult[]
  >(),
  /** The latest run, with its steps. */
  lastRun: call(z.object({ name })).returns<RunResult | null>(),
};
