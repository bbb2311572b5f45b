import { Lock, PencilLine } from 'lucide-react';
import { CommandButton } from '../../palette/command-button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useEngine } from '../../use-engine.ts';
import { useWriting } from './outcome.ts';
import styles from './query-view.module.css';

/** Whether this query may write, always in sight; beside it the way back from the last write. */
export function WritingSwitch() {
  const [writing, setWriting] = useWriting();
  const { data } = useEngine('query', 'undoState', {}, { also: ['tables'] });
  const Icon = writing ? PencilLine : Lock;
  return (
    <>
      {data?.possible && <CommandButton id="query.undoWrite" small kind="normal" />}
      <span className={styles['writing']} data-on={writing || undefined}>
        <Icon aria-hidden />
        <Switch label={writing ? 'Can write' : 'Read only'} checked={writing} onChange={setWriting} />
      </span>
    </>
  );
}
