import type { EngineEvent } from '../../shared/contract/index.ts';
import type { Database } from './database/database.ts';
import type { Workspace } from './workspace/workspace.ts';

/** What every room is given. */
export interface Context {
  readonly workspace: Workspace;
  readonly database: Database;
  /** Tells the window what it did not ask for. */
  readonly emit: (event: EngineEvent) => void;
  /** Why a collection's vectors are not those of its table as it is now, and what to do; undefined where they are. */
  readonly whyStale: (collection: string, signal?: AbortSignal) => Promise<string | undefined>;
}
