import { useEffect, useRef } from 'react';
import type { Suggestion } from '../../../shared/contract/checks.ts';
import { cx } from '../../ui/cx.ts';
import { count, counted, number } from '../../ui/format.ts';
import { MarkedWords } from '../../ui/marked-words.tsx';
import styles from './suggestion-list.module.css';
import { VerdictWord } from './verdict-word.tsx';

interface SuggestionListProps {
  readonly items: readonly Suggestion[];
  readonly chosen: string;
  readonly keyOf: (one: Suggestion) => string;
  readonly onChoose: (one: Suggestion) => void;
  readonly accept: () => void;
  readonly edit: () => void;
  readonly reject: () => void;
}

/** Suggestions, the likeliest first; the list hears the keys that go from one to the next and decide on it. */
export function SuggestionList(props: SuggestionListProps) {
  const { items, chosen, keyOf, onChoose, accept, edit, reject } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const step = (by: number) => {
    const at = items.findIndex((one) => keyOf(one) === chosen) + by;
    const next = items[Math.max(0, Math.min(items.length - 1, at))];
    if (next) onChoose(next);
  };
  const actOf = (key: string): (() => void) | undefined => {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -items.length, End: items.length }[key];
    return by === undefined ? { a: accept, e: edit, x: reject }[key] : () => step(by);
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label="Suggested rules"
      tabIndex={0}
      aria-activedescendant={`suggestion ${chosen}`}
      className={styles['list']}
      onKeyDown={(event) => {
        const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : actOf(event.key);
        if (!act) return;
        event.preventDefault();
        act();
      }}
    >
      {items.map((one) => (
        <Line
          key={keyOf(one)}
          id={`suggestion ${keyOf(one)}`}
          one={one}
          chosen={keyOf(one) === chosen}
          onChoose={() => onChoose(one)}
        />
      ))}
    </div>
  );
}

/** How the rule would have gone on the loads before. */
function formerWords({ loads, told, failed }: Suggestion['former']): string {
  if (loads === 0) return 'no load before';
  if (told === 0) return `${counted(loads, 'load')} before tell nothing of it`;
  return `would have failed on ${count(failed)} of ${counted(told, 'load')} before`;
}

function Line(props: {
  readonly id: string;
  readonly one: Suggestion;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { id, one, chosen, onChoose } = props;
  const { table, says, reason, rank, verdict, badRows, support, former } = one;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself hears the keys
    <div
      role="option"
      id={id}
      aria-selected={chosen}
      tabIndex={-1}
      className={cx(styles['line'], chosen && styles['chosen'])}
      onClick={onChoose}
    >
      <span className={styles['rank']}>{rank.toFixed(2)}</span>
      <span className={styles['table']} title={table}>
        {table}
      </span>
      <span className={styles['words']}>
        <span className={styles['says']} title={says}>
          <MarkedWords says={says} />
        </span>
        <span className={styles['reason']} title={reason}>
          {reason} · support {number(Math.floor(support * 1000) / 10)}% · {formerWords(former)}
        </span>
      </span>
      <span className={styles['now']}>
        <VerdictWord verdict={verdict} />
        {badRows > 0 && <span>{count(badRows)} rows</span>}
      </span>
    </div>
  );
}
