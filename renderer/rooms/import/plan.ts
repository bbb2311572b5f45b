import { useCallback } from 'react';
import type { DialectOverride, FilePreview, OnMisfit } from '../../../shared/contract/files.ts';
import type { SettingValue } from '../../../shared/contract/formats.ts';
import type { ImportedTable } from '../../../shared/contract/import.ts';
import type { Problem } from '../../../shared/problem.ts';
import { useTabState } from '../../workspace/tab-state.ts';

/** What a person decided about one file; everything else is as it was found out. */
export interface FilePlan {
  readonly table?: string;
  readonly mode?: 'replace' | 'append' | 'merge';
  /** The columns that tell rows apart. */
  readonly key?: readonly string[];
  /** The recipe whose choices hold where none is made here. */
  readonly recipe?: string;
  readonly onMisfit?: Readonly<Record<string, OnMisfit>>;
  /** Where rows join those of a table: columns that only the file has are added to it. */
  readonly newColumns?: boolean;
  /** What stands for no value, by column. */
  readonly nulls?: Readonly<Record<string, readonly string[]>>;
  readonly dialect: DialectOverride;
  /** Settings of the file's format, by name. */
  readonly settings?: Readonly<Record<string, SettingValue>>;
  readonly types: Readonly<Record<string, string>>;
  /** How values are written that can be read in several ways, by column. */
  readonly formats?: Readonly<Record<string, string>>;
  readonly allText: boolean;
}

/** What an import of a file came to. */
export type Outcome =
  | { readonly status: 'done'; readonly imported: ImportedTable; readonly mode?: string }
  | { readonly status: 'failed'; readonly problem: Problem };

/** A plan in which nothing is decided. */
export const openPlan: FilePlan = { dialect: {}, settings: {}, types: {}, allText: false };

const noPlans: Readonly<Record<string, FilePlan>> = {};
const noOutcomes: Readonly<Record<string, Outcome>> = {};

/** The plans of all files of the tab. */
export const usePlans = () => useTabState('plans', noPlans);

/** The plan of a file, kept with the tab. */
export function usePlan(path: string): [FilePlan, (change: Partial<FilePlan>) => void] {
  const [plans, setPlans] = usePlans();
  const change = useCallback(
    (part: Partial<FilePlan>) =>
      setPlans((all) => ({ ...all, [path]: { ...(all[path] ?? openPlan), ...part } })),
    [path, setPlans],
  );
  return [plans[path] ?? openPlan, change];
}

/** What became of the files imported from this tab; still told after the app was opened anew. */
export const useOutcomes = () => useTabState('outcomes', noOutcomes);

/** What the engine is asked to look at, or to load. */
export function requestOf(
  path: string,
  { dialect, settings = {}, types, formats = {}, onMisfit = {}, nulls = {}, allText }: FilePlan,
) {
  const some = (choices: object) => Object.keys(choices).length > 0;
  return {
    path,
    ...(some(settings) ? { format: { settings } } : {}),
    ...(some(dialect) ? { dialect } : {}),
    ...(some(types) && !allText ? { types } : {}),
    ...(some(formats) && !allText ? { formats } : {}),
    ...(some(onMisfit) && !allText ? { onMisfit } : {}),
    ...(some(nulls) && !allText ? { nulls: mutable(nulls) } : {}),
    ...(allText ? { allText } : {}),
  };
}

const mutable = (nulls: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(nulls).map(([name, markers]) => [name, [...markers]]));

/** The same with what only an import needs; choices for columns that this file lacks are left out. */
export function importOf(path: string, plan: FilePlan, preview: FilePreview) {
  const { recipe, key = [], newColumns } = plan;
  const there = <T>(choices: Readonly<Record<string, T>> = {}) =>
    Object.fromEntries(
      Object.entries(choices).filter(([name]) => preview.columns.some((column) => column.name === name)),
    );
  return {
    ...requestOf(path, {
      ...plan,
      types: there(plan.types),
      formats: there(plan.formats),
      onMisfit: there(plan.onMisfit),
      nulls: there(plan.nulls),
    }),
    ...(recipe === undefined ? {} : { recipe }),
    ...(newColumns ? { newColumns } : {}),
    ...(key.length > 0 ? { key: [...key] } : {}),
  };
}

/** The last part of a path; of several files as one table, how many they are. */
export function fileName(path: string): string {
  if (path.startsWith('{')) return `${path.split(/(?<!\\),/).length} files as one`;
  const parts = path.split(/[/\\]/);
  return parts.at(-1) === '*' ? `${parts.at(-2)} as one` : (parts.at(-1) ?? path);
}
