import { ofRows, valueWords } from '../../../../shared/finding-words.ts';
import { count, counted } from '../../../../shared/number-words.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ago } from '../../../ui/format.ts';
import { MarkedWords } from '../../../ui/marked-words.tsx';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import { type RuleState, verdictOf } from '../verdicts/board.ts';
import { VerdictWord } from '../verdicts/verdict-word.tsx';
import styles from './finding-list.module.css';

/** What needs a look, worst first; each a way to its finding. */
export function FindingList(props: {
  readonly rules: readonly RuleState[];
  readonly onOpen: (rule: RuleState) => void;
}) {
  const { rules, onOpen } = props;
  if (rules.length === 0) return <EmptyState says="Nothing needs a look: every rule passed." />;
  return (
    <section className={styles['pane']} aria-labelledby="checks needing a look">
      <header className={styles['head']}>
        <h3 id="checks needing a look">Needs a look</h3>
        <span>{count(rules.length)}</span>
      </header>
      <VirtualList
        label="What needs a look"
        items={rules}
        keyOf={({ table, rule }) => `${table} ${rule.id}`}
        render={(rule) => <Line rule={rule} onOpen={() => onOpen(rule)} />}
      />
    </section>
  );
}

function Line({ rule, onOpen }: { readonly rule: RuleState; readonly onOpen: () => void }) {
  const { table, says, finding } = rule;
  return (
    <button type="button" className={styles['line']} onClick={onOpen}>
      <span className={styles['verdict']}>
        <VerdictWord verdict={verdictOf(rule)} />
      </span>
      <span className={styles['table']} title={table}>
        {table}
      </span>
      <span className={styles['says']} title={finding?.reason ?? says}>
        {finding?.verdict === 'error' ? finding.reason : <MarkedWords says={says} />}
      </span>
      <span className={styles['number']}>{numbersOf(rule)}</span>
      <span className={styles['at']}>{finding ? ago(finding.at) : ''}</span>
    </button>
  );
}

function numbersOf({ finding }: RuleState): string {
  if (!finding || finding.value === null) return '';
  if (finding.unit !== null) return valueWords(finding);
  if (finding.sql === null) return `${count(finding.badRows)} of ${counted(finding.rowsRead, 'column')}`;
  return ofRows(finding);
}
