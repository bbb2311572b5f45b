import type { Suggestion } from '../../../../shared/contract/checks.ts';
import { count, counted, number } from '../../../../shared/number-words.ts';
import { checks } from '../../../../shared/registry.ts';
import { MarkedWords } from '../../../ui/marked-words.tsx';
import { KeyList } from '../rules/key-list.tsx';
import { VerdictWord } from '../verdicts/verdict-word.tsx';
import styles from './suggestion-list.module.css';

interface SuggestionListProps {
  readonly items: readonly Suggestion[];
  readonly chosen: string;
  readonly keyOf: (one: Suggestion) => string;
  readonly onChoose: (one: Suggestion) => void;
  readonly accept: () => void;
  readonly edit: () => void;
  readonly reject: () => void;
}

const look = { list: styles['list'], line: styles['line'] };

/** Suggestions, the likeliest first: A accepts the chosen one, E edits, X rejects. */
export function SuggestionList(props: SuggestionListProps) {
  const { items, chosen, keyOf, onChoose, accept, edit, reject } = props;
  return (
    <KeyList
      label="Suggested rules"
      items={items}
      keyOf={keyOf}
      chosen={chosen}
      onChoose={onChoose}
      keys={{ a: accept, e: edit, x: reject }}
      render={(one) => <Line one={one} />}
      look={look}
    />
  );
}

/** How the rule would have gone on the loads before. */
function formerWords({ loads, told, failed }: Suggestion['former']): string {
  if (loads === 0) return 'no load before';
  if (told === 0) return `${counted(loads, 'load')} before tell nothing of it`;
  return `would have failed on ${count(failed)} of ${counted(told, 'load')} before`;
}

function Line({ one }: { readonly one: Suggestion }) {
  const { table, says, reason, rank, verdict, badRows, support, former, rule } = one;
  const bad = checks.get(rule.kind)?.differences ? counted(badRows, 'difference') : counted(badRows, 'row');
  return (
    <>
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
        {badRows > 0 && <span>{bad}</span>}
      </span>
    </>
  );
}
