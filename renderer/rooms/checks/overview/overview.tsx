import { FileSearch, Gauge, Lightbulb, ListChecks, Settings2 } from 'lucide-react';
import { runCommandById } from '../../../palette/all-commands.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { type Sizes, Splitter } from '../../../ui/splitter.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { useTabState } from '../../../workspace/tab-state.ts';
import { AlertWish } from '../rules/alert-wish.tsx';
import { openChecks, openScores, openSuggestions } from '../rules/open-checks.ts';
import { askRows } from '../rules/rows-dialog-state.ts';
import { editCheckSettings, SettingsDialog } from '../rules/settings-dialog.tsx';
import { UnreadRules } from '../rules/unread-rules.tsx';
import { byVerdict, saysBoard, type TableState, verdictOf } from '../verdicts/board.ts';
import { RunButton } from '../verdicts/run-button.tsx';
import { useBoard } from '../verdicts/use-board.ts';
import { FindingList } from './finding-list.tsx';
import { Matrix } from './matrix.tsx';
import styles from './overview.module.css';

const asDragged: Sizes | null = null;
const headHeight = 30;
const lineHeight = 35;

/** As high as the matrix is, within limits, until somebody drags it. */
const matrixHeight = (tables: number) =>
  `${Math.min(420, Math.max(120, headHeight + lineHeight * tables))}px`;

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
        action={{
          label: 'Import files…',
          run: () => void runCommandById('import.choose'),
          shortcut: 'Mod+I',
        }}
      />
    );
  }
  return <Board board={board} />;
}

function Board({ board }: { readonly board: readonly TableState[] }) {
  // What fits two tables cuts a third one off.
  const [sizes, setSizes] = useTabState<Sizes | null>(`sizes of ${board.length}`, asDragged);
  const rules = board.flatMap((state) => state.rules);
  const open = rules.filter((rule) => verdictOf(rule) !== 'pass').toSorted(byVerdict);
  const parts = [
    {
      id: 'matrix',
      size: matrixHeight(board.length),
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
        end={
          <>
            <IconButton
              label="When checks run, and who is told"
              icon={Settings2}
              onClick={editCheckSettings}
            />
            <Button small kind="quiet" icon={Gauge} onClick={openScores}>
              Score cards
            </Button>
            <Button small kind="quiet" icon={FileSearch} onClick={() => askRows()}>
              Check a query
            </Button>
            <Button small icon={Lightbulb} onClick={() => openSuggestions()}>
              Suggest rules
            </Button>
            <RunButton chosen={{}} words="Run all" kind="primary" disabled={rules.length === 0} />
          </>
        }
      >
        <span className={styles['tally']}>{saysBoard(board)}</span>
      </Toolbar>
      <AlertWish />
      {board.map(({ table, checks }) => (
        <UnreadRules key={table} checks={checks} />
      ))}
      <Splitter
        key={board.length}
        label="checks"
        direction="column"
        parts={parts}
        sizes={sizes ?? undefined}
        onSizes={setSizes}
      />
      <SettingsDialog />
    </div>
  );
}
