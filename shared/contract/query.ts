import { z } from 'zod';
import { byName } from '../by-name.ts';
import type { Column } from '../column.ts';
import { call } from '../wire.ts';
import { charts } from './charts.ts';
import { queryLanguage } from './query-language.ts';
import { queryResults } from './query-results.ts';

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
  /** What has to be known of the rows before they are believed. */
  readonly remarks?: readonly string[];
}

export interface QueryFile {
  readonly name: string;
  readonly text: string;
  readonly modifiedAt: string;
}

/** A `:name` of a query and its type as PostgreSQL infers it. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
}

/** A value that is none of its parameter's type, in PostgreSQL's words. */
export interface Misfit {
  readonly name: string;
  readonly message: string;
}

/** Whether the last write can be undone, and what that would do. */
export interface QueryUndo {
  readonly possible: boolean;
  readonly says: string;
  readonly text?: string;
  readonly at?: string;
}

/** A run that was remembered. */
export interface HistoryEntry {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly ms: number;
  readonly outcome: 'done' | 'failed' | 'cancelled';
  /** Rows of the last statement that gave some, or what went wrong. */
  readonly rows?: number;
  readonly message?: string;
}

/** What the name of WITH or the subselect under the cursor gives. */
export interface QueryPreview {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly result: StatementResult;
  /** Tables that were read in part, because all of them would take long. */
  readonly sampled: readonly { readonly table: string; readonly rows: number; readonly of: number }[];
}

const name = z.string().min(1).max(200);
const values = byName(z.string().nullable()).default({});
const limit = z.number().int().min(1).max(1_000_000).default(100_000);

export const query = {
  /** Runs what the analyst wrote, statement by statement, in one transaction where there is more than one. */
  run: call(
    z.object({
      text: z.string(),
      limit,
      /** Values of `:name`; null is null. */
      values,
      /** `no`: only reads. `undoable`: refuses what could not be undone. `free`: whatever it says. */
      writing: z.enum(['no', 'undoable', 'free']).default('free'),
    }),
  ).returns<readonly StatementResult[]>(),
  /** The parameters of a text, for asking their values before it runs. */
  parameters: call(z.object({ text: z.string() })).returns<readonly Parameter[]>(),
  /** Which values their parameters' types do not take. */
  misfits: call(z.object({ text: z.string(), values })).returns<readonly Misfit[]>(),
  undoState: call(z.object({})).returns<QueryUndo>(),
  /** Takes the last write back, all of it or nothing. */
  undo: call(z.object({})).returns<QueryUndo>(),
  /** Runs that were remembered, newest first; `search` is looked for in their text. */
  history: call(
    z.object({ search: z.string().default(''), limit: z.number().int().min(1).max(2000).default(200) }),
  ).returns<readonly HistoryEntry[]>(),
  /** Runs what the cursor is in, on a sample of large tables; nothing where it is in no WITH and no subselect. */
  preview: call(
    z.object({ text: z.string(), at: z.number().int().min(0), values, limit: limit.default(500) }),
  ).returns<QueryPreview | null>(),
  list: call(z.object({})).returns<readonly QueryFile[]>(),
  save: call(z.object({ name, text: z.string() })).returns<QueryFile>(),
  rename: call(z.object({ name, to: name })).returns<QueryFile>(),
  remove: call(z.object({ name })).returns<null>(),
  ...queryLanguage,
  ...queryResults,
  ...charts,
};
