import { z } from 'zod';
import { call } from '../wire.ts';
import type { Verdict } from './checks.ts';

/** One thing that a promotion would do. */
export interface PlannedChange {
  readonly object: string;
  readonly kind: 'schema' | 'extension' | 'table' | 'collection' | 'index';
  readonly action: 'create' | 'replace' | 'keep';
  readonly destructive: boolean;
  readonly rows: number;
  /** In words: "12 rows on the server are replaced by 48,211". */
  readonly says: string;
}

export interface Plan {
  readonly target: string;
  readonly server: string;
  readonly changes: readonly PlannedChange[];
  /** Checks on the chosen tables that fail now: they stop the promotion unless accepted. */
  readonly gates: readonly {
    readonly table: string;
    readonly check: string;
    readonly verdict: Verdict;
    readonly says: string;
  }[];
  readonly sql: string;
  /** Names what the plan was made from; apply refuses where it no longer fits. */
  readonly fingerprint: string;
}

export interface PromotedTable {
  readonly table: string;
  readonly kind: 'table' | 'collection';
  readonly rows: number;
  readonly serverRows: number;
  readonly checksumsEqual: boolean;
  /** Whether the table's checks gave the same verdicts on both sides; null where it has none. */
  readonly checksEqual: boolean | null;
  readonly columns: readonly {
    readonly name: string;
    readonly checksum: string;
    readonly serverChecksum: string;
  }[];
  /** Rows that break each of the table's rules on both sides; null where the rule cannot be evaluated there. */
  readonly checks: readonly {
    readonly check: string;
    readonly badRows: number | null;
    readonly serverBadRows: number | null;
  }[];
}

export interface Receipt {
  readonly id: string;
  readonly target: string;
  readonly server: string;
  readonly status: 'verified' | 'differs' | 'rolled back';
  readonly tables: readonly PromotedTable[];
  /** Checks that failed when it was promoted, and were accepted; missing where there were none. */
  readonly accepted?: Plan['gates'];
  readonly startedAt: string;
  readonly ms: number;
  /** The receipt's file in the workspace; null for a verification, which promotes nothing. */
  readonly receipt: string | null;
}

const chosen = {
  target: z.string(),
  /** Tables and collections by name; default: all. */
  tables: z.array(z.string()).optional(),
  collections: z.array(z.string()).optional(),
  /** The server's password; kept in memory for this call only. */
  password: z.string().optional(),
};

export const promote = {
  plan: call(z.object(chosen)).returns<Plan>(),
  /** Does what the plan said, verifies it and writes the receipt. */
  apply: call(
    z.object({
      ...chosen,
      fingerprint: z.string().optional(),
      acceptDestructive: z.boolean().default(false),
      acceptFailing: z.boolean().default(false),
    }),
  ).returns<Receipt>(),
  /** Compares what is on the target with what is here, changing nothing. */
  verify: call(z.object(chosen)).returns<Receipt>(),
  /** Puts back what the last promotion to this target replaced. */
  rollback: call(z.object({ target: z.string(), password: z.string().optional() })).returns<Receipt>(),
  receipts: call(z.object({})).returns<readonly Receipt[]>(),
};
