import { z } from 'zod';
import { byName } from '../by-name.ts';
import { call } from '../wire.ts';

/**
 * How a table's rows meet those on the target. `replace`: the table there is replaced as a whole. `append`: rows that are
 * not there yet come to those that are. `merge`: by key, new rows come, changed ones take the place of the old, the rest
 * stays. `scd2`: by key, every version of a row stays, with valid_from, valid_to and is_current.
 */
export const promotionModes = ['replace', 'append', 'merge', 'scd2'] as const;
export type PromotionMode = (typeof promotionModes)[number];

/** What becomes of a column's values on their way: as they are, as a hash that tells nothing but equality, or not sent. */
export const columnDecisions = ['keep', 'mask', 'drop'] as const;
export type ColumnDecision = (typeof columnDecisions)[number];

/** Where a table is made, and as what. */
export const madeWays = ['here', 'there', 'view', 'materialized view'] as const;
export type MadeWay = (typeof madeWays)[number];

/** What one partition of a table holds. */
export const partitionSpans = ['day', 'week', 'month', 'year'] as const;
export type PartitionSpan = (typeof partitionSpans)[number];

const tableSettings = z.looseObject({
  mode: z.enum(promotionModes).optional(),
  /** By these columns one row is told from another. Default: the primary key on the target. */
  key: z.array(z.string().min(1)).min(1).optional(),
  /**
   * `there`: its pipeline makes it on the target, from the tables that it reads; they go along. As a view or a
   * materialized view it is there what the pipeline says whenever it is looked at, or refreshed.
   */
  made: z.enum(madeWays).optional(),
  /** It is divided on the server by a column of days or times, so that old rows go and are left out quickly. */
  partition: z
    .looseObject({ by: z.string().min(1), every: z.enum(partitionSpans).default('month') })
    .optional(),
  /** What becomes of columns; a private one without a word here stops the promotion. */
  private: byName(z.enum(columnDecisions)).optional(),
});

/** The words that it may say. */
export const tableSettingWords: readonly string[] = Object.keys(tableSettings.shape);

/** What a target says about one table. */
export type TargetTable = z.infer<typeof tableSettings>;

/** A server, or another workspace's folder, to promote to. Never a secret. */
export const target = z.looseObject({
  name: z.string().min(1),
  kind: z.enum(['postgres', 'workspace']),
  host: z.string().optional(),
  port: z.number().int().positive().optional(),
  database: z.string().optional(),
  user: z.string().optional(),
  /** Default: `verify-full`, and `disable` for this machine. */
  tls: z.enum(['verify-full', 'require', 'disable']).optional(),
  /** A file with the certificate of the authority that signed the server's, absolute or relative to this workspace. */
  ca: z.string().optional(),
  /** Files with a certificate of the client's own and its key, for servers that let nobody in without. */
  cert: z.string().optional(),
  key: z.string().optional(),
  /** The schema that tables go to there; collections go to `<schema>_collections`. Default: `public` and `collections`. */
  schema: z.string().min(1).max(40).optional(),
  /** How many replaced versions are kept for the way back. */
  keep: z.number().int().min(1).max(20).optional(),
  /** So many seconds may one statement take there. */
  patience: z.number().positive().optional(),
  /** How single tables go there; the others are replaced. */
  tables: byName(tableSettings).optional(),
  /** Queries that go there as views, beside all tables, views and collections. */
  queries: z.array(z.string().min(1)).optional(),
  /** For kind `workspace`: the folder, absolute or relative to this workspace. */
  folder: z.string().optional(),
});

export type Target = z.infer<typeof target>;

/** After what the checks of a table run by themselves. */
export const runMoments = ['import', 'pipeline', 'save'] as const;

const runAfter = z.array(z.enum(runMoments));

/** How checks go about in a workspace. What a table says of itself counts before what is said of all. */
export const checkSettings = z.looseObject({
  runAfter: runAfter.default(['import', 'pipeline', 'save']),
  tables: z
    .record(
      z.string(),
      z.looseObject({
        runAfter: runAfter.optional(),
        owner: z.string().optional(),
        /** Has to be fresh within the hour. */
        critical: z.boolean().optional(),
      }),
    )
    .default({}),
  /** Who is told of a rule that begins to fail. Nobody, unless something is written here. */
  alerts: z
    .looseObject({
      desktop: z.boolean().default(false),
      /** A command line that gets what failed as JSON on its standard input. */
      command: z.string().optional(),
      /** An address that what failed is posted to as JSON. */
      webhook: z.url({ protocol: /^https?$/ }).optional(),
    })
    .prefault({}),
});

export type CheckSettings = z.output<typeof checkSettings>;

export interface WorkspaceInfo {
  readonly dir: string;
  readonly name: string;
  readonly targets: readonly Target[];
  readonly checks: CheckSettings;
  /** True for the sample workspace that comes with the app, opened as such. */
  readonly sample: boolean;
}

/** What the engine is doing; answered at once whatever the database does. */
export interface EngineStatus {
  readonly state: 'opening' | 'ready' | 'busy' | 'restarting' | 'failed';
  /** What the database is working on, and since when in milliseconds. */
  readonly running?: { readonly title: string; readonly ms: number };
  readonly queued: number;
  readonly memoryBytes: number;
  /** Servers the engine is connected to now as `host:port`, and how often it connected to any since it started. */
  readonly connections: { readonly open: readonly string[]; readonly made: number };
}

export const workspace = {
  /** Waits until the workspace is open; fails with the reason where it cannot be opened. */
  info: call(z.object({})).returns<WorkspaceInfo>(),
  status: call(z.object({})).returns<EngineStatus>(),
  rename: call(z.object({ name: z.string().min(1).max(120) })).returns<WorkspaceInfo>(),
  saveTarget: call(z.object({ target })).returns<WorkspaceInfo>(),
  removeTarget: call(z.object({ name: z.string() })).returns<WorkspaceInfo>(),
  /** When checks run by themselves, and who is told. */
  saveChecks: call(z.object({ checks: checkSettings })).returns<WorkspaceInfo>(),
  /** Tabs, sizes and unsaved text, as the window keeps them. */
  layout: call(z.object({})).returns<unknown>(),
  saveLayout: call(z.object({ layout: z.unknown() })).returns<null>(),
};
