import { Cron } from 'croner';
import type { PipelineSchedule, ScheduleState } from './contract/pipelines.ts';
import { problem } from './problem.ts';

/**
 * When a pipeline runs next by its schedule, and which time went by without a run. Times are those of this machine's clock;
 * a time before the schedule was made is not missed.
 */
export function scheduleState(
  { cron, since }: PipelineSchedule,
  lastRunAt: string | undefined,
  now: Date,
): ScheduleState {
  const times = readCron(cron);
  if (!times) {
    const { problem: fault } = problem('bad_input', `"${cron}" is not a time in cron's five fields.`, {
      hint: 'Minute, hour, day, month, weekday: 0 6 * * 1-5 is every working day at six.',
    });
    return { cron, next: null, missed: null, problem: fault };
  }
  const [previous] = times.previousRuns(1, now);
  const seen = Math.max(timeOf(since), timeOf(lastRunAt));
  return {
    cron,
    next: times.nextRun(now)?.toISOString() ?? null,
    missed: previous && previous.getTime() > seen ? previous.toISOString() : null,
  };
}

const timeOf = (iso: string | undefined) => (iso === undefined ? 0 : Date.parse(iso) || 0);

function readCron(cron: string): Cron | undefined {
  try {
    return new Cron(cron, { mode: '5-part', paused: true });
  } catch {
    return undefined;
  }
}
