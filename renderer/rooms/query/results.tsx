import { useCallback, useState } from 'react';
import type { StatementResult } from '../../../shared/contract/query.ts';
import { BytesGrid } from '../../grid/bytes-grid.tsx';
import type { Rows } from '../../grid/rows.ts';
import { rangeOf, type Selection } from '../../grid/selection.ts';
import { summarise } from '../../grid/summarise.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { count } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Messages } from './messages.tsx';
import { type Outcome, useResultSelection } from './outcome.ts';
import styles from './query-view.module.css';

/** What a run gave: a page per statement with rows, and the messages of all. */
export function Results(props: {
  readonly outcome: Outcome;
  readonly onCancel: () => void;
  readonly onReveal: () => void;
}) {
  const { outcome, onCancel, onReveal } = props;
  if (outcome.status === 'none') return <EmptyState says="Run a statement to see its rows here." />;
  if (outcome.status === 'running') return <Skeleton says="Running…" onCancel={onCancel} />;
  if (outcome.status === 'failed') {
    const placed = outcome.problem.at?.position !== undefined;
    const action = placed ? { label: 'Show in the text', run: onReveal } : undefined;
    return <ProblemView problem={outcome.problem} action={action} />;
  }
  return <Pages key={outcome.run} results={outcome.results} />;
}

function Pages({ results }: { readonly results: readonly StatementResult[] }) {
  const withRows = results.map((result, at) => ({ result, at })).filter(({ result }) => result.bytes);
  const last = withRows.at(-1);
  const [page, setPage] = useState(last ? `${last.at}` : 'messages');
  const pages = withRows.map(({ result, at }) => ({
    id: `${at}`,
    title: withRows.length > 1 ? `Result ${at + 1}` : 'Result',
    aside: `${count(result.rows)}${result.more ? '+' : ''}`,
    content: <ResultRows result={result} number={at + 1} />,
  }));
  const messages = { id: 'messages', title: 'Messages', content: <Messages results={results} /> };
  return <Tabs label="Results" pages={[...pages, messages]} value={page} onChange={setPage} />;
}

function ResultRows({ result, number }: { readonly result: StatementResult; readonly number: number }) {
  const { bytes, rows, more } = result;
  const [, setWords] = useResultSelection();
  const onSelect = useCallback(
    (selection: Selection | null, all: Rows) => {
      if (!selection) return setWords('');
      summarise(all, rangeOf(selection)).then(setWords, () => setWords(''));
    },
    [setWords],
  );
  if (!bytes) return null;
  return (
    <div className={styles['part']}>
      {more && (
        <Notice tone="warn">
          First {count(rows)} rows. There are more: narrow the query, or write all of them to a table.
        </Notice>
      )}
      <div className={styles['fill']}>
        <BytesGrid label={`Result ${number}`} bytes={bytes} onSelect={onSelect} />
      </div>
    </div>
  );
}
