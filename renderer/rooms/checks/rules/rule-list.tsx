import { valueWords } from '../../../../shared/finding-words.ts';
import { MarkedWords } from '../../../ui/marked-words.tsx';
import { type RuleState, verdictOf } from '../verdicts/board.ts';
import { VerdictWord } from '../verdicts/verdict-word.tsx';
import { KeyList } from './key-list.tsx';
import styles from './rule-list.module.css';

const look = { list: styles['list'], line: styles['rule'] };

/** The rules of a table in the order of their file. */
export function RuleList(props: {
  readonly rules: readonly RuleState[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const { rules, chosen, onChoose } = props;
  return (
    <KeyList
      label="Rules"
      items={rules}
      keyOf={({ rule }) => rule.id}
      chosen={chosen}
      onChoose={({ rule }) => onChoose(rule.id)}
      titleOf={({ says }) => says}
      render={(state) => <Rule state={state} />}
      look={look}
    />
  );
}

function Rule({ state }: { readonly state: RuleState }) {
  const { rule, says, finding } = state;
  return (
    <>
      <span className={styles['says']}>
        <MarkedWords says={says} />
      </span>
      <span className={styles['aside']}>
        <VerdictWord verdict={verdictOf(state)} />
        <span className={styles['id']}>{rule.id}</span>
        <span>{finding ? valueWords(finding) : ''}</span>
      </span>
    </>
  );
}
