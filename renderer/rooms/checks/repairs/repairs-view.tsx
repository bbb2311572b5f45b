import { Check, RefreshCw, SpellCheck, X } from 'lucide-react';
import { useState } from 'react';
import type { Repairs } from '../../../../shared/contract/repairs.ts';
import { count, counted } from '../../../../shared/number-words.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toastProblem } from '../../../ui/toast.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { useTabMemory } from '../../../workspace/tab-state.ts';
import overview from '../overview/overview.module.css';
import { FixList } from './fix-list.tsx';
import type { FixLine } from './repairs.ts';
import styles from './repairs-view.module.css';
import { rejectFix, useRepairs } from './use-repairs.ts';
import { WriteFixes } from './write-fixes.tsx';

const nobody: string | null = null;
/** So many lines are drawn; accepting by confidence takes all. */
const mostShown = 500;

/** Fixes that are proposed, worked through by keys: A accepts, X rejects. What is accepted becomes a step of a pipeline. */
export default function RepairsView() {
  const repairs = useRepairs();
  const { lines, found, running, problem, ask } = repairs;
  if (problem && !running) return <ProblemView problem={problem} action={{ label: 'Try again', run: ask }} />;
  if (!lines || !found) return <Skeleton says="Looking for fixes…" />;
  return <Review repairs={{ ...repairs, lines, found }} />;
}

type Found = ReturnType<typeof useRepairs> & {
  readonly lines: readonly FixLine[];
  readonly found: Repairs;
};

/** The fix that is decided on, and what deciding does. */
function useDecisions({ table, lines, toggle, putAway }: Found) {
  const [chosen, choose] = useTabMemory('chosen', nobody);
  const at = Math.max(
    0,
    lines.findIndex(({ key }) => key === chosen),
  );
  const now = lines[at];
  const accept = () => {
    if (!now) return;
    toggle(now);
    choose((lines[at + 1] ?? now).key);
  };
  const reject = () => {
    if (!now) return;
    choose((lines[at + 1] ?? lines[at - 1])?.key ?? null);
    putAway(now);
    rejectFix(table, now).catch((thrown) => toastProblem(thrown, 'The fix was not put away'));
  };
  return { now, choose, accept, reject };
}

function Review({ repairs }: { readonly repairs: Found }) {
  const { lines, found, running, ask } = repairs;
  const { now, choose, accept, reject } = useDecisions(repairs);
  return (
    <div className={overview['room']}>
      <Toolbar
        label="Proposed fixes"
        end={<Acts accept={accept} reject={reject} ask={ask} running={running} none={!now} />}
      >
        <span className={overview['tally']}>{saysFound(lines, found)}</span>
      </Toolbar>
      {found.rowsRead < found.rows && (
        <Notice>
          A sample of {count(found.rowsRead)} of {count(found.rows)} rows was looked at.
        </Notice>
      )}
      {now ? (
        <FixList
          lines={lines.slice(0, mostShown)}
          chosen={now.key}
          accepted={repairs.accepted}
          onChoose={({ key }) => choose(key)}
          accept={accept}
          reject={reject}
        />
      ) : (
        <EmptyState
          icon={SpellCheck}
          says={`No fix is proposed. ${counted(found.suspects, 'cell')} ${found.suspects === 1 ? 'was' : 'were'} looked at.`}
        />
      )}
      {now && <Accepting {...repairs} />}
    </div>
  );
}

function saysFound(lines: readonly FixLine[], { suspects }: { readonly suspects: number }): string {
  const cells = lines.reduce((sum, line) => sum + line.cells, 0);
  const more = lines.length > mostShown ? ` · the first ${mostShown} are shown` : '';
  return `${counted(lines.length, 'fix', 'fixes')} for ${count(cells)} of ${counted(suspects, 'doubted cell')}${more}`;
}

function Acts(props: {
  readonly accept: () => void;
  readonly reject: () => void;
  readonly ask: () => void;
  readonly running: boolean;
  readonly none: boolean;
}) {
  const { accept, reject, ask, running, none } = props;
  return (
    <>
      <Button small kind="quiet" icon={RefreshCw} busy={running} onClick={() => void ask()}>
        Look again
      </Button>
      <Button small icon={X} shortcut="X" disabled={none} onClick={reject}>
        Reject
      </Button>
      <Button small icon={Check} shortcut="A" disabled={none} onClick={accept}>
        Accept
      </Button>
    </>
  );
}

type AcceptingProps = Pick<ReturnType<typeof useRepairs>, 'table' | 'accepted' | 'acceptAbove' | 'ask'> & {
  readonly lines: readonly FixLine[];
};

/** Below the list: accept all that are sure enough, and write what is accepted. */
function Accepting({ table, lines, accepted, acceptAbove, ask }: AcceptingProps) {
  const [least, setLeast] = useState<number | null>(0.9);
  const own = lines.filter(({ key }) => accepted.includes(key));
  return (
    <footer className={styles['foot']}>
      <span className={styles['above']}>
        <Button small onClick={() => acceptAbove(least ?? 0)}>
          Accept all from
        </Button>
        <NumberField
          label="Least confidence"
          hideLabel
          value={least}
          onChange={setLeast}
          min={0}
          max={1}
          step={0.05}
        />
      </span>
      <WriteFixes table={table} lines={own} onWritten={() => void ask()} />
    </footer>
  );
}
