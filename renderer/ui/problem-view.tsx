import { Ban, CircleAlert } from 'lucide-react';
import type { Problem, ProblemPlace } from '../../shared/problem.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import styles from './problem-view.module.css';

const titles: Readonly<Record<Problem['code'], string>> = {
  bad_input: 'This does not fit',
  not_found: 'Not found',
  locked: 'The workspace is in use',
  newer_version: 'Made by a newer version',
  sql_failed: 'The SQL failed',
  cancelled: 'Cancelled',
  disk: 'The disk said no',
  server_failed: 'The server said no',
  engine_lost: 'The engine stopped',
  bug: 'A fault of Assay',
};

const places: readonly [keyof ProblemPlace, string][] = [
  ['file', 'file'],
  ['table', 'table'],
  ['column', 'column'],
  ['line', 'line'],
  ['step', 'step'],
  ['check', 'check'],
  ['param', 'setting'],
  ['character', 'character'],
  ['position', 'position'],
];

/** Where a problem is, in words: `table orders, column amount`. */
export function placeOf({ at }: Problem): string {
  const known = places.filter(([key]) => at?.[key] !== undefined);
  const shown = at?.character === undefined ? known : known.filter(([key]) => key !== 'position');
  return shown.map(([key, word]) => `${word} ${at?.[key]}`).join(', ');
}

/**
 * An error as people read it: what, where, what to do; a fault of our own with its details folded. What somebody
 * cancelled is no error.
 */
export function ProblemView(props: {
  readonly problem: Problem;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}) {
  const { problem, action } = props;
  const where = placeOf(problem);
  const asked = problem.code === 'cancelled';
  const Icon = asked ? Ban : CircleAlert;
  return (
    <div role={asked ? 'status' : 'alert'} className={cx(styles['problem'], asked && styles['calm'])}>
      <Icon aria-hidden />
      <div className={styles['body']}>
        <p className={styles['title']}>{titles[problem.code]}</p>
        <p data-selectable>{problem.message}</p>
        {where && <p className={styles['where']}>At {where}.</p>}
        {problem.hint && <p className={styles['hint']}>{problem.hint}</p>}
        {problem.code === 'bug' && problem.stack && (
          <details className={styles['details']}>
            <summary>Details</summary>
            <pre>{problem.stack}</pre>
          </details>
        )}
        {action && (
          <Button small onClick={action.run}>
            {action.label}
          </Button>
        )}
      </div>
    </div>
  );
}
