import { z } from 'zod';
import { byName } from '../by-name.ts';
import { call } from '../wire.ts';

/** One node of a plan as people read it. */
export interface PlanNode {
  /** Its place in the tree: `0.1.0`. */
  readonly id: string;
  /** What it does: `Hash Join`, `Seq Scan`. */
  readonly does: string;
  /** On what: `orders o using orders_pkey`. */
  readonly on: string;
  /** Conditions, sort keys and what else PostgreSQL tells, by its own names. */
  readonly details: readonly (readonly [name: string, value: string])[];
  readonly estimatedRows: number;
  /** Over all loops; none where it was not run. */
  readonly rows?: number;
  readonly loops?: number;
  /** Of its own, without its children: milliseconds where it was run, else cost. */
  readonly own: number;
  /** Its share of the whole, 0 to 1. */
  readonly share: number;
  /** Where it was run: how many times the rows differ from the estimate, at least 1. */
  readonly off?: number;
  readonly children: readonly PlanNode[];
}

/** How PostgreSQL does a statement. */
export interface QueryPlan {
  readonly text: string;
  /** Run, so that times and rows are real. */
  readonly analyzed: boolean;
  /** Milliseconds where it was run, else cost. */
  readonly total: number;
  readonly planningMs?: number;
  readonly root: PlanNode;
}

/** A row that differs between two results. */
export interface ResultDifference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** The key's values, or the row's place from 1. */
  readonly key: readonly (string | null)[];
  /** By column: the text before and now; null is null, absent where the row is not there. */
  readonly before?: readonly (string | null)[];
  readonly now?: readonly (string | null)[];
}

/** What differs between two results. */
export interface ResultComparison {
  readonly columns: readonly string[];
  readonly columnsAdded: readonly string[];
  readonly columnsRemoved: readonly string[];
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly same: number;
  /** The first of them. */
  readonly rows: readonly ResultDifference[];
}

const bytes = z.instanceof(Uint8Array<ArrayBufferLike>);
const values = byName(z.string().nullable()).default({});

/** What is done with plans and results. */
export const queryResults = {
  /** How a statement is done; with `analyze` it is run, where it only reads, and nothing of it is kept. */
  explain: call(z.object({ text: z.string(), values, analyze: z.boolean() })).returns<QueryPlan>(),
  /** Compares two results by key columns, or by place where there are none. */
  compare: call(
    z.object({
      before: bytes,
      now: bytes,
      key: z.array(z.string()),
      limit: z.number().int().min(1).max(10_000).default(500),
    }),
  ).returns<ResultComparison>(),
  /** The text with its values written out, for what keeps it. */
  bound: call(z.object({ text: z.string(), values })).returns<{ readonly text: string }>(),
};
