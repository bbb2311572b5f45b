import { z } from 'zod';
import { call } from '../wire.ts';
import type { Verdict } from './checks.ts';
import type { PromotionMode } from './workspace.ts';

/** One thing that a promotion would do. */
export interface PlannedChange {
  readonly object: string;
  readonly kind: 'schema' | 'extension' | 'table' | 'collection' | 'view' | 'materialized view';
  readonly action: 'create' | 'keep' | PromotionMode;
  readonly destructive: boolean;
  readonly rows: number;
  /** What its rows take here; 0 where none of them are sent. */
  readonly bytes: number;
  /** In words: "12 rows on the server are replaced by 48,211". */
  readonly says: string;
  /** For a table that is replaced: rows new, changed and removed; null where there are too many to compare. */
  readonly counts: RowCounts | null;
  /** Columns, keys and indexes that go with the old table. */
  readonly lost: readonly string[];
}

/** Rows of a table that is there already: how those here differ from them. */
export interface RowCounts {
  /** By these columns one row is told from another; none: by all their values. */
  readonly by: readonly string[];
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly same: number;
}

/** A table that was changed on the target after it was promoted. */
export interface Drift {
  readonly table: string;
  /** When it was promoted. */
  readonly since: string;
  /** Columns whose values are others, `(columns)` where columns came or went. */
  readonly columns: readonly string[];
  readonly rowsThen: number;
  readonly rowsNow: number;
}

/** A row that is not the same on both sides; null where a side has none like it. */
export interface RowDifference {
  readonly here: Readonly<Record<string, string | null>> | null;
  readonly there: Readonly<Record<string, string | null>> | null;
  readonly columns: readonly string[];
}

/** A column whose values are private. */
export interface PrivateColumn {
  readonly table: string;
  readonly column: string;
  /** The collection that holds its text, where it would go with that one. */
  readonly collection: string | null;
}

/** How long a promotion takes, and what it would be with more rows. */
export interface Estimate {
  readonly rows: number;
  readonly bytes: number;
  readonly ms: number;
  /** Whether the rate is that of the last promotion to this target, or of made-up rows that were sent there to measure it. */
  readonly basis: 'last promotion' | 'measured';
  readonly growth: readonly Growth[];
}

/** The same promotion with ten or a hundred times the rows. */
export interface Growth {
  readonly factor: number;
  readonly rows: number;
  readonly bytes: number;
  readonly ms: number;
  /** What would be worth doing then, in words, each with its SQL. */
  readonly advice: readonly { readonly says: string; readonly sql: string }[];
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
  /** What was changed on the target since it was promoted: it is overwritten only if that is accepted. */
  readonly drift: readonly Drift[];
  /** Private columns of which nobody has said whether they go: they stop the promotion. */
  readonly undecided: readonly PrivateColumn[];
  /** How much is sent and how long that takes, now and with more rows; null where nothing is sent, or nothing could be measured. */
  readonly estimate: Estimate | null;
  readonly sql: string;
  /** Names what the plan was made from; apply refuses where it no longer fits. */
  readonly fingerprint: string;
}

export interface PromotedTable {
  readonly table: string;
  readonly kind: 'table' | 'collection' | 'view' | 'materialized view';
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
    /** Why it could not be evaluated, here or else there. */
    readonly why?: string;
  }[];
  /** The pipeline, or whatever else, that made it there, so that none of its rows had to go; missing where they went. */
  readonly madeBy?: string;
  /** How its rows met those that were there; missing where they replaced them. */
  readonly mode?: Exclude<PromotionMode, 'replace'>;
  /** What the whole table there holds afterwards, where that is more than what is compared. */
  readonly stands?: { readonly rows: number; readonly byColumn: Readonly<Record<string, string>> };
  /** The first rows that differ. */
  readonly differences: readonly RowDifference[];
  /** For vectors: how many were asked for their nearest rows, and whether both sides gave the same. */
  readonly neighbours: { readonly sampled: number; readonly equal: boolean } | null;
}

/** Where the rows of a table or a view came from. */
export interface Origin {
  readonly table: string;
  /** Its recipe, pipeline or query, and the SHA-256 of that file's text when it was promoted; null where no file says how. */
  readonly by: { readonly file: string; readonly sha256: string | null } | null;
  /** The file that was imported, with its SHA-256 as it was read then. */
  readonly source: { readonly file: string; readonly sha256: string } | null;
  /** The tables that it was made from, each with an origin of its own. */
  readonly reads: readonly string[];
}

export interface Receipt {
  readonly id: string;
  readonly target: string;
  readonly server: string;
  readonly status: 'verified' | 'differs' | 'rolled back';
  readonly tables: readonly PromotedTable[];
  /** Of all that was promoted, and of what that was made from; missing where nothing was promoted. */
  readonly origins?: readonly Origin[];
  /** Checks that failed when it was promoted, and were accepted; missing where there were none. */
  readonly accepted?: Plan['gates'];
  /** What the rows that were sent take here; missing where nothing was promoted. */
  readonly bytes?: number;
  readonly startedAt: string;
  readonly ms: number;
  /** Who promoted: the user on this machine, and the one on the target. */
  readonly by: { readonly person: string; readonly user: string };
  /** What else there is to know, in words. */
  readonly notes: readonly string[];
  /** Proves that this receipt was written with this workspace's key and not changed since; says nothing of who held it. */
  readonly signature: { readonly publicKey: string; readonly value: string } | null;
  /** The receipt's file in the workspace; null for a verification, which promotes nothing. */
  readonly receipt: string | null;
}

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
};
