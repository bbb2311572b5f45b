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
  /** Which part of its row's text it is, from 0. */
  readonly part: number;
  /** Cosine similarity for mode `vector`; the fused score for `hybrid`; BM25 for `text`. */
  readonly score: number;
  /** What each part of the search says of it; null where that part was not asked or did not find it. */
  readonly scores: { readonly meaning: number | null; readonly words: number | null };
  /** Its place in the list of each part, from 1. */
  readonly places: { readonly meaning: number | null; readonly words: number | null };
  /** Where words of the question stand in the content: from, to. */
  readonly marks: readonly (readonly [number, number])[];
  readonly content: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export const searchMode = z.enum(['vector', 'text', 'hybrid']);

export interface SearchResult {
  readonly collection: string;
  readonly mode: z.infer<typeof searchMode>;
  readonly results: readonly SearchHit[];
  /** What ranked the words; null where none were asked for. */
  readonly wordsBy: 'bm25' | 'full text' | null;
  /** What a person should know of the answer. */
  readonly notes: readonly string[];
  readonly ms: number;
}

/** The similarities of all documents that pass the filters, as counts between `from` and `to`. */
export interface Distribution {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** The sentence of a document that is nearest to the question. */
export interface NearestSentence {
  readonly documentId: string;
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

const name = z
  .string()
  .regex(/^[A-Za-z_][\w]*$/, 'letters, digits and _ only')
  .max(63);

const examples = z.object({
  plus: z.array(z.string()).max(100).default([]),
  minus: z.array(z.string()).max(100).default([]),
});

const none = { plus: [], minus: [] };

/** Which documents are compared, and with what. */
const question = {
  text: z.string().default(''),
  collection: z.string().optional(),
  /** Documents to be like, and not to be like, by their ids; beside the text or instead of it. */
  like: examples.default(none),
  /** Matches metadata exactly. */
  filter: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  /** An SQL expression over content, metadata, created_at. */
  where: z.string().optional(),
};

const weight = z.number().min(0).max(100).default(1);

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
  /**
   * Finds documents near a text or like examples. In modes `text` and `hybrid` the text may have "phrases", begin* and -not.
   */
  find: call(
    z.object({
      ...question,
      mode: searchMode.default('vector'),
      /** How much each part counts in mode `hybrid`. */
      weights: z.object({ meaning: weight, words: weight }).default({ meaning: 1, words: 1 }),
      /** 0 keeps the order; towards 1, results are unlike one another. */
      diversity: z.number().min(0).max(1).default(0),
      /** Only the best of each row (`_row`) or of each value of a metadata key. */
      group: z.string().optional(),
      /** The least score to be found. */
      least: z.number().optional(),
      limit: z.number().int().min(1).max(1000).default(20),
    }),
  ).returns<SearchResult>(),
  /** How similar all documents are that pass the filters: where to put a threshold. */
  distribution: call(z.object(question)).returns<Distribution>(),
  /** Which sentence of each document is nearest to the text. */
  nearestSentences: call(
    z.object({
      text: z.string().min(1),
      collection: z.string().optional(),
      documents: z.array(z.string()).min(1).max(50),
    }),
  ).returns<readonly NearestSentence[]>(),
  /** The values of a metadata key, most frequent first, for filter menus. */
  metadataValues: call(z.object({ collection: z.string() })).returns<
    readonly {
      readonly key: string;
      readonly values: readonly { readonly value: unknown; readonly count: number }[];
    }[]
  >(),
  remove: call(z.object({ collection: z.string() })).returns<null>(),
};
