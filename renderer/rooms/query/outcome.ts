import type { StatementResult } from '../../../shared/contract/query.ts';
import type { Problem } from '../../../shared/problem.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';

/** What the last run of a query gave. */
export type Outcome =
  | { readonly status: 'none' }
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly results: readonly StatementResult[]; readonly run: number }
  | { readonly status: 'failed'; readonly problem: Problem };

const none: Outcome = { status: 'none' };

/** The last run's outcome, shared by a query's views. */
export const useOutcome = () => useTabMemory<Outcome>('outcome', none);

/** What the status bar says of selected cells, shared by a query's views. */
export const useResultSelection = () => useTabMemory<string>('selection', '');
