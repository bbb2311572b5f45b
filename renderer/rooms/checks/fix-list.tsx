import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cx } from '../../ui/cx.ts';
import { count } from '../../ui/format.ts';
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

/** Fixes, the surest first; the list hears the keys that go from one to the next and decide on it. */
export function FixList({ lines, chosen, accepted, onChoose, accept, reject }: FixListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const step = (by: number) => {
    const at = lines.findIndex(({ key }) => key === chosen) + by;
    const next = lines[Math.max(0, Math.min(lines.length - 1, at))];
    if (next) onChoose(next);
  };
  const actOf = (key: string): (() => void) | undefined => {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -lines.length, End: lines.length }[key];
    return by === undefined ? { a: accept, x: reject, ' ': accept }[key] : () => step(by);
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label="Proposed fixes"
      tabIndex={0}
      aria-activedescendant={`fix ${chosen}`}
      className={suggestion['list']}
      onKeyDown={(event) => {
        const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : actOf(event.key);
        if (!act) return;
        event.preventDefault();
        act();
      }}
    >
      {lines.map((line) => (
        <Line
          key={line.key}
          line={line}
          chosen={line.key === chosen}
          accepted={accepted.includes(line.key)}
          onChoose={() => onChoose(line)}
        />
      ))}
    </div>
  );
}

function Line(props: {
  readonly line: FixLine;
  readonly chosen: boolean;
  readonly accepted: boolean;
  readonly onChoose: () => void;
}) {
  const { line, chosen, accepted, onChoose } = props;
  const { key, column, from, to, confidence, reason, correction } = line;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself hears the keys
    <div
      role="option"
      id={`fix ${key}`}
      aria-selected={chosen}
      tabIndex={-1}
      className={cx(suggestion['line'], styles['line'], chosen && suggestion['chosen'])}
      onClick={onChoose}
    >
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
    </div>
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
