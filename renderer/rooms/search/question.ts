import { useMemo } from 'react';
import type {
  FilterValue,
  IndexKind,
  MetadataRange,
  SavedSearch,
  SearchResult,
} from '../../../shared/contract/search.ts';
import { isRange } from '../../../shared/contract/search-filter.ts';
import type { Corner } from '../../../shared/inside-polygon.ts';
import type { Option } from '../../ui/select.tsx';
import type { ArgOf } from '../../use-engine.ts';
import { useTabState } from '../../workspace/tab-state.ts';

export type Mode = SearchResult['mode'];

/** What is asked of a collection. */
export interface Question {
  readonly text: string;
  readonly mode: Mode;
  readonly filter: Readonly<Record<string, FilterValue>>;
  /** A condition in SQL, of a search that was kept with one. */
  readonly where: string | null;
  /** Documents that results are to be like, or not, by their ids. */
  readonly plus: readonly string[];
  readonly minus: readonly string[];
  /** How much meaning counts against words in `hybrid`. */
  readonly weights: { readonly meaning: number; readonly words: number };
  /** How `hybrid` makes one list of two. */
  readonly fusion: 'ranks' | 'scores';
  readonly diversity: number;
  /** One result for each value of this key, or for each row; null for every document. */
  readonly group: string | null;
  readonly least: number | null;
  /** Corners of what was drawn on the map: only documents in it. */
  readonly region: readonly Corner[] | null;
  /** Only documents of this topic of the map. */
  readonly topic: { readonly number: number; readonly label: string } | null;
}

/** The modes, as the switch names them. */
export const modes: readonly Option<Mode>[] = [
  { value: 'vector', label: 'Meaning' },
  { value: 'text', label: 'Words' },
  { value: 'hybrid', label: 'Both' },
];

/** How vectors are looked through, in words. */
export const kindNames: Readonly<Record<IndexKind, string>> = {
  exact: 'comparing all',
  bitlists: 'IVFFlat over bits, compared again',
  bits: 'HNSW over bits, compared again',
  hnsw: 'HNSW',
  ivfflat: 'IVFFlat',
};

const nothing: Question = {
  text: '',
  mode: 'vector',
  filter: {},
  where: null,
  plus: [],
  minus: [],
  weights: { meaning: 1, words: 1 },
  fusion: 'ranks',
  diversity: 0,
  group: null,
  least: null,
  region: null,
  topic: null,
};

/** The question of this tab; it is there again after a restart. */
export function useQuestion(): readonly [Question, (question: Question) => void] {
  const [kept, keep] = useTabState<Partial<Question>>('question', nothing);
  // What an earlier Assay kept has fewer parts.
  const question = useMemo(() => ({ ...nothing, ...kept }), [kept]);
  return [question, keep];
}

/** Whether there is something to ask. */
export const asksSomething = ({ text, plus, mode }: Question): boolean =>
  text.trim() !== '' || (plus.length > 0 && mode !== 'text');

/** Whether metadata narrows what is found. */
export const isFiltered = ({ filter, where }: Question): boolean =>
  Object.keys(filter).length > 0 || where !== null;

/** How many results are asked for. */
export const limit = 50;

/** Which documents are compared and with what, as the engine takes it. */
export const comparedOf = (collection: string, question: Question) => ({
  ...placeOf(collection, question),
  text: question.text.trim(),
  like: { plus: [...question.plus], minus: [...question.minus] },
});

/** Where on the map and under which filters, as the engine takes it. */
export const placeOf = (collection: string, { filter, where, region, topic }: Question) => ({
  collection,
  filter,
  ...(where === null ? {} : { where }),
  ...(region === null ? {} : { region: region.map(([x, y]): [number, number] => [x, y]) }),
  ...(topic === null ? {} : { topic: topic.number }),
});

/** The question as the engine takes it. */
export const askedOf = (collection: string, question: Question): ArgOf<'search', 'find'> => {
  const { mode, weights, fusion, diversity, group, least } = question;
  return {
    ...comparedOf(collection, question),
    mode,
    weights,
    fusion,
    diversity,
    limit,
    ...(group === null ? {} : { group }),
    ...(least === null ? {} : { least }),
  };
};

/** A kept search as a question. */
export const questionOf = ({
  like,
  where,
  group,
  least,
  region,
  topic,
  ...search
}: SavedSearch): Question => ({
  ...nothing,
  text: search.text,
  mode: search.mode,
  filter: search.filter,
  weights: search.weights,
  fusion: search.fusion,
  diversity: search.diversity,
  ...like,
  where: where?.trim() ? where : null,
  group: group ?? null,
  least: least ?? null,
  region: region ?? null,
  topic: topic === undefined ? null : { number: topic, label: `topic ${topic}` },
});

/** A value in a chip or a menu. */
export const valueWords = (value: unknown): string => {
  if (value === null) return 'null';
  return value === '' ? '""' : String(value);
};

/** What a filter holds a key against, a value or a range. */
export const filterWords = (value: FilterValue): string =>
  isRange(value) ? rangeWords(value) : valueWords(value);

const rangeWords = ({ from, to }: MetadataRange): string => {
  if (from === undefined) return `up to ${to}`;
  return to === undefined ? `from ${from}` : `${from} to ${to}`;
};
