import { valueWords } from '../../../shared/finding-words.ts';
import { cx } from '../../ui/cx.ts';
import { MarkedWords } from '../../ui/marked-words.tsx';
import { type RuleState, verdictOf } from './board.ts';
import styles from './rule-list.module.css';
import { VerdictWord } from './verdict-word.tsx';

/** The rules of a table in the order of their file; arrow keys go from one to the next. */
export function RuleList(props: {
  readonly rules: readonly RuleState[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const { rules, chosen, onChoose } = props;
  const step = (by: number) => {
    const at = rules.findIndex(({ rule }) => rule.id === chosen);
    const next = rules[Math.max(0, Math.min(rules.length - 1, at + by))];
    if (next) onChoose(next.rule.id);
  };
  return (
    <div
      role="listbox"
      aria-label="Rules"
      tabIndex={0}
      aria-activedescendant={chosen ? `rule ${chosen}` : undefined}
      className={styles['list']}
      onKeyDown={(event) => {
        const by = { ArrowDown: 1, ArrowUp: -1, Home: -rules.length, End: rules.length }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        step(by);
      }}
    >
      {rules.map((state) => (
        <Rule key={state.rule.id} state={state} chosen={state.rule.id === chosen} onChoose={onChoose} />
      ))}
    </div>
  );
}

function Rule(props: {
  readonly state: RuleState;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
}) {
  const { state, chosen, onChoose } = props;
  const { rule, says, finding } = state;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself hears the keys
    <div
      role="option"
      id={`rule ${rule.id}`}
      aria-selected={chosen}
      tabIndex={-1}
      className={cx(styles['rule'], chosen && styles['chosen'])}
      onClick={() => onChoose(rule.id)}
      title={says}
    >
      <span className={styles['says']}>
        <MarkedWords says={says} />
      </span>
      <span className={styles['aside']}>
        <VerdictWord verdict={verdictOf(state)} />
        <span className={styles['id']}>{rule.id}</span>
        <span>{finding ? valueWords(finding) : ''}</span>
      </span>
    </div>
  );
}
