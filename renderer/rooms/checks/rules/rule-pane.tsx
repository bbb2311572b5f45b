import { Pencil, Trash2 } from 'lucide-react';
import type { CheckRule, Finding } from '../../../../shared/contract/checks.ts';
import { boundWords, valueWords } from '../../../../shared/finding-words.ts';
import { onlyWarns } from '../../../../shared/never-fails.ts';
import { count, duration, number } from '../../../../shared/number-words.ts';
import { checks } from '../../../../shared/registry.ts';
import { ago } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { MarkedWords } from '../../../ui/marked-words.tsx';
import { NamedIcon } from '../../../ui/named-icon.tsx';
import { type RuleState, verdictOf } from '../verdicts/board.ts';
import { RunButton } from '../verdicts/run-button.tsx';
import { VerdictWord } from '../verdicts/verdict-word.tsx';
import { editRule } from './rule-dialog-state.ts';
import styles from './rule-pane.module.css';
import { useRemoveRule } from './save-rule.ts';

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
      {rule.notes && (
        <p data-selectable className={styles['muted']}>
          {rule.notes}
        </p>
      )}
      <Numbers rule={rule} finding={finding} verdict={<VerdictWord verdict={verdictOf(state)} />} />
      <p className={styles['muted']}>
        {definition ? `${definition.title} · ` : ''}
        {rule.id} · {limits(rule, finding)}
        {rule.owner && ` · ${rule.owner}`}
      </p>
      <div>
        <RunButton chosen={{ table, ids: [rule.id] }} words={finding ? 'Run again' : 'Run'} />
      </div>
      {finding?.sql && (
        <details className={styles['sql']}>
          <summary>{finding.unit === null ? 'SQL of the failing rows' : 'SQL of the value'}</summary>
          <pre>{finding.sql}</pre>
        </details>
      )}
    </section>
  );
}

/** When a rule warns and fails, in words. */
function limits(rule: CheckRule, finding: Finding | undefined): string {
  const { warnAbove, failAbove, limitsIn } = rule;
  if (checks.get(rule.kind)?.metric) return measuredLimits(finding, onlyWarns(rule));
  const unit = limitsIn === 'rows' ? ' bad rows' : '% bad rows';
  const share = (value: number) => (value === 0 ? 'any bad row' : `more than ${number(value)}${unit}`);
  const fails = onlyWarns(rule) ? 'never fails' : `fails at ${share(failAbove)}`;
  return warnAbove === undefined ? fails : `warns at ${share(warnAbove)}, ${fails}`;
}

function measuredLimits(finding: Finding | undefined, mild: boolean): string {
  const { bounds, unit } = finding ?? {};
  if (!bounds) return mild ? 'only warns' : 'fails outside of its limits';
  const [fails, warns] = [boundWords(bounds.fails, unit ?? ''), boundWords(bounds.warns, unit ?? '')];
  const words = [fails && `${mild ? 'warns' : 'fails'} unless ${fails}`, warns && `warns unless ${warns}`];
  return words.filter(Boolean).join(', ') || 'nothing to compare with yet';
}

function Numbers(props: {
  readonly rule: CheckRule;
  readonly finding: Finding | undefined;
  readonly verdict: React.ReactNode;
}) {
  const { finding, verdict } = props;
  const columns = finding?.sql === null;
  const evaluated = finding !== undefined && finding.value !== null;
  const measures = evaluated && finding.unit !== null;
  return (
    <dl className={styles['numbers']}>
      <Fact name="Verdict">{verdict}</Fact>
      {evaluated && <Fact name={measures ? 'Measured' : 'Passes'}>{valueWords(finding)}</Fact>}
      {evaluated && !measures && (
        <Fact name={columns ? 'Differences' : 'Bad rows'}>{count(finding.badRows)}</Fact>
      )}
      {evaluated && finding.rowsJudged !== finding.rowsRead && (
        <Fact name="Rows judged">{count(finding.rowsJudged)}</Fact>
      )}
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
