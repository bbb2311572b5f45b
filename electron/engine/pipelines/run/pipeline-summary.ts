import { basename } from 'node:path';
import type { PipelineSummary } from '../../../../shared/contract/pipelines.ts';
import { steps } from '../../../../shared/registry.ts';
import type { PipelineFile } from '../file/pipeline-files.ts';
import type { latestRuns } from './run-records.ts';

type ScheduleOf = typeof import('../../../../shared/schedule.ts').scheduleState;

/** A pipeline's file as lists show it. */
export function summaryOf(
  { name, path, pipeline, problem: failed }: PipelineFile,
  runs: Awaited<ReturnType<typeof latestRuns>>,
  scheduleState: ScheduleOf | undefined,
): PipelineSummary {
  const run = runs.get(name);
  const written = (pipeline?.steps ?? []).map((step) => steps.get(step.kind)?.writes?.(step.params as never));
  return {
    name,
    file: `pipelines/${basename(path)}`,
    steps: pipeline?.steps.length ?? 0,
    writes: written.filter((table) => table !== undefined).filter(Boolean),
    lastRun: run
      ? { status: run.status, at: run.at, ms: run.ms, ...(run.problem ? { problem: run.problem } : {}) }
      : null,
    ...(pipeline?.schedule && scheduleState
      ? { schedule: scheduleState(pipeline.schedule, run?.at, new Date()) }
      : {}),
    ...(failed ? { problem: failed } : {}),
  };
}
