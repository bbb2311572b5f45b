import { z } from 'zod';
import { byName } from '../by-name.ts';
import { pipelineStep } from './pipeline-file.ts';

/** Parts of a pipeline that are another after a change; null for those that are gone. */
const pipelinePatch = z.object({
  steps: z.array(z.object({ id: z.string(), step: pipelineStep.nullable(), at: z.number().int().min(0) })),
  layout: byName(z.tuple([z.number(), z.number()]).nullable()),
  rest: z.record(z.string(), z.unknown()),
});

/** A change of a pipeline, to be taken back and done again. */
export const pipelineChange = z.object({ back: pipelinePatch, forth: pipelinePatch });

export type PipelinePatch = z.output<typeof pipelinePatch>;
export type PipelineChange = z.output<typeof pipelineChange>;

/** How many changes are kept, and how many of them are done now. */
export interface EditsDone {
  readonly count: number;
  readonly at: number;
}
