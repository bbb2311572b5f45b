import { useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FirstOf, useFirst } from '../../ui/first-of.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab } from '../../workspace/tab-state.ts';
import { CorrectRejects, type LoadedAgain } from './correct-rejects.tsx';
import styles from './import-view.module.css';

/** The rejects of a table, as a tab of their own. */
export default function RejectsView() {
  const { key: table } = useTab();
  return <Rejects table={table} />;
}

/** Every row of a table's files that could not be loaded. */
export function Rejects({ table }: { readonly table: string }) {
  const [limit, more] = useFirst();
  const [told, setTold] = useState<LoadedAgain>();
  const read = useEngine('import', 'rejects', { table, offset: 0, limit }, { keepPrevious: true });
  if (read.problem) return <ProblemView problem={read.problem} />;
  if (!read.data) return <Skeleton lines={4} />;
  const { total, rejects } = read.data;
  return (
    <div className={styles['scroll']}>
      {told && <Notice tone={told.all ? 'ok' : 'warn'}>{told.says}</Notice>}
      {total === 0 && <EmptyState says="Every row of the file was loaded." />}
      {total > 0 && <CorrectRejects table={table} rejects={rejects} onLoaded={setTold} />}
      <FirstOf
        shown={rejects.length}
        total={total}
        what="rejected rows"
        rest={`assay rejects ${table} lists all.`}
        busy={read.isFetching}
        onMore={more}
      />
    </div>
  );
}
