import { useCallback } from 'react';
import type { Chart } from '../../../shared/contract/charts.ts';
import { isNewChart } from '../../charts/open-chart.ts';
import { engine } from '../../engine.ts';
import { prompt } from '../../ui/ask.tsx';
import { useEngine } from '../../use-engine.ts';
import { askToOverwrite, useOutsideChange } from '../../workspace/outside-change.tsx';
import { useTab, useTabState, useUnsaved } from '../../workspace/tab-state.ts';
import { changeTab, rekeyTab, setTabState, tabId } from '../../workspace/tabs.ts';

const unchanged: Chart | null = null;

/** The chart of a tab, saved or not, and how to save it. */
export function useChartFile() {
  const { id, key, data } = useTab();
  const isNew = isNewChart(data);
  const files = useEngine('query', 'charts', {});
  const file = isNew ? undefined : files.data?.find(({ name }) => name === key);
  const [edited, setEdited] = useTabState<Chart | null>('chart', unchanged);
  const saved = isNew ? data.chart : file?.chart;
  const outside = useOutsideChange(isNew ? undefined : saved, edited, setEdited);
  const { changed } = outside;
  const chart = edited ?? saved;
  const taken = files.data;
  const save = useCallback(async () => {
    if (!chart) return;
    const name = isNew ? await askName(taken?.map((other) => other.name) ?? []) : key;
    if (!name) return;
    if (changed) await askToOverwrite(`charts/${name}.yaml`);
    await engine.query.saveChart({ chart: { ...chart, name } });
    setTabState(id, 'chart', null);
    if (name !== key) rekeyTab({ kind: 'chart', key }, { key: name, title: name });
    changeTab(tabId({ kind: 'chart', key: name }), { data: null });
  }, [chart, id, key, isNew, changed, taken]);
  useUnsaved(isNew || edited !== null, save);
  return {
    chart,
    outside,
    setChart: setEdited,
    save,
    problem: files.problem ?? file?.problem,
    missing: !isNew && files.data !== undefined && file === undefined && edited === null,
  };
}

const askName = (taken: readonly string[]): Promise<string | null> =>
  prompt({
    title: 'Save chart',
    says: 'It becomes a text file in the folder charts.',
    label: 'Name',
    action: 'Save',
    validate: (name) => {
      if (/[/\\:*?"<>|]|^\.|\.$/.test(name)) return 'Use letters, digits, spaces, - and _.';
      return taken.some((other) => other.toLowerCase() === name.toLowerCase())
        ? `There is a chart "${name}" already.`
        : undefined;
    },
  });
