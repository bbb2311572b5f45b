import type { z } from 'zod';
import type { Problem } from '../problem.ts';
import type { savedSearch } from './search.ts';

/** A search as its file keeps it. */
export type SavedSearch = z.infer<typeof savedSearch>;

/** A file of searches/: what it asks, or what is wrong with it. */
export interface SavedSearchFile {
  readonly name: string;
  readonly search?: SavedSearch;
  readonly problem?: Problem;
}
