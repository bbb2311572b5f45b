import { ListChecks } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { counted } from '../../ui/format.ts';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useTabState } from '../../workspace/tab-state.ts';
import { byVerdict, type TableState, verdictOf } from './board.ts';
import { FindingList } from './finding-list.tsx';
import { Matrix } from './matrix.tsx';
import { openChecks } from './open-checks.ts';
import styles from './overview.module.css';
import { RunButton } from './run-button.tsx';
import { useBoard } from './use-board.ts';

const half = { matrix: 58, findings: 42 };

/** All tables and classes at a glance, and below what needs a look. */
export default function Overview() {
  const { board, problem, again } = useBoard();
  if (problem) return <ProblemView problem={problem} action={{ label: 'Try again', run: again }} />;
  if (!board) return <Skeleton says="Reading the checks…" />;
  if (board.length === 0) {
    return (
      <EmptyState
        icon={ListChecks}
        says="Rules are written on tables: import a file first, then say what has to hold."
      />
    );
  }
  return <Board board={board} />;
}

function Board({ board }: { readonly board: readonly TableState[] }) {
  const [sizes, setSizes] = useTabState('sizes', half);
  const rules = board.flatMap((state) => state.rules);
  const open = rules.filter((rule) => verdictOf(rule) !== 'pass').toSorted(byVerdict);
  const parts = [
    {
      id: 'matrix',
      min: '120px',
      content: (
        <div className={styles['scroll']}>
          <Matrix board={board} />
        </div>
      ),
    },
    {
      id: 'findings',
      min: '90px',
      content: <FindingList rules={open} onOpen={({ table, rule }) => openChecks(table, rule.id)} />,
    },
  ];
  return (
    <div className={styles['room']}>
      <Toolbar
        label="Checks"
        end={<RunButton chosen={{}} words="Run all" kind="primary" disabled={rules.length === 0} />}
      >
        <span className={styles['tally']}>{tallyOf(board)}</span>
      </Toolbar>
      <Splitter
        label="checks"
        direction="column"
        parts={parts}
        sizes={sizes}
        onSizes={(next) => setSizes({ ...half, ...next })}
      />
    </div>
  );
}

function tallyOf(board: readonly TableState[]): string {
  const rules = board.flatMap((state) => state.rules);
  const tables = board.filter((state) => state.rules.length > 0).length;
  if (rules.length === 0) return 'No rules yet: add the first one to a table.';
  const failing = rules.filter((rule) => ['fail', 'error'].includes(verdictOf(rule))).length;
  return `${counted(rules.length, 'rule')} on ${counted(tables, 'table')} · ${failing === 0 ? 'none fails' : `${counted(failing, 'rule fails', 'rules fail')}`}`;
}
