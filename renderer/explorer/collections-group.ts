import { Orbit } from 'lucide-react';
import { count, counted } from '../../shared/number-words.ts';
import { useEngine } from '../use-engine.ts';
import type { ExplorerGroup } from './group.ts';

/** Embedded text, with how many rows are newer than it. */
export function useCollectionsGroup(): ExplorerGroup {
  const { data, problem } = useEngine('search', 'list', {}, { also: ['tables'] });
  const items = data?.map(({ name, documents, stale }) => ({
    kind: 'collection',
    key: name,
    title: name,
    icon: Orbit,
    aside: count(documents),
    marks:
      stale > 0
        ? [{ tone: 'warn', text: count(stale), says: `${counted(stale, 'row')} changed since` } as const]
        : [],
  }));
  return {
    id: 'search',
    title: 'Collections',
    room: 'search',
    items,
    problem,
    none: 'No text embedded yet',
  };
}
