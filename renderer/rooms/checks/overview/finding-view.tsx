import { CircleCheck, CircleDashed, Columns3, Gauge, OctagonAlert, SpellCheck } from 'lucide-react';
import type { Finding } from '../../../../shared/contract/checks.ts';
import type { Table } from '../../../../shared/contract/tables.ts';
import { valueWords } from '../../../../shared/finding-words.ts';
import { counted } from '../../../../shared/number-words.ts';
import { checks } from '../../../../shared/registry.ts';
import { SourceGrid } from '../../../grid/source-grid.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Splitter } from '../../../ui/splitter.tsx';
import { useTabState } from '../../../workspace/tab-state.ts';
import { HistoryPane } from '../history/history-pane.tsx';
import { MonitorPane } from '../history/monitor-pane.tsx';
import { openRepairs } from '../rules/open-checks.ts';
import styles from '../rules/rule-pane.module.css';
import { RulePane } from '../rules/rule-pane.tsx';
import type { RuleState } from '../verdicts/board.ts';

const initial = { top: 46, rows: 54 };
const sides = { rule: 56, history: 44 };

/** What one rule found: the rule in words, its history, and the rows that break it. */
export function FindingView({
  state,
  known,
}: {
  readonly state: RuleState;
  readonly known: Table | undefined;
}) {
  const [sizes, setSizes] = useTabState('finding sizes', initial);
  const [widths, setWidths] = useTabState('pane sizes', sides);
  const top = [
    { id: 'rule', min: '220px', content: <RulePane state={state} /> },
    {
      id: 'history',
      min: '180px',
      content: isMonitor(state) ? <MonitorPane state={state} /> : <HistoryPane state={state} />,
    },
  ];
  const parts = [
    {
      id: 'top',
      min: '140px',
      content: (
        <Splitter
          label="panes"
          direction="row"
          parts={top}
          sizes={widths}
          onSizes={(next) => setWidths({ ...sides, ...next })}
        />
      ),
    },
    { id: 'rows', min: '90px', content: <FailingRows finding={state.finding} known={known} /> },
  ];
  return (
    <Splitter
      label="finding"
      direction="column"
      parts={parts}
      sizes={sizes}
      onSizes={(next) => setSizes({ ...initial, ...next })}
    />
  );
}

/** A rule that is held against what it remembers of each load. */
function isMonitor({ rule }: RuleState): boolean {
  const definition = checks.get(rule.kind);
  return definition?.remembers === true && 'season' in definition.params;
}

function FailingRows({
  finding,
  known,
}: {
  readonly finding: Finding | undefined;
  readonly known: Table | undefined;
}) {
  if (!finding)
    return <EmptyState icon={CircleDashed} says="Not run yet: run the rule to see the rows that break it." />;
  if (finding.verdict === 'error')
    return (
      <EmptyState
        icon={OctagonAlert}
        says={`It could not be evaluated: ${finding.reason ?? 'no reason was given'}`}
      />
    );
  if (finding.verdict === 'not evaluated')
    return <EmptyState icon={CircleDashed} says={finding.reason ?? 'There was nothing to check.'} />;
  if (finding.unit !== null) return <MeasuredValue finding={finding} />;
  if (finding.sql === null) return <Differences finding={finding} />;
  if (finding.badRows === 0) return <EmptyState icon={CircleCheck} says="No row breaks this rule." />;
  return (
    <section className={styles['rows']} aria-label="Failing rows">
      <header className={styles['head']}>
        <h3>{counted(finding.badRows, 'failing row')}</h3>
        <span>{saysRows(finding)}</span>
        {known && (
          <Button small kind="quiet" icon={SpellCheck} onClick={() => openRepairs(finding.table, finding)}>
            Propose fixes
          </Button>
        )}
      </header>
      <div className={styles['grid']}>
        {(known || finding.relation !== null) && (
          <SourceGrid
            label="Failing rows"
            source={{ of: 'finding', finding: finding.id }}
            marks={finding.columns}
          />
        )}
      </div>
    </section>
  );
}

/** A rule that measures has no failing rows: what it measured says it all. */
function MeasuredValue({ finding }: { readonly finding: Finding }) {
  const fine = finding.verdict === 'pass';
  const says = `It is ${valueWords(finding)}, measured over ${counted(finding.rowsRead, 'row')}.`;
  return (
    <EmptyState
      icon={fine ? CircleCheck : Gauge}
      says={
        fine ? says : `${finding.reason ?? says} The whole table is measured: no single row breaks the rule.`
      }
    />
  );
}

const saysRows = ({ columns }: Finding) => (columns.length > 0 ? 'The marked cells break the rule.' : '');

function Differences({ finding }: { readonly finding: Finding }) {
  const differences = finding.reason?.split('; ') ?? [];
  if (differences.length === 0) return <EmptyState icon={CircleCheck} says="The columns are as declared." />;
  return (
    <section className={styles['rows']} aria-label="Differences">
      <header className={styles['head']}>
        <h3>{counted(differences.length, 'difference')}</h3>
      </header>
      <ul className={styles['differences']}>
        {differences.map((words) => (
          <li key={words}>
            <Columns3 aria-hidden />
            {words.replaceAll('`', '')}
          </li>
        ))}
      </ul>
    </section>
  );
}
