import { FileCode2 } from 'lucide-react';
import { useEngine } from '../use-engine.ts';
import type { ExplorerGroup } from './group.ts';

/** The workspace's SQL files. */
export function useQueriesGroup(): ExplorerGroup {
  const { data, problem } = useEngine('query', 'list', {});
  const items = data?.map(({ name }) => ({ kind: 'query', key: name, title: name, icon: FileCode2 }));
  return { id: 'queries', title: 'Queries', room: 'query', items, problem, none: 'No queries yet' };
}
