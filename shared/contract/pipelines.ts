import { z } from 'zod';
import type { Column } from '../column.ts';
import type { Problem } from '../problem.ts';
import { call } from '../wire.ts';
import type { Page } from './tables.ts';

/** One box on the canvas. An input is `stepId`, or `stepId.rejects` for the rows that step dropped. */
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

/** A pipeline as its file holds it: logic first, positions of boxes apart at the end. */
export const pipeline = z.looseObject({
  version: z.literal(1),
  name: z.string().min(1).max(120),
  description: z.string().optional(),
  steps: z.array(pipelineStep),
  layout: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
});

export type PipelineStep = z.output<typeof pipelineStep>;
export type Pipeline = z.output<typeof pipeline>;

export interface PipelineSummary {
  readonly name: string;
  readonly file: string;
  readonly steps: number;
  readonly writes: readonly string[];
  readonly lastRun: { readonly status: RunStatus; readonly at: string; readonly ms: number } | null;
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

export type RunStatus = 'done' | 'failed' | 'cancelled';

export interface StepRun {
  readonly id: string;
  readonly kind: string;
  readonly status: 'ran' | 'fresh' | 'failed' | 'skipped';
  readonly rows: number | null;
  /** Rows it dropped, for a step that has rejects. */
  readonly rejects: number | null;
  readonly ms: number;
  readonly why: string;
}

export interface RunResult {
  readonly pipeline: string;
  readonly status: RunStatus;
  readonly steps: readonly StepRun[];
  readonly ms: number;
  readonly at: string;
  readonly problem?: Problem;
}

const name = z.string().min(1).max(120);

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
      output: z.enum(['rows', 'rejects']).default('rows'),
      limit: z.number().int().min(1).max(10_000).default(200),
    }),
  ).returns<Page>(),
  /** The whole query of a step's rows, from the tables on. */
  compile: call(z.object({ pipeline, step: z.string() })).returns<{ readonly sql: string }>(),
  /** Replaces what the pipeline writes: all of its tables, or none where a step fails. */
  run: call(
    z.object({ name, to: z.string().optional(), full: z.boolean().default(false) }),
  ).returns<RunResult>(),
  /** The latest run, with its steps. */
  lastRun: call(z.object({ name })).returns<RunResult | null>(),
};
