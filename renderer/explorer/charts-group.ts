import { ChartColumn } from 'lucide-react';
import { useEngine } from '../use-engine.ts';
import type { ExplorerGroup } from './group.ts';

/** The workspace's charts. */
export function useChartsGroup(): ExplorerGroup {
  const { data, problem } = useEngine('query', 'charts', {});
  const items = data?.map(({ name, problem: fault }) => ({
    kind: 'chart',
    key: name,
    title: name,
    icon: ChartColumn,
    marks: fault ? [{ tone: 'bad', text: 'unreadable', says: fault.message } as const] : [],
  }));
  return { id: 'charts', title: 'Charts', room: 'query', items, problem, none: 'No charts yet' };
}
