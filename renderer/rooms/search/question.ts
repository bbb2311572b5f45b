import type { SearchResult } from '../../../shared/contract/search.ts';
import type { Option } from '../../ui/select.tsx';
import type { ArgOf } from '../../use-engine.ts';
import { useTabState } from '../../workspace/tab-state.ts';

export type Mode = SearchResult['mode'];
export type FilterValue = string | number | boolean | null;

/** What is asked of a collection. */
export interface Question {
  readonly text: string;
  readonly mode: Mode;
  readonly filter: Readonly<Record<string, FilterValue>>;
}

/** The modes, as the switch names them. */
export const modes: readonly Option<Mode>[] = [
  { value: 'vector', label: 'Meaning' },
  { value: 'text', label: 'Words' },
  { value: 'hybrid', label: 'Both' },
];

const nothing: Question = { text: '', mode: 'vector', filter: {} };

/** The question of this tab; it is there again after a restart. */
export const useQuestion = () => useTabState('question', nothing);

/** How many results are asked for. */
export const limit = 50;

/** The question as the engine takes it. */
export const askedOf = (collection: string, { text, mode, filter }: Question): ArgOf<'search', 'find'> => ({
  collection,
  text: text.trim(),
  mode,
  filter,
  limit,
});

/** A value in a chip or a menu. */
export const valueWords = (value: unknown): string => {
  if (value === null) return 'null';
  return value === '' ? '""' : String(value);
};
