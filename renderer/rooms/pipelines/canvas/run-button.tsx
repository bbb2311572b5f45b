import { X } from 'lucide-react';
import { CommandButton } from '../../../palette/command-button.tsx';
import { cancelTask } from '../../../tasks.ts';
import { Button } from '../../../ui/button.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { useRunTask } from '../run/run.ts';
import styles from './pipeline-view.module.css';

/** Runs the pipeline, and says where it has to be saved first; while it does, which step it is at and a way to stop. */
export function RunButton({ unsaved }: { readonly unsaved: boolean }) {
  const task = useRunTask();
  if (!task) {
    return <CommandButton id="pipelines.run" kind="primary" small words={unsaved ? 'Save and run' : 'Run'} />;
  }
  const { done = 0, total, title } = task.progress ?? {};
  return (
    <div className={styles['running']} role="status">
      <span className={styles['words']}>
        {total ? `${title}, ${done + 1} of ${total} steps` : 'Waiting…'}
      </span>
      <Progress label={task.title} done={done} total={total} />
      <Button small icon={X} disabled={task.status === 'cancelling'} onClick={() => cancelTask(task.id)}>
        {task.status === 'cancelling' ? 'Stopping…' : 'Stop'}
      </Button>
    </div>
  );
}
