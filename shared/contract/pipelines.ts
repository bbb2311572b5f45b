import { z } from 'zod';
import { byName } from '../by-name.ts';
import { call } from '../wire.ts';
import type {
  ColumnLineage,
  PipelineSummary,
  Proof,
  RunResult,
  StepFreshness,
  StepProfile,
  StepSchema,
  WrittenUse,
} from './pipeline-answers.ts';
import { type EditsDone, type PipelineChange, pipelineChange } from './pipeline-edits.ts';
import { type Pipeline, pipeline } from './pipeline-file.ts';
import type { TestVerdict } from './pipeline-tests.ts';
import type { Page } from './tables.ts';

export type * from './pipeline-answers.ts';
export type * from './pipeline-edits.ts';
export * from './pipeline-file.ts';

const name = z.string().min(1).max(120);
const params = byName(z.string());

export const pipelines = {
  list: call(z.object({})).returns<readonly PipelineSummary[]>(),
  read: call(z.object({ name })).returns<Pipeline>(),
  save: call(z.object({ pipeline })).returns<PipelineSummary>(),
  /** Gives a pipeline another name; its file and its history go with it. */
  rename: call(z.object({ name, to: name })).returns<PipelineSummary>(),
  remove: call(z.object({ name })).returns<null>(),
  /** Whose written SQL names a table: of pipelines, queries and rules. */
  writtenUses: call(z.object({ table: z.string() })).returns<readonly WrittenUse[]>(),
  /** Writes a table's new name into all of it. */
  followTable: call(z.object({ table: z.string(), to: z.string().min(1) })).returns<readonly WrittenUse[]>(),
  /** How many changes of a pipeline are kept for undo, also over a restart, and how many are done. */
  edits: call(z.object({ name })).returns<EditsDone>(),
  /** Keeps one more change; those that were taken back are gone. */
  noteEdit: call(z.object({ name, change: pipelineChange })).returns<EditsDone>(),
  /** Goes one change back or forth, and tells what it did. */
  travelEdits: call(z.object({ name, way: z.enum(['back', 'forth']) })).returns<
    EditsDone & { readonly change: PipelineChange }
  >(),
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
  /** Some of all the rows of a step's output: computed as a whole once, and again after tables changed. */
  page: call(
    z.object({
      pipeline,
      step: z.string(),
      output: z.string().default('rows'),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(100_000).default(500),
    }),
  ).returns<Page>(),
  /** What the columns of a step's output hold, of its first rows or, without a limit, of all. */
  profile: call(
    z.object({
      pipeline,
      step: z.string(),
      output: z.string().default('rows'),
      limit: z.number().int().min(1).optional(),
    }),
  ).returns<StepProfile>(),
  /** Entries for a step's list that its data speaks for; `way` is one that the step's definition names. */
  propose: call(z.object({ pipeline, step: z.string(), way: z.string() })).returns<
    readonly Readonly<Record<string, unknown>>[]
  >(),
  /** Compares what a pipeline wrote with what a full run would write; nothing is changed. */
  prove: call(z.object({ name, params: params.optional() })).returns<readonly Proof[]>(),
  /** The whole query of a step's rows, from the tables on. */
  compile: call(z.object({ pipeline, step: z.string() })).returns<{ readonly sql: string }>(),
  /** Which steps a run would compute anew, and why; nothing is run. With `params` they have to be those of a run. */
  explain: call(z.object({ pipeline, params: params.optional() })).returns<readonly StepFreshness[]>(),
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
  /** Adds a test made of a few rows of the tables that belong together and of what comes out of them, by default of all that is written. */
  makeTest: call(
    z.object({
      name,
      test: z.string().min(1).max(120),
      outputs: z.array(z.string()).default([]),
      /** A step to be tested alone: what comes to it now is given, and all that leaves it is expected. */
      step: z.string().optional(),
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
