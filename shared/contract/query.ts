import { z } from 'zod';
import type { Column } from '../column.ts';
import { call } from '../wire.ts';
import { queryLanguage } from './query-language.ts';

/** What one statement gave. */
export interface StatementResult {
  /** The command as PostgreSQL names it: SELECT, INSERT … */
  readonly command: string;
  readonly columns: readonly Column[];
  /** Arrow IPC stream bytes where the statement returns rows. */
  readonly bytes?: Uint8Array;
  /** Rows in `bytes`, or rows affected. */
  readonly rows: number;
  /** True where more rows exist than were asked for. */
  readonly more: boolean;
  readonly ms: number;
}

export interface QueryFile {
  readonly name: string;
  readonly text: string;
  readonly modifiedAt: string;
}

const name = z.string().min(1).max(200);

export const query = {
  /** Runs what the analyst wrote, statement by statement, in one transaction where there is more than one. */
  run: call(
    z.object({ text: z.string(), limit: z.number().int().min(1).max(1_000_000).default(100_000) }),
  ).returns<readonly StatementResult[]>(),
  list: call(z.object({})).returns<readonly QueryFile[]>(),
  save: call(z.object({ name, text: z.string() })).returns<QueryFile>(),
  rename: call(z.object({ name, to: name })).returns<QueryFile>(),
  remove: call(z.object({ name })).returns<null>(),
  ...queryLanguage,
};
