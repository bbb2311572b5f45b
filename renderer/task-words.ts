import { bytes, count, duration } from '../shared/number-words.ts';
import { secondsLeft } from '../shared/progress-rate.ts';
import type { Task } from './tasks.ts';

/** A task's count, rate and time left in words: `1,204/2,000 texts · 61/s · 13 s left`. */
export function progressWords(task: Task): string {
  const { progress, rate } = task;
  if (task.status === 'cancelling') return 'cancelling…';
  if (task.status === 'pausing') return 'pausing…';
  if (!progress) return task.endedAt === undefined ? 'working…' : '';
  const amount = progress.unit === 'bytes' ? bytes : count;
  const done = progress.total ? `${amount(progress.done)}/${amount(progress.total)}` : amount(progress.done);
  const left = secondsLeft(progress, rate);
  return [
    progress.unit === 'bytes' ? done : `${done} ${progress.unit}`,
    progress.rows === undefined ? '' : `${count(progress.rows)} rows`,
    rate ? `${amount(rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate))}/s` : '',
    left !== undefined && left >= 1 && task.endedAt === undefined
      ? `${duration(Math.round(left) * 1000).replace('.0 s', ' s')} left`
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
