import { Pencil, Trash2 } from 'lucide-react';
import type { CheckRule, Finding } from '../../../shared/contract/checks.ts';
import { checks } from '../../../shared/registry.ts';
import { ago, count, duration, number } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { MarkedWords } from '../../ui/marked-words.tsx';
import { NamedIcon } from '../../ui/named-icon.tsx';
import { type RuleState, verdictOf } from './board.ts';
import styles from './finding-view.module.css';
import { editRule } from './rule-dialog-state.ts';
import { RunButton } from './run-button.tsx';
import { useRemoveRule } from './save-rule.ts';
import { VerdictWord } from './verdict-word.tsx';

/** A rule in words with the numbers of its latest finding. */
export function RulePane({ state }: { readonly state: RuleState }) {
  const { table, rule, says, finding } = state;
  const remove = useRemoveRule(table);
  const definition = checks.get(rule.kind);
  return (
    <section className={styles['pane']} aria-label="Rule">
      <header className={styles['title']}>
        <NamedIcon name={definition?.icon ?? 'circle-help'} />
        <h2>
          <MarkedWords says={says} />
        </h2>
        <span className={styles['acts']}>
          <IconButton label="Edit rule" icon={Pencil} onClick={() => editRule(table, rule)} />
          <IconButton label="Delete rule" icon={Trash2} onClick={() => void remove(rule)} />
        </span>
      </header>
      {rule.description && <p data-selectable>{rule.description}</p>}
      <Numbers rule={rule} finding={finding} verdict={<VerdictWord verdict={verdictOf(state)} />} />
      <p className={styles['muted']}>
        {definition ? `${definition.title} · ` : ''}
        {rule.id} · {limits(rule)}
      </p>
      <div>
        <RunButton chosen={{ table, ids: [rule.id] }} words={finding ? 'Run again' : 'Run'} />
      </div>
      {finding?.sql && (
        <details className={styles['sql']}>
          <summary>SQL of the failing rows</summary>
          <pre>{finding.sql}</pre>
        </details>
      )}
    </section>
  );
}

/** When a rule warns and fails, in words. */
function limits({ warnAbove, failAbove }: CheckRule): string {
  const share = (value: number) => (value === 0 ? 'any bad row' : `more than ${number(value)}% bad rows`);
  const fails = failAbove >= 100 ? 'never fails' : `fails at ${share(failAbove)}`;
  return warnAbove === undefined ? fails : `warns at ${share(warnAbove)}, ${fails}`;
}

function Numbers(props: {
  readonly rule: CheckRule;
  readonly finding: Finding | undefined;
  readonly verdict: React.ReactNode;
}) {
  const { finding, verdict } = props;
  const columns = finding?.sql === null;
  const evaluated = finding !== undefined && finding.value !== null;
  return (
    <dl className={styles['numbers']}>
      <Fact name="Verdict">{verdict}</Fact>
      {evaluated && <Fact name="Passes">{(finding.value ?? 0).toFixed(2)}%</Fact>}
      {evaluated && <Fact name={columns ? 'Differences' : 'Bad rows'}>{count(finding.badRows)}</Fact>}
      {evaluated && <Fact name={columns ? 'Columns compared' : 'Rows read'}>{count(finding.rowsRead)}</Fact>}
      {finding && <Fact name="Ran">{ago(finding.at)}</Fact>}
      {evaluated && <Fact name="Took">{duration(finding.ms)}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
