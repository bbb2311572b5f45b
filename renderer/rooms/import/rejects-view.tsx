import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { count } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab } from '../../workspace/tab-state.ts';
import { CorrectRejects } from './correct-rejects.tsx';
import styles from './import-view.module.css';

const step = 200;

/** The rejects of a table, as a tab of their own. */
export default function RejectsView() {
  const { key: table } = useTab();
  return <Rejects table={table} />;
}

/** Every row of a table's files that could not be loaded. */
export function Rejects({ table }: { readonly table: string }) {
  const [limit, setLimit] = useState(step);
  const [said, setSaid] = useState('');
  const read = useEngine('import', 'rejects', { table, offset: 0, limit }, { keepPrevious: true });
  if (read.problem) return <ProblemView problem={read.problem} />;
  if (!read.data) return <Skeleton lines={4} />;
  const { total, rejects } = read.data;
  return (
    <div className={styles['scroll']}>
      {said && <Notice tone="ok">{said}</Notice>}
      {total === 0 && <EmptyState says="Every row of the file was loaded." />}
      {total > 0 && <CorrectRejects table={table} rejects={rejects} onLoaded={setSaid} />}
      {rejects.length < total && (
        <p className={styles['more']}>
          First {count(rejects.length)} of {count(total)} rejected rows.
          <Button small busy={read.isFetching} onClick={() => setLimit(Math.min(limit + 5 * step, 10_000))}>
            Show more
          </Button>
        </p>
      )}
    </div>
  );
}
