import { useCallback } from 'react';
import type { DialectOverride } from '../../../shared/contract/files.ts';
import type { SettingValue } from '../../../shared/contract/formats.ts';
import type { ImportedTable } from '../../../shared/contract/import.ts';
import type { Problem } from '../../../shared/problem.ts';
import { useTabMemory, useTabState } from '../../workspace/tab-state.ts';

/** What a person decided about one file; everything else is as it was found out. */
export interface FilePlan {
  readonly table?: string;
  readonly mode?: 'replace' | 'append';
  readonly dialect: DialectOverride;
  /** Settings of the file's format, by name. */
  readonly settings?: Readonly<Record<string, SettingValue>>;
  readonly types: Readonly<Record<string, string>>;
  readonly allText: boolean;
}

/** What an import of a file came to. */
export type Outcome =
  | { readonly status: 'done'; readonly imported: ImportedTable }
  | { readonly status: 'failed'; readonly problem: Problem };

/** A plan in which nothing is decided. */
export const openPlan: FilePlan = { dialect: {}, settings: {}, types: {}, allText: false };

const noPlans: Readonly<Record<string, FilePlan>> = {};
const noOutcomes: Readonly<Record<string, Outcome>> = {};

/** The plan of a file, kept with the tab. */
export function usePlan(path: string): [FilePlan, (change: Partial<FilePlan>) => void] {
  const [plans, setPlans] = useTabState('plans', noPlans);
  const change = useCallback(
    (part: Partial<FilePlan>) =>
      setPlans((all) => ({ ...all, [path]: { ...(all[path] ?? openPlan), ...part } })),
    [path, setPlans],
  );
  return [plans[path] ?? openPlan, change];
}

/** What became of the files imported from this tab. */
export const useOutcomes = () => useTabMemory('outcomes', noOutcomes);

/** What the engine is asked to look at, or to load. */
export const requestOf = (path: string, { dialect, settings = {}, types, allText }: FilePlan) => ({
  path,
  ...(Object.keys(settings).length > 0 ? { format: { settings } } : {}),
  ...(Object.keys(dialect).length > 0 ? { dialect } : {}),
  ...(Object.keys(types).length > 0 && !allText ? { types } : {}),
  ...(allText ? { allText } : {}),
});

/** The last part of a path; of several files as one table, how many they are. */
export function fileName(path: string): string {
  if (path.startsWith('{')) return `${path.split(/(?<!\\),/).length} files as one`;
  const parts = path.split(/[/\\]/);
  return parts.at(-1) === '*' ? `${parts.at(-2)} as one` : (parts.at(-1) ?? path);
}
