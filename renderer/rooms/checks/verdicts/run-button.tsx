import { Play, X } from 'lucide-react';
import { count } from '../../../../shared/number-words.ts';
import { useTask } from '../../../tasks.ts';
import { Button, type ButtonKind } from '../../../ui/button.tsx';
import { Progress } from '../../../ui/progress.tsx';
import styles from './run-button.module.css';
import { type Chosen, runChecks, runTitle } from './run-checks.ts';

/** Runs rules; while it does, how many are done and a way to stop. */
export function RunButton(props: {
  readonly chosen: Chosen;
  readonly words: string;
  readonly kind?: ButtonKind;
  readonly disabled?: boolean;
}) {
  const { chosen, words, kind, disabled } = props;
  const { start, cancel, task, running } = useTask();
  if (!running || !task) {
    const run = () => void start(runTitle(chosen), (options) => runChecks(chosen, options));
    return (
      <Button small icon={Play} {...(kind ? { kind } : {})} disabled={disabled ?? false} onClick={run}>
        {words}
      </Button>
    );
  }
  const { done = 0, total } = task.progress ?? {};
  return (
    <div className={styles['running']} role="status">
      <span className={styles['words']}>
        {total ? `${count(done)} of ${count(total)} checks` : 'waiting…'}
      </span>
      <Progress label={task.title} done={done} total={total} />
      <Button small icon={X} disabled={task.status === 'cancelling'} onClick={cancel}>
        {task.status === 'cancelling' ? 'Stopping…' : 'Stop'}
      </Button>
    </div>
  );
}
