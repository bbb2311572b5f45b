import { Check, Lightbulb, Pencil, RefreshCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Suggested, Suggestion } from '../../../../shared/contract/checks.ts';
import { counted } from '../../../../shared/number-words.ts';
import { engine } from '../../../engine.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { type Sizes, Splitter } from '../../../ui/splitter.tsx';
import { toastProblem } from '../../../ui/toast.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { useTabMemory, useTabState } from '../../../workspace/tab-state.ts';
import styles from '../overview/overview.module.css';
import { editRule } from '../rules/rule-dialog-state.ts';
import { saveRule } from '../rules/save-rule.ts';
import { SuggestionList } from './suggestion-list.tsx';
import suspects from './suspect-list.module.css';
import { SuspectList } from './suspect-list.tsx';
import { suggestionKey, useSuggestions } from './use-suggestions.ts';

const shares = { rules: 62, cells: 38 };
const nobody: string | null = null;

/** Rules that the data suggests, worked through by keys: A accepts, E edits, X rejects; and below the cells that look wrong. */
export default function SuggestionsView() {
  const { left, cells, leftOut, ask, running, problem, take } = useSuggestions();
  const [chosen, choose] = useTabMemory('chosen', nobody);
  if (problem && !running) return <ProblemView problem={problem} action={{ label: 'Try again', run: ask }} />;
  if (!left) return <Skeleton says="Looking for rules in the data…" />;
  const at = Math.max(
    0,
    left.findIndex((one) => suggestionKey(one) === chosen),
  );
  const now = left[at];
  const next = left[at + 1] ?? left[at - 1];
  const act = async (words: string, work: (one: Suggestion) => Promise<unknown>) => {
    if (!now) return;
    try {
      choose(next ? suggestionKey(next) : null);
      take(suggestionKey(now));
      await work(now);
    } catch (thrown) {
      toastProblem(thrown, words);
    }
  };
  const acts = {
    accept: () => void act('The rule was not added', ({ table, rule }) => saveRule(table, rule, undefined)),
    edit: () =>
      now &&
      editRule(now.table, now.rule, () => {
        choose(next ? suggestionKey(next) : null);
        take(suggestionKey(now));
      }),
    reject: () => void act('The suggestion was not put away', rejectIt),
  };
  return (
    <div className={styles['room']}>
      <Toolbar label="Suggested rules" end={<Acts {...acts} ask={ask} running={running} none={!now} />}>
        <span className={styles['tally']}>{saysLeft(left)}</span>
      </Toolbar>
      <LeftOut problems={leftOut} />
      <Halves cells={cells}>
        {now ? (
          <SuggestionList
            items={left}
            chosen={suggestionKey(now)}
            keyOf={suggestionKey}
            onChoose={(one) => choose(suggestionKey(one))}
            {...acts}
          />
        ) : (
          <EmptyState
            icon={Lightbulb}
            says="Nothing is suggested beyond the rules that are there or were rejected."
          />
        )}
      </Halves>
    </div>
  );
}

/** Tables about which nothing may be told. */
const LeftOut = ({ problems }: Pick<Suggested, 'problems'>) =>
  problems.map(({ message, hint }) => (
    <Notice key={message} tone="bad">
      Left out. {message} {hint}
    </Notice>
  ));

/** The rules, and below them the cells. */
function Halves(props: { readonly cells: Suggested['cells']; readonly children: ReactNode }) {
  const { cells, children } = props;
  const [sizes, setSizes] = useTabState<Sizes>('suggestion sizes', shares);
  const parts = [
    { id: 'rules', min: '90px', content: <div className={suspects['half']}>{children}</div> },
    { id: 'cells', min: '90px', hidden: cells.length === 0, content: <SuspectList cells={cells} /> },
  ];
  return (
    <Splitter
      label="suggestions"
      direction="column"
      parts={parts}
      sizes={sizes}
      onSizes={(next) => setSizes({ ...shares, ...next })}
    />
  );
}

const rejectIt = ({ table, rule: { kind, params } }: Suggestion) =>
  engine.checks.reject({ table, kind, params });

function saysLeft(left: readonly Suggestion[]): string {
  const broken = left.filter(({ verdict }) => verdict === 'fail').length;
  return `${counted(left.length, 'suggestion')} · ${broken} would fail now`;
}

function Acts(props: {
  readonly accept: () => void;
  readonly edit: () => void;
  readonly reject: () => void;
  readonly ask: () => void;
  readonly running: boolean;
  readonly none: boolean;
}) {
  const { accept, edit, reject, ask, running, none: nothing } = props;
  return (
    <>
      <Button small kind="quiet" icon={RefreshCw} busy={running} onClick={() => void ask()}>
        Look again
      </Button>
      <Button small icon={X} shortcut="X" disabled={nothing} onClick={reject}>
        Reject
      </Button>
      <Button small icon={Pencil} shortcut="E" disabled={nothing} onClick={edit}>
        Edit
      </Button>
      <Button small kind="primary" icon={Check} shortcut="A" disabled={nothing} onClick={accept}>
        Accept
      </Button>
    </>
  );
}
