import type { ScheduleState } from '../../../../shared/contract/pipelines.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { moment } from '../../../ui/format.ts';
import { runScheduled } from '../../../workspace/scheduled-runs.ts';

/** When a pipeline runs next by its schedule; a time that was missed is told, and can be made up for. */
export function NextRun(props: { readonly name: string; readonly schedule: ScheduleState | undefined }) {
  const { name, schedule } = props;
  if (!schedule) return null;
  if (schedule.problem) {
    return (
      <span title={schedule.problem.hint}>
        <Badge tone="warn">never</Badge> {schedule.problem.message}
      </span>
    );
  }
  const next = schedule.next ? moment(schedule.next) : 'never';
  if (!schedule.missed) return <span title={schedule.cron}>{next}</span>;
  return (
    <span title={schedule.cron}>
      Missed {moment(schedule.missed)}; next {next}{' '}
      <Button small onClick={() => void runScheduled(name)}>
        Run now
      </Button>
    </span>
  );
}
