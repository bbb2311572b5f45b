import { z } from 'zod';
import { call } from '../wire.ts';

export interface Collection {
  readonly name: string;
  readonly table: string;
  readonly textColumns: readonly string[];
  readonly metadataColumns: readonly string[];
  readonly model: string;
  readonly dimensions: number;
  readonly documents: number;
  /** Rows of the table whose text is new or changed since they were embedded. */
  readonly stale: number;
  readonly updatedAt: string;
}

export interface EmbedResult {
  readonly collection: string;
  readonly embedded: number;
  readonly reused: number;
  readonly removed: number;
  readonly documents: number;
  readonly ms: number;
}

export interface SearchHit {
  readonly documentId: string;
  readonly row: number;
  /** Cosine similarity for mode `vector`; the fused score for `hybrid`; text rank for `text`. */
  readonly score: number;
  readonly content: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export const searchMode = z.enum(['vector', 'text', 'hybrid']);

export interface SearchResult {
  readonly collection: string;
  readonly mode: z.infer<typeof searchMode>;
  readonly results: readonly SearchHit[];
  readonly ms: number;
}

const name = z
  .string()
  .regex(/^[A-Za-z_][\w]*$/, 'letters, digits and _ only')
  .max(63);

export const search = {
  list: call(z.object({})).returns<readonly Collection[]>(),
  /** Embeds a table's text into a collection; what is there already and unchanged is kept. */
  embed: call(
    z.object({
      table: z.string(),
      columns: z.array(z.string()).min(1),
      collection: name.optional(),
      /** Columns kept as metadata beside the vector; default: all others. */
      metadata: z.array(z.string()).optional(),
    }),
  ).returns<EmbedResult>(),
  /** Finds documents near a text. `filter` matches metadata exactly; `where` is an SQL expression over content, metadata, created_at. */
  find: call(
    z.object({
      text: z.string().min(1),
      collection: z.string().optional(),
      mode: searchMode.default('vector'),
      filter: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
      where: z.string().optional(),
      limit: z.number().int().min(1).max(1000).default(20),
    }),
  ).returns<SearchResult>(),
  /** The values of a metadata key, most frequent first, for filter menus. */
  metadataValues: call(z.object({ collection: z.string() })).returns<
    readonly {
      readonly key: string;
      readonly values: readonly { readonly value: unknown; readonly count: number }[];
    }[]
  >(),
  remove: call(z.object({ collection: z.string() })).returns<null>(),
};
