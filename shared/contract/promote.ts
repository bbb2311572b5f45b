import { z } from 'zod';
import { call } from '../wire.ts';
import type { Plan } from './promote-plan.ts';
import type { PromotedTable, Receipt, ReceiptProof } from './promote-receipt.ts';

export type * from './promote-plan.ts';
export type * from './promote-receipt.ts';

/** A target as it was found. */
export interface Probe {
  readonly target: string;
  readonly server: string;
  readonly major: number;
  /** Whether this version is one that promotions are made for. */
  readonly supported: boolean;
  readonly database: string;
  readonly user: string;
  readonly superuser: boolean;
  readonly encrypted: boolean;
  readonly extensions: readonly {
    readonly name: string;
    readonly version: string | null;
    readonly available: boolean;
  }[];
  readonly connections: { readonly max: number; readonly used: number; readonly free: number };
  /** What promotions need and this user lacks, in words; none: it can begin. */
  readonly missing: readonly string[];
  /** What the database's owner runs to give exactly that; empty where nothing lacks. */
  readonly grants: string;
}

/** One thing that was promoted to two targets, or to one of them. */
export interface TargetDifference {
  readonly object: string;
  readonly kind: PromotedTable['kind'];
  readonly same: boolean;
  /** Columns that one side lacks, or whose types or values are others. */
  readonly columns: readonly string[];
  /** When it was promoted to each, and its rows now; null where it is not there. */
  readonly sides: readonly [TargetSide | null, TargetSide | null];
}

export interface TargetSide {
  readonly since: string;
  readonly rows: number;
}

/** What two targets hold of what was promoted to them. */
export interface TargetDiff {
  readonly targets: readonly [string, string];
  readonly same: boolean;
  readonly objects: readonly TargetDifference[];
}

const chosen = {
  target: z.string(),
  /** What goes, by name, with all that it reads; default: all, and the queries that the target names. */
  tables: z.array(z.string()).optional(),
  collections: z.array(z.string()).optional(),
  views: z.array(z.string()).optional(),
  /** Queries of these names go as views. */
  queries: z.array(z.string()).optional(),
  /** Leave out what has vectors where the target cannot hold them. */
  withoutVectors: z.boolean().optional(),
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
      /** Overwrite what was changed on the target since it was promoted. */
      acceptDrift: z.boolean().default(false),
      /** What becomes of versions there that hold as it was what is masked or left out now; needed where the plan names some. */
      plainVersions: z.enum(['keep', 'drop']).optional(),
    }),
  ).returns<Receipt>(),
  /** What the target is, and what is missing there. */
  probe: call(z.object({ target: z.string(), password: z.string().optional() })).returns<Probe>(),
  /** Compares what is on the target with what is here, changing nothing. */
  verify: call(z.object(chosen)).returns<Receipt>(),
  /** Puts back what the last promotion to this target replaced. */
  rollback: call(z.object({ target: z.string(), password: z.string().optional() })).returns<Receipt>(),
  /** Compares what was promoted to two targets as it is there now. */
  diff: call(
    z.object({
      target: z.string(),
      password: z.string().optional(),
      other: z.string(),
      otherPassword: z.string().optional(),
    }),
  ).returns<TargetDiff>(),
  /** The views of this workspace, which can go as they are. */
  views: call(z.object({})).returns<
    readonly { readonly name: string; readonly kind: 'view' | 'materialized view' }[]
  >(),
  receipts: call(z.object({})).returns<readonly Receipt[]>(),
  /** Whether a receipt's file is as it was signed, and by whom; a path is relative to the workspace. */
  proof: call(z.object({ file: z.string() })).returns<ReceiptProof>(),
};
