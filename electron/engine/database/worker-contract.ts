import { z } from 'zod';
import type { Column } from '../../../shared/column.ts';
import type { StatementResult } from '../../../shared/contract/query.ts';
import { call } from '../../../shared/wire.ts';
import type { Compiled } from './compiled.ts';

/** Rows as Arrow IPC stream bytes. */
export interface RowsAsArrow {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** What a statement gives and takes, known without running it. */
export interface PlannedStatement {
  readonly columns: readonly Column[];
  /** Types of `$1`, `$2` … */
  readonly parameters: readonly string[];
}

/** What a statement that returns few rows gives: objects, as PGlite parses them. */
export interface SmallResult {
  readonly rows: readonly Record<string, unknown>[];
  readonly affected: number;
}

const value = z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()]);

/** Every call between the engine and the worker that owns PGlite. One call at a time: the worker's thread blocks. */
export const workerContract = {
  database: {
    /** Opens the data folder; one that is not there yet is made by initdb, which takes seconds. */
    open: call(z.object({ dataDir: z.string(), compiled: z.custom<Compiled>() })).returns<null>(),
    query: call(z.object({ text: z.string(), params: z.array(value) })).returns<SmallResult>(),
    /** Runs a text of several statements, as migrations are. */
    script: call(z.object({ text: z.string() })).returns<null>(),
    /** Plans a statement without running it: its columns, none for one that returns no rows. */
    describe: call(z.object({ text: z.string() })).returns<readonly Column[]>(),
    /** The same with the types of its parameters, for what an analyst writes. */
    plan: call(z.object({ text: z.string() })).returns<PlannedStatement>(),
    /** Runs a SELECT and gives its rows as Arrow. */
    rows: call(z.object({ text: z.string() })).returns<RowsAsArrow>(),
    /** Runs one statement of an analyst's own text; `limit` cuts a SELECT's rows. */
    written: call(z.object({ text: z.string(), limit: z.number() })).returns<StatementResult>(),
    /** `COPY … TO STDOUT`: what it wrote. */
    copyOut: call(z.object({ text: z.string() })).returns<Uint8Array>(),
    /** `COPY … FROM '/dev/blob'`: reads `bytes`, returns the number of rows. */
    copyIn: call(
      z.object({ text: z.string(), bytes: z.instanceof(Uint8Array<ArrayBufferLike>) }),
    ).returns<number>(),
    close: call(z.object({})).returns<null>(),
  },
};
