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

/** What Roll back would do, before it does. */
export interface RollBackPlan {
  /** The promotion that would be undone. */
  readonly receipt: Receipt;
  /** It is undone already: this workspace had not heard of it. */
  readonly undone: boolean;
  readonly tables: readonly RolledBack[];
}

/** What Roll back makes of one table. */
export interface RolledBack {
  readonly table: string;
  readonly kind: PromotedTable['kind'];
  /** What it holds now, and what that comes back held; null where nothing does, because it was new. */
  readonly rows: number;
  readonly earlier: number | null;
  /** Where it is kept all the same; not `sure` where that is only so while it is looked at. */
  readonly aside: { readonly place: string; readonly sure: boolean } | null;
  /** What others changed in it since. */
  readonly since: {
    readonly columns: readonly string[];
    /** Rows written there since, and those promoted that are no longer there as they were; missing where nothing tells. */
    readonly rows?: { readonly written: number; readonly gone: number };
  } | null;
}

/** A promotion, or the way back of one, whose end this workspace never heard of, because it was killed or cut off. */
export interface Interrupted {
  readonly id: string;
  readonly action: 'promote' | 'rollback';
  readonly target: string;
  readonly objects: readonly string[];
  /** How far it was: only while it is swapped in can the target be the old or the new one. */
  readonly stage: 'loading' | 'swapping';
  readonly startedAt: string;
}

/** What became of it, as the target tells. */
export interface Aftermath {
  readonly interrupted: Interrupted;
  /** Whether it happened as a whole, or nothing of it. */
  readonly happened: boolean;
  /** A promotion that happened and was rolled back since. */
  readonly undone: boolean;
  /** Of what was loaded there: so many rows are still there, to go on from; null where nothing is. */
  readonly staged: number | null;
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
  /** Says what that would do, and what of others it would set aside; changes nothing. */
  rollbackPlan: call(
    z.object({ target: z.string(), password: z.string().optional() }),
  ).returns<RollBackPlan>(),
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
  /** What was under way when this workspace was last closed or killed. */
  interrupted: call(z.object({})).returns<readonly Interrupted[]>(),
  /** Asks the target what became of those to it, and forgets them where nothing is left to do; `cleanUp` drops what they have loaded. */
  aftermath: call(
    z.object({ target: z.string(), password: z.string().optional(), cleanUp: z.boolean().default(false) }),
  ).returns<readonly Aftermath[]>(),
  receipts: call(z.object({})).returns<readonly Receipt[]>(),
  /** Whether a receipt's file is as it was signed, and by whom; a path is relative to the workspace. */
  proof: call(z.object({ file: z.string() })).returns<ReceiptProof>(),
};
