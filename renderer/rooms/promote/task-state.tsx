import { useState } from 'react';
import { bytes, count } from '../../../shared/number-words.ts';
import type { Progress as Told } from '../../../shared/wire.ts';
import type { Task } from '../../tasks.ts';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Progress } from '../../ui/progress.tsx';
import styles from './promote.module.css';

type Parts = NonNullable<Told['parts']>;

/** How far a call is, table by table; or how it ended, where that was not as wished. */
export function TaskState({ task }: { readonly task: Task }) {
  const [last, setLast] = useState<Parts>([]);
  const parts = task.progress?.parts ?? last;
  if (parts !== last) setLast(parts);
  if (task.problem) return <ProblemView problem={task.problem} />;
  if (task.status === 'cancelled') return <p className={styles['outcome']}>{task.outcome}</p>;
  if (task.status !== 'running' && task.status !== 'cancelling') return null;
  const { title, done = 0, total, unit } = { ...task, ...task.progress };
  const rate = task.rate && unit === 'rows' ? ` · ${count(Math.round(task.rate))}/s` : '';
  return (
    <section className={styles['running']} aria-live="polite">
      <p>
        {title}
        {total ? ` · ${count(done)} of ${count(total)} ${unit ?? ''}${rate}` : ''}
      </p>
      <Progress label={title} done={done} total={total} />
      {parts.length > 1 && <Tables parts={parts} />}
    </section>
  );
}

function Tables({ parts }: { readonly parts: Parts }) {
  return (
    <ul aria-label="Tables">
      {parts.map(({ name, done, total, bytes: sent }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a table and its collection may have one name, and the order stays
        <li key={at}>
          <span>{name}</span>
          <Progress label={name} done={total === 0 ? 1 : done} total={Math.max(1, total)} />
          <data value={done}>{`${count(done)} of ${count(total)}`}</data>
          <data value={sent}>{sent > 0 ? bytes(sent) : ''}</data>
        </li>
      ))}
    </ul>
  );
}
