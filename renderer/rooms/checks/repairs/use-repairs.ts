import { useCallback, useEffect, useMemo } from 'react';
import type { Repairs } from '../../../../shared/contract/repairs.ts';
import { counted } from '../../../../shared/number-words.ts';
import { engine } from '../../../engine.ts';
import { useTask } from '../../../tasks.ts';
import { confirm } from '../../../ui/ask.tsx';
import { toast, toastProblem } from '../../../ui/toast.tsx';
import { useTab, useTabMemory } from '../../../workspace/tab-state.ts';
import { openTab } from '../../../workspace/tabs.ts';
import { type FixLine, fixLines } from './repairs.ts';

const unasked: Repairs | null = null;
const none: readonly string[] = [];

/** Which fixes a tab is about. */
export interface RepairsOf {
  readonly table: string;
  readonly finding?: number;
}

/** Proposed fixes, as long as the window is open: which are accepted, which were put away. */
export function useRepairs() {
  const { table, finding } = useTab().data as unknown as RepairsOf;
  const [found, setFound] = useTabMemory('repairs', unasked);
  const [accepted, setAccepted] = useTabMemory('accepted', none);
  const [gone, setGone] = useTabMemory('gone', none);
  const { start, task, running } = useTask();
  const ask = useCallback(async () => {
    const of = finding === undefined ? { table } : { table, finding };
    const result = await start(`Looking for fixes in ${table}`, (options) =>
      engine.checks.repair(of, options),
    );
    if (!result) return;
    setFound(result);
    setAccepted(none);
    setGone(none);
  }, [table, finding, start, setFound, setAccepted, setGone]);
  useEffect(() => {
    if (found === null && !running && task === undefined) void ask();
  }, [found, running, task, ask]);
  const lines = useMemo(
    () => found && fixLines(found.repairs).filter(({ key }) => !gone.includes(key)),
    [found, gone],
  );
  const acceptAbove = (least: number) =>
    setAccepted((lines ?? []).filter(({ confidence }) => confidence >= least).map(({ key }) => key));
  const toggle = ({ key }: FixLine) =>
    setAccepted((now) => (now.includes(key) ? now.filter((one) => one !== key) : [...now, key]));
  const putAway = ({ key }: FixLine) => {
    setAccepted((now) => now.filter((one) => one !== key));
    setGone((now) => [...now, key]);
  };
  return {
    table,
    found,
    lines,
    accepted,
    ask,
    running,
    problem: task?.problem,
    acceptAbove,
    toggle,
    putAway,
  };
}

/** Remembers that a fix is not wanted. */
export const rejectFix = (table: string, { correction }: FixLine) =>
  engine.checks.reject({ table, kind: 'repair', params: correction });

/** What a person has to say yes to before values of private columns are written into a file. */
function askAboutPrivate(quoting: readonly FixLine[], pipeline: string): Promise<boolean | 'other'> {
  const columns = [...new Set(quoting.flatMap(({ quotes }) => quotes))];
  return confirm({
    title: 'Write values of private columns?',
    says: `${counted(quoting.length, 'fix', 'fixes')} would write values of ${columns.join(', ')} into the pipeline “${pipeline}”. That is a text file of this workspace, which may be shared with it.`,
    action: 'Write them',
    other: 'Leave these fixes out',
    danger: true,
  });
}

/** Writes fixes into a pipeline and opens it at their step; true where that worked. */
export async function writeFixes(
  table: string,
  lines: readonly FixLine[],
  pipeline: string | undefined,
): Promise<boolean> {
  try {
    const quoting = lines.filter(({ quotes }) => quotes.length > 0);
    const yes = quoting.length === 0 || (await askAboutPrivate(quoting, pipeline ?? `${table} corrected`));
    const wanted = yes === 'other' ? lines.filter((line) => !quoting.includes(line)) : lines;
    if (!yes || wanted.length === 0) return false;
    const corrections = wanted.map(({ correction }) => correction);
    const into = pipeline === undefined ? {} : { pipeline };
    const withPrivate = yes === true && quoting.length > 0;
    const written = await engine.checks.correct({ table, corrections, ...into, withPrivate });
    openTab({ kind: 'pipeline', key: written.pipeline, title: written.pipeline });
    toast({
      title: `${counted(written.added, 'fix', 'fixes')} added to the pipeline ${written.pipeline}`,
      detail: `Its step ${written.step} does it. The table stays as it is until the pipeline runs.`,
    });
    return true;
  } catch (thrown) {
    toastProblem(thrown, 'The fixes were not written');
    return false;
  }
}
