import { Check, Lightbulb, Pencil, RefreshCw, X } from 'lucide-react';
import { useCallback, useEffect, useMemo } from 'react';
import type { Suggested, Suggestion } from '../../../shared/contract/checks.ts';
import { engine } from '../../engine.ts';
import { useTask } from '../../tasks.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { counted } from '../../ui/format.ts';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab, useTabMemory } from '../../workspace/tab-state.ts';
import { allTables } from './open-checks.ts';
import styles from './overview.module.css';
import { editRule } from './rule-dialog-state.ts';
import { saveRule } from './save-rule.ts';
import { SuggestionList } from './suggestion-list.tsx';

const unasked: Suggested | null = null;
const none: readonly string[] = [];
const nobody: string | null = null;

const keyOf = ({ table, rule }: Suggestion) => `${table} ${rule.id}`;

/** What the data suggests, as long as the window is open; what was accepted or rejected is left out. */
function useSuggestions() {
  const { key } = useTab();
  const [found, setFound] = useTabMemory('suggested', unasked);
  const [gone, setGone] = useTabMemory('gone', none);
  const { start, task, running } = useTask();
  const listed = useEngine('checks', 'list', {});
  const ask = useCallback(async () => {
    const tables = key === allTables ? {} : { tables: [key] };
    const result = await start('Looking for rules', (options) => engine.checks.suggest(tables, options));
    if (!result) return;
    setFound(result);
    setGone(none);
  }, [key, start, setFound, setGone]);
  useEffect(() => {
    if (found === null && !running && task === undefined) void ask();
  }, [found, running, task, ask]);
  const left = useMemo(() => {
    const written = new Set(
      (listed.data ?? []).flatMap(({ table, rules }) => rules.map(({ id }) => `${table} ${id}`)),
    );
    return found?.suggestions.filter((one) => !gone.includes(keyOf(one)) && !written.has(keyOf(one)));
  }, [found, gone, listed.data]);
  return {
    left,
    ask,
    running,
    problem: task?.problem,
    take: (key: string) => setGone((now) => [...now, key]),
  };
}

/** Rules that the data suggests, worked through by keys: A accepts, E edits, X rejects. */
export default function SuggestionsView() {
  const { left, ask, running, problem, take } = useSuggestions();
  const [chosen, choose] = useTabMemory('chosen', nobody);
  if (problem && !running) return <ProblemView problem={problem} action={{ label: 'Try again', run: ask }} />;
  if (!left) return <Skeleton says="Looking for rules in the data…" />;
  const at = Math.max(
    0,
    left.findIndex((one) => keyOf(one) === chosen),
  );
  const now = left[at];
  const next = left[at + 1] ?? left[at - 1];
  const act = async (words: string, work: (one: Suggestion) => Promise<unknown>) => {
    if (!now) return;
    try {
      choose(next ? keyOf(next) : null);
      take(keyOf(now));
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
        choose(next ? keyOf(next) : null);
        take(keyOf(now));
      }),
    reject: () => void act('The suggestion was not put away', rejectIt),
  };
  return (
    <div className={styles['room']}>
      <Toolbar label="Suggested rules" end={<Acts {...acts} ask={ask} running={running} none={!now} />}>
        <span className={styles['tally']}>{saysLeft(left)}</span>
      </Toolbar>
      {now ? (
        <SuggestionList
          items={left}
          chosen={keyOf(now)}
          keyOf={keyOf}
          onChoose={(one) => choose(keyOf(one))}
          {...acts}
        />
      ) : (
        <EmptyState
          icon={Lightbulb}
          says="Nothing is suggested beyond the rules that are there or were rejected."
        />
      )}
    </div>
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
