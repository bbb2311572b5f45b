import type { Plan } from './promote-plan.ts';
import type { PromotionMode } from './workspace.ts';

/** A row that is not the same on both sides; null where a side has none like it. */
export interface RowDifference {
  readonly here: Readonly<Record<string, string | null>> | null;
  readonly there: Readonly<Record<string, string | null>> | null;
  readonly columns: readonly string[];
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
  /** Columns that are there as masks, in every row; missing where there are none. */
  readonly masked?: readonly string[];
  /** Rows that stayed there and hold masks from now on; missing where there was nothing to mask. */
  readonly maskedThere?: { readonly rows: number; readonly columns: readonly string[] };
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

/** What a receipt's signature proves of its file. */
export interface ReceiptProof {
  readonly file: string;
  readonly receipt: Receipt;
  /** It is as it was signed. */
  readonly intact: boolean;
  /** Signed with this workspace's key, which does not leave this machine. */
  readonly own: boolean;
  /** SHA-256 of the public key; null where there is none. */
  readonly key: string | null;
  readonly says: string;
}
