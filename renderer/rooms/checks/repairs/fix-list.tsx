import { Check } from 'lucide-react';
import { count } from '../../../../shared/number-words.ts';
import { cx } from '../../../ui/cx.ts';
import { KeyList } from '../rules/key-list.tsx';
import type { FixLine } from './repairs.ts';
import styles from './repairs-view.module.css';
import suggestion from './suggestion-list.module.css';

interface FixListProps {
  readonly lines: readonly FixLine[];
  readonly chosen: string;
  readonly accepted: readonly string[];
  readonly onChoose: (line: FixLine) => void;
  readonly accept: () => void;
  readonly reject: () => void;
}

const look = {
  list: suggestion['list'],
  line: cx(suggestion['line'], styles['line']),
};

/** Fixes, the surest first: A or the space bar accepts the chosen one or takes that back, X puts it away. */
export function FixList({ lines, chosen, accepted, onChoose, accept, reject }: FixListProps) {
  return (
    <KeyList
      label="Proposed fixes"
      items={lines}
      keyOf={({ key }) => key}
      chosen={chosen}
      onChoose={onChoose}
      keys={{ a: accept, x: reject, ' ': accept }}
      render={(line) => <Line line={line} accepted={accepted.includes(line.key)} />}
      look={look}
    />
  );
}

function Line({ line, accepted }: { readonly line: FixLine; readonly accepted: boolean }) {
  const { column, from, to, confidence, reason, correction } = line;
  return (
    <>
      <span className={styles['mark']}>{accepted && <Check aria-label="accepted" />}</span>
      <span className={suggestion['rank']}>{confidence.toFixed(2)}</span>
      <span className={suggestion['table']} title={column}>
        {column}
      </span>
      <span className={suggestion['words']}>
        <span className={suggestion['says']}>
          <Value of={from} /> → <Value of={to} />
          {correction.when !== '' && from !== null && (
            <span className={styles['when']}> where {correction.when}</span>
          )}
        </span>
        <span className={suggestion['reason']} title={reason}>
          {reason}
        </span>
      </span>
      <span className={suggestion['now']}>{saysReach(line)}</span>
    </>
  );
}

/** A cell's value as the grid shows it: null and empty text differ from words. */
function Value({ of }: { readonly of: string | null }) {
  if (of === null) return <span className={styles['nothing']}>null</span>;
  if (of === '') return <span className={styles['nothing']}>""</span>;
  return (
    <span className={styles['value']} title={of}>
      {of}
    </span>
  );
}

function saysReach({ cells, reach }: FixLine): string {
  if (reach > cells) return `${count(reach)} cells, ${count(reach - cells)} not doubted`;
  return reach === 1 ? '1 cell' : `${count(reach)} cells`;
}
