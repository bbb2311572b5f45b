import type { StatementResult } from '../../../shared/contract/query.ts';
import type { QueryPlan } from '../../../shared/contract/query-results.ts';
import type { Problem } from '../../../shared/problem.ts';
import { useTabMemory, useTabState } from '../../workspace/tab-state.ts';

/** Values of `:name`; null is null. */
export type ParameterValues = Readonly<Record<string, string | null>>;

/** A result with the statement and the values that it came from. */
export interface Result {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly values: ParameterValues;
  readonly result: StatementResult;
}

/** What the last run of a query gave. */
export type Outcome =
  | { readonly status: 'none' }
  | { readonly status: 'running' }
  | {
      readonly status: 'done';
      readonly results: readonly Result[];
      readonly run: number;
      /** A plan was asked for since. */
      readonly earlier?: boolean;
    }
  | { readonly status: 'failed'; readonly problem: Problem; readonly again: (freely: boolean) => void };

const none: Outcome = { status: 'none' };
const noResults: readonly Result[] = [];
const noPlans: readonly QueryPlan[] = [];
const noValues: ParameterValues = {};
const noPair: readonly string[] = [];

/** The last run's outcome, shared by a query's views. */
export const useOutcome = () => useTabMemory<Outcome>('outcome', none);

/** What the status bar says of selected cells, shared by a query's views. */
export const useResultSelection = () => useTabMemory<string>('selection', '');

/** Results that stay while others come and go. */
export const usePinned = () => useTabMemory<readonly Result[]>('pinned', noResults);

/** Plans that were asked for, newest first. */
export const usePlans = () => useTabMemory<readonly QueryPlan[]>('plans', noPlans);

/** The page of the results that is seen. */
export const useResultPage = () => useTabMemory<string>('page', 'messages');

/** The ids of the two results that are compared: before and now. */
export const useCompared = () => useTabMemory<readonly string[]>('compared', noPair);

/** Whether this query may write; off again after a restart. */
export const useWriting = () => useTabMemory<boolean>('writing', false);

/** The values that parameters had last, there again after a restart. */
export const useRememberedValues = () => useTabState<ParameterValues>('values', noValues);
