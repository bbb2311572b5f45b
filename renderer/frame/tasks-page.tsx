import { Ban, CircleCheck, CirclePause, CircleX, Loader, Pause, Play, X } from 'lucide-react';
import { duration } from '../../shared/number-words.ts';
import { progressWords } from '../task-words.ts';
import { cancelTask, clearEndedTasks, pauseTask, resumeTask, type Task, useTasks } from '../tasks.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Progress } from '../ui/progress.tsx';
import styles from './lists.module.css';

const signs = {
  running: { icon: Loader, word: 'running', tone: 'info' },
  pausing: { icon: Loader, word: 'pausing', tone: 'plain' },
  paused: { icon: CirclePause, word: 'paused', tone: 'warn' },
  cancelling: { icon: Loader, word: 'cancelling', tone: 'plain' },
  done: { icon: CircleCheck, word: 'done', tone: 'ok' },
  cancelled: { icon: Ban, word: 'cancelled', tone: 'plain' },
  failed: { icon: CircleX, word: 'failed', tone: 'bad' },
} as const;

/** Every long call of this window, latest first. */
export function TasksPage() {
  const tasks = useTasks((state) => state.tasks);
  if (tasks.length === 0)
    return <EmptyState says="Nothing has run yet. Imports, runs and checks show here." />;
  const ended = tasks.some(({ endedAt }) => endedAt !== undefined);
  return (
    <>
      <ul className={styles['list']}>
        {tasks.toReversed().map((task) => (
          <TaskLine key={task.id} task={task} />
        ))}
      </ul>
      {ended && (
        <p className={styles['below']}>
          <Button kind="quiet" small onClick={clearEndedTasks}>
            Clear ended tasks
          </Button>
        </p>
      )}
    </>
  );
}

function TaskLine({ task }: { readonly task: Task }) {
  const { icon: Icon, word, tone } = signs[task.status];
  const running = task.endedAt === undefined;
  const says = task.problem?.message ?? task.outcome ?? progressWords(task);
  return (
    <li className={styles['task']} data-tone={tone} tabIndex={-1}>
      <Icon aria-hidden />
      <span className={styles['taskTitle']}>{task.title}</span>
      <span className={styles['word']}>{word}</span>
      {running && task.progress && (
        <span className={styles['meter']}>
          <Progress label={task.title} done={task.progress.done} total={task.progress.total} />
        </span>
      )}
      <span className={styles['what']} title={says}>
        {says}
      </span>
      {task.endedAt !== undefined && (
        <span className={styles['aside']}>{duration(task.endedAt - task.startedAt)}</span>
      )}
      {task.status === 'paused' && (
        <IconButton label={`Resume ${task.title}`} icon={Play} onClick={() => resumeTask(task)} />
      )}
      {running && task.pausing && (
        <IconButton
          label={`Pause ${task.title}`}
          icon={Pause}
          disabled={task.status !== 'running'}
          onClick={() => void pauseTask(task)}
        />
      )}
      {running && (
        <IconButton
          label={`Cancel ${task.title}`}
          icon={X}
          disabled={task.status === 'cancelling'}
          onClick={(event) => {
            // The button goes with the task; the focus stays at its line.
            event.currentTarget.closest('li')?.focus();
            cancelTask(task.id);
          }}
        />
      )}
    </li>
  );
}
