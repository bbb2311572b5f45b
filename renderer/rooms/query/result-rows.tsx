import { GitCompareArrows, Pin, PinOff } from 'lucide-react';
import { useCallback } from 'react';
import { count, duration } from '../../../shared/number-words.ts';
import { BytesGrid } from '../../grid/bytes-grid.tsx';
import type { Rows } from '../../grid/rows.ts';
import { seenCell, useSeenCell } from '../../grid/seen-cell.ts';
import { rangeOf, type Selection } from '../../grid/selection.ts';
import { summarise } from '../../grid/summarise.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { type Result, useCompared, usePinned, useResultPage, useResultSelection } from './outcome.ts';
import styles from './query-view.module.css';
import { UseResultMenu } from './use-result-menu.tsx';

/** The rows of one result, and what can be done with it: pin, compare, use as something else. */
export function ResultRows(props: {
  readonly one: Result;
  readonly all: readonly Result[];
  readonly pinned: boolean;
}) {
  const { one, all, pinned } = props;
  const { bytes, rows, more, ms, remarks = [] } = one.result;
  const [, setWords] = useResultSelection();
  const [, setCell] = useSeenCell();
  const onSelect = useCallback(
    (selection: Selection | null, seen: Rows) => {
      setCell(selection ? seenCell(selection, seen) : null);
      if (!selection) return setWords('');
      summarise(seen, rangeOf(selection)).then(setWords, () => setWords(''));
    },
    [setWords, setCell],
  );
  if (!bytes) return null;
  return (
    <div className={styles['part']}>
      <Toolbar
        label={one.title}
        end={
          <>
            <PinButton one={one} pinned={pinned} />
            <CompareMenu one={one} others={all.filter(({ id }) => id !== one.id)} />
            <UseResultMenu one={one} />
          </>
        }
      >
        <code className={styles['statement']} title={one.text}>
          {one.text.replaceAll(/\s+/g, ' ')}
        </code>
        <span className={styles['aside']}>{duration(ms)}</span>
      </Toolbar>
      {more && (
        <Notice tone="warn">
          First {count(rows)} rows. There are more: narrow the query, or write all of them to a table.
        </Notice>
      )}
      {remarks.map((says) => (
        <Notice key={says}>{says}</Notice>
      ))}
      <div className={styles['fill']}>
        <BytesGrid
          label={one.title === 'Result' ? 'Result 1' : one.title}
          bytes={bytes}
          onSelect={onSelect}
        />
      </div>
    </div>
  );
}

function PinButton({ one, pinned }: { readonly one: Result; readonly pinned: boolean }) {
  const [all, setPinned] = usePinned();
  const toggle = () => {
    if (pinned) return setPinned(all.filter(({ id }) => id !== one.id));
    const title = `Pin ${all.reduce((most, other) => Math.max(most, Number(/\d+$/.exec(other.title)?.[0] ?? 0)), 0) + 1}`;
    setPinned([...all, { ...one, title }]);
  };
  return (
    <Button small kind="quiet" icon={pinned ? PinOff : Pin} aria-pressed={pinned} onClick={toggle}>
      {pinned ? 'Unpin' : 'Pin'}
    </Button>
  );
}

function CompareMenu({ one, others }: { readonly one: Result; readonly others: readonly Result[] }) {
  const [, setCompared] = useCompared();
  const [, setPage] = useResultPage();
  const items = others.map((other) => ({
    label: `With ${other.title} · ${count(other.result.rows)} rows`,
    run: () => {
      setCompared([other.id, one.id]);
      setPage('compare');
    },
  }));
  return (
    <Menu
      trigger={
        <Button
          small
          kind="quiet"
          icon={GitCompareArrows}
          disabled={items.length === 0}
          tooltip={
            items.length === 0 ? 'Pin a result and run again: then the two can be compared' : undefined
          }
        >
          Compare
        </Button>
      }
      items={items}
    />
  );
}
