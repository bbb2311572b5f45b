import { z } from 'zod';
import { byName } from '../by-name.ts';

/** One box on the canvas. An input is `stepId`, or `stepId.rejects` for the rows that step left out. */
export const pipelineStep = z.looseObject({
  id: z
    .string()
    .max(40)
    .regex(/^[A-Za-z_][\w-]*$/, 'letters, digits, _ and - only, a letter or _ first'),
  kind: z.string(),
  title: z.string().optional(),
  inputs: z.array(z.string()).default([]),
  /** What the pipeline that a step uses calls each of these: they go there by name, in whichever order it has them. */
  ports: z.array(z.string()).optional(),
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
  layout: byName(z.tuple([z.number(), z.number()])).default({}),
});

export type PipelineStep = z.output<typeof pipelineStep>;
export type Pipeline = z.output<typeof pipeline>;
export type PipelineGroup = z.output<typeof pipelineGroup>;
export type Parameter = z.output<typeof parameter>;
export type PipelineSchedule = z.output<typeof pipelineSchedule>;
