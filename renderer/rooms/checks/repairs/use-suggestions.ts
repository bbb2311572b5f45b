import { useCallback, useEffect, useMemo } from 'react';
import type { Suggested, Suggestion } from '../../../../shared/contract/checks.ts';
import { engine } from '../../../engine.ts';
import { useTask } from '../../../tasks.ts';
import { useEngine } from '../../../use-engine.ts';
import { useTab, useTabMemory } from '../../../workspace/tab-state.ts';
import { allTables } from '../rules/open-checks.ts';

const unasked: Suggested | null = null;
const none: readonly string[] = [];
const noCells: Suggested['cells'] = [];
const noProblems: Suggested['problems'] = [];

/** What tells one suggestion from another. */
export const suggestionKey = ({ table, rule }: Suggestion) => `${table} ${rule.id}`;

/** What the data suggests, as long as the window is open; what was accepted or rejected is left out. */
export function useSuggestions() {
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
    return found?.suggestions.filter(
      (one) => !gone.includes(suggestionKey(one)) && !written.has(suggestionKey(one)),
    );
  }, [found, gone, listed.data]);
  return {
    left,
    cells: found?.cells ?? noCells,
    leftOut: found?.problems ?? noProblems,
    ask,
    running,
    problem: task?.problem,
    take: (key: string) => setGone((now) => [...now, key]),
  };
}
