import { useEffect, useState } from 'react';
import type { HistoryEntry } from '../../../shared/contract/query.ts';
import { counted, duration } from '../../../shared/number-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ago } from '../../ui/format.ts';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab } from '../../workspace/tab-state.ts';
import { openNewQuery } from './new-query.ts';
import { useOutcome } from './outcome.ts';
import styles from './query-view.module.css';
import { queryOf } from './runners.ts';

/** What was run, newest first, found by words of it; an entry goes to the end of the text. */
export default function HistoryPage() {
  const { id } = useTab();
  const [search, setSearch] = useState('');
  const [outcome] = useOutcome();
  const run = outcome.status === 'done' ? outcome.run : 0;
  const { data, problem, refetch } = useEngine(
    'query',
    'history',
    { search, limit: 500 },
    { keepPrevious: true, keepFor: 0 },
  );
  useEffect(() => {
    if (run > 0) void refetch();
  }, [run, refetch]);
  const use = ({ text }: HistoryEntry) => {
    const handle = queryOf(id);
    if (handle) handle.insert(text);
    else openNewQuery(text);
  };
  return (
    <div className={styles['part']}>
      <Toolbar
        label="History"
        end={data && <span className={styles['aside']}>{counted(data.length, 'statement')}</span>}
      >
        <TextField
          label="Search the history"
          hideLabel
          placeholder="Search the history…"
          value={search}
          onChange={setSearch}
        />
      </Toolbar>
      {problem && <ProblemView problem={problem} />}
      {!data && !problem && <Skeleton lines={4} />}
      {data?.length === 0 && (
        <EmptyState
          says={search ? 'Nothing that was run has these words.' : 'What you run is listed here.'}
        />
      )}
      {data && data.length > 0 && (
        <div className={styles['fill']}>
          <VirtualList
            label="Statements that were run"
            items={data}
            keyOf={(entry) => entry.id}
            render={(entry) => <Entry entry={entry} onUse={() => use(entry)} />}
          />
        </div>
      )}
    </div>
  );
}

function Entry({ entry, onUse }: { readonly entry: HistoryEntry; readonly onUse: () => void }) {
  const { text, outcome, rows, ms, at, message } = entry;
  return (
    <button
      type="button"
      className={styles['entry']}
      onClick={onUse}
      title={`${text.slice(0, 2000)}\n\nClick to put it at the end of the query`}
    >
      <code>{text.trim().replaceAll(/\s+/g, ' ')}</code>
      <span className={styles['aside']}>
        {outcome !== 'done' && (
          <Badge tone={outcome === 'failed' ? 'bad' : 'plain'}>
            {outcome === 'failed' ? (message ?? 'failed').slice(0, 60) : 'cancelled'}
          </Badge>
        )}{' '}
        {rows !== undefined && `${counted(rows, 'row')} · `}
        {duration(ms)} · {ago(at)}
      </span>
    </button>
  );
}
