import { Lightbulb, ListChecks, Plus, SpellCheck } from 'lucide-react';
import { useEffect } from 'react';
import { rowsInWords } from '../../../../shared/contract/checked-rows.ts';
import { counted } from '../../../../shared/number-words.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Splitter } from '../../../ui/splitter.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { useTab, useTabState } from '../../../workspace/tab-state.ts';
import { openRepairs, openSuggestions } from '../rules/open-checks.ts';
import { newRule } from '../rules/rule-dialog-state.ts';
import { RuleList } from '../rules/rule-list.tsx';
import { UnreadRules } from '../rules/unread-rules.tsx';
import { byVerdict, type TableState, tallyOf } from '../verdicts/board.ts';
import { RunButton } from '../verdicts/run-button.tsx';
import { useBoard } from '../verdicts/use-board.ts';
import { FindingView } from './finding-view.tsx';
import styles from './overview.module.css';

const initial = { rules: 32, finding: 68 };
const none: string | null = null;

/** The rule that is looked at: the one that was asked for last, else the one that needs a look most. */
function useChosen(rules: TableState['rules']) {
  const tab = useTab();
  const [chosen, choose] = useTabState<string | null>('check', none);
  const asked = (tab.data as { readonly check?: string } | null)?.check;
  useEffect(() => {
    if (asked) choose(asked);
  }, [asked, choose]);
  const rule = rules.find(({ rule: { id } }) => id === chosen) ?? rules.toSorted(byVerdict)[0];
  return { rule, choose };
}

/** One table's rules, and what the chosen one found. */
export default function TableChecks() {
  const { key: table } = useTab();
  const { board, problem, again } = useBoard();
  if (problem) return <ProblemView problem={problem} action={{ label: 'Try again', run: again }} />;
  if (!board) return <Skeleton says="Reading the checks…" />;
  const empty: TableState = { table, known: undefined, checks: undefined, rules: [], stale: false };
  return <Rules state={board.find((one) => one.table === table) ?? empty} />;
}

function Rules({ state }: { readonly state: TableState }) {
  const { table, known, rules } = state;
  const { rule, choose } = useChosen(rules);
  const [sizes, setSizes] = useTabState('sizes', initial);
  const add = () => newRule(table);
  const parts = [
    {
      id: 'rules',
      min: '220px',
      content: <RuleList rules={rules} chosen={rule?.rule.id} onChoose={choose} />,
    },
    {
      id: 'finding',
      min: '320px',
      content: rule && <FindingView key={rule.rule.id} state={rule} known={known} />,
    },
  ];
  return (
    <div className={styles['room']}>
      <Toolbar
        label={`Checks of ${table}`}
        end={
          <>
            {known && (
              <Button small kind="quiet" icon={Lightbulb} onClick={() => openSuggestions(table)}>
                Suggest
              </Button>
            )}
            {known && (
              <Button small kind="quiet" icon={SpellCheck} onClick={() => openRepairs(table)}>
                Fixes
              </Button>
            )}
            <Button small icon={Plus} onClick={add}>
              New rule
            </Button>
            <RunButton chosen={{ table }} words="Run all" kind="primary" disabled={rules.length === 0} />
          </>
        }
      >
        <span className={styles['tally']}>
          {saysRows(state)} · {counted(rules.length, 'rule')}
          {rules.length > 0 && ` · ${tallyOf(rules)}`}
        </span>
      </Toolbar>
      <Notices state={state} />
      {rules.length > 0 ? (
        <Splitter
          label="rules"
          direction="row"
          parts={parts}
          sizes={sizes}
          onSizes={(next) => setSizes({ ...initial, ...next })}
        />
      ) : (
        <EmptyState
          icon={ListChecks}
          says={`Say what has to hold in ${table}: a column filled in, an id unique, an amount within a range.`}
          action={{ label: 'New rule', run: add }}
        />
      )}
    </div>
  );
}

function saysRows({ known, checks }: TableState): string {
  if (checks?.of) return `Rows of ${rowsInWords(checks.of)}`;
  return known ? counted(known.rows, 'row') : 'There is no such table now';
}

function Notices({ state }: { readonly state: TableState }) {
  const { checks, stale, known } = state;
  return (
    <>
      <UnreadRules checks={checks} />
      {stale && known && (
        <Notice>The rows changed after the last run: what is shown may be out of date.</Notice>
      )}
      {(checks?.others ?? 0) > 0 && (
        <Notice>
          {counted(checks?.others ?? 0, 'rule')} in the file for other engines: kept, and not run here.
        </Notice>
      )}
    </>
  );
}
