import { z } from 'zod';
import { byName } from '../by-name.ts';

const testRow = byName(z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** A table of fixed rows: types by column, and the rows with cells as PostgreSQL writes them. */
export const givenTable = z.object({ columns: byName(z.string()), rows: z.array(testRow) });

/** A test of a pipeline: rows that go in by table, rows that have to come out by step (or `step.rejects`). */
export const pipelineTest = z.looseObject({
  name: z.string().min(1),
  params: byName(z.string()).optional(),
  given: byName(givenTable).default({}),
  /** Rows that take the place of what steps would give, by step: what is after them is tested without what is before. */
  inputs: byName(givenTable).optional(),
  expect: byName(z.object({ rows: z.array(testRow), inOrder: z.boolean().optional() })),
});

/** The file of a pipeline's tests. */
export const pipelineTests = z.looseObject({
  version: z.literal(1),
  pipeline: z.string(),
  tests: z.array(pipelineTest),
});

export type TestRow = z.output<typeof testRow>;
export type GivenTable = z.output<typeof givenTable>;
export type PipelineTest = z.output<typeof pipelineTest>;

/** What a test found; `says` is the first difference of each output, or why it could not be run. */
export interface TestVerdict {
  readonly name: string;
  readonly verdict: 'pass' | 'fail' | 'error';
  readonly says: string;
}
