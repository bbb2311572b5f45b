import { count } from '../../../shared/number-words.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FirstOf, useFirst } from '../../ui/first-of.tsx';
import list from '../../ui/list.module.css';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab } from '../../workspace/tab-state.ts';
import { openTab } from '../../workspace/tabs.ts';
import styles from './rejects-page.module.css';

/** The rows of the file that could not be loaded, each with its line, cause and text. */
export default function RejectsPage() {
  const { key: table } = useTab();
  const [limit, more] = useFirst();
  const read = useEngine(
    'import',
    'rejects',
    { table, offset: 0, limit },
    { keepPrevious: true, also: ['tables'] },
  );
  if (read.problem) return <ProblemView problem={read.problem} />;
  if (!read.data) return <Skeleton lines={4} />;
  const { total, rejects } = read.data;
  if (total === 0) return <EmptyState says="Every row of the file was loaded." />;
  return (
    <div className={list['scroll']}>
      <p className={styles['more']}>
        {count(total)} rejected {total === 1 ? 'row' : 'rows'}.
        <Button small onClick={() => openTab({ kind: 'rejects', key: table, title: table })}>
          Correct and load…
        </Button>
      </p>
      <table className={cx(list['table'], list['lastWide'], styles['table'])}>
        <thead>
          <tr>
            <th scope="col" className={list['right']}>
              line
            </th>
            <th scope="col" className={list['right']}>
              byte
            </th>
            <th scope="col">column</th>
            <th scope="col">cause</th>
            <th scope="col">text in the file</th>
          </tr>
        </thead>
        <tbody>
          {rejects.map((reject, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a reject is its place
            <tr key={at}>
              <td className={list['right']}>{count(reject.line)}</td>
              <td className={list['right']}>{reject.offset === null ? '' : count(reject.offset)}</td>
              <td>{reject.column ?? <span className={styles['faint']}>whole row</span>}</td>
              <td>{reject.cause}</td>
              <td>
                <code className={styles['raw']} title={reject.raw.slice(0, 2000)}>
                  {reject.raw.slice(0, 400)}
                </code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
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
