import { z } from 'zod';
import { call } from '../wire.ts';
import {
  type Advice,
  type Collection,
  type Distribution,
  type EmbeddingModel,
  type EmbedResult,
  type ExportedCollection,
  fusion,
  indexKind,
  type NearestSentence,
  type Recall,
  type SearchResult,
  searchMode,
} from './search-answers.ts';
import { endpointCalls } from './search-endpoints.ts';
import { metadataFilter } from './search-filter.ts';
import { judgingCalls } from './search-judging.ts';
import { labelCalls } from './search-labels.ts';
import { mapCalls, region } from './search-map.ts';
import type { SavedSearchFile } from './search-saved.ts';

export type * from './search-answers.ts';
export { fusion, indexKind, searchMode } from './search-answers.ts';
export type * from './search-filter.ts';
export type * from './search-judging.ts';
export type * from './search-labels.ts';
export type * from './search-map.ts';
export type * from './search-saved.ts';

/** Tables that a run works with are called as the collection, and a word more; PostgreSQL's names have 63 bytes. */
export const mostInName = 54;

const name = z
  .string()
  .regex(/^[A-Za-z_][\w]*$/, 'letters, digits and _ only')
  .max(mostInName, `at most ${mostInName} letters`);

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
  /** Metadata that has each value exactly, or lies in a range: `{ priority: high, amount: { from: 10, to: 50 } }`. */
  filter: metadataFilter,
  /** An SQL expression over content, metadata, created_at. */
  where: z.string().optional(),
  /** Only documents that lie there on the collection's map. */
  region: region.optional(),
  /** Only documents of this topic of the map. */
  topic: z.number().int().optional(),
};

const measured = {
  /** How many questions. */
  sample: z.number().int().min(1).max(1000).default(30),
  /** How many nearest each is asked for. */
  nearest: z.number().int().min(1).max(100).default(10),
};

const share = z.number().min(0).max(1);
const weight = z.number().min(0).max(100).default(1);

/** What is asked of a collection, and how. */
const findRequest = z.object({
  ...question,
  mode: searchMode.default('vector'),
  /** How much each part counts in mode `hybrid`. */
  weights: z.object({ meaning: weight, words: weight }).default({ meaning: 1, words: 1 }),
  /** How they become one list there. */
  fusion: fusion.default('ranks'),
  /** 0 keeps the order; towards 1, results are unlike one another. */
  diversity: z.number().min(0).max(1).default(0),
  /** Only the best of each row (`_row`) or of each value of a metadata key. */
  group: z.string().optional(),
  /** The least score to be found. */
  least: z.number().optional(),
  limit: z.number().int().min(1).max(1000).default(20),
});

/** A search that is kept as a text file: always of one collection. */
export const savedSearch = findRequest.extend({ version: z.literal(1), collection: z.string() }).strict();

export const search = {
  list: call(z.object({})).returns<readonly Collection[]>(),
  /** The models that can embed: the app's own, and those of the workspace's folder models/. */
  models: call(z.object({})).returns<readonly EmbeddingModel[]>(),
  /** Embeds a table's text into a collection; what is there already and unchanged is kept. */
  embed: call(
    z.object({
      table: z.string(),
      /** The columns with the text, below each other; or they are in the template. */
      columns: z.array(z.string()).default([]),
      /** How columns make a text: `{subject}: {body}`. */
      template: z.string().optional(),
      /** A column that holds vectors already: no model is needed, and search is by example. */
      vectors: z.string().optional(),
      /** Cuts long texts into parts. */
      cut: z
        .object({
          by: z.enum(['tokens', 'sentences', 'headings']),
          tokens: z.number().int().min(8).max(1_000_000).default(200),
          overlap: z.number().int().min(0).max(500_000).default(0),
        })
        .refine(({ tokens, overlap }) => overlap <= tokens / 2, 'the overlap is at most half of the tokens')
        .optional(),
      /** The model by its id; default: the one the collection has, or the app's own. */
      model: z.string().optional(),
      /** Where the model is at an address: that it is meant. Kept for the workspace once it was said. */
      allowEndpoint: z.string().optional(),
      collection: name.optional(),
      /** Columns kept as metadata beside the vector; default: all others. */
      metadata: z.array(z.string()).optional(),
    }),
  ).returns<EmbedResult>(),
  /** Asks what embeds a table to pause: it ends once what it is at is saved, and embedding again goes on there. */
  pauseEmbedding: call(z.object({ collection: z.string() })).returns<null>(),
  /**
   * Finds documents near a text or like examples. In modes `text` and `hybrid` the text may have "phrases", begin* and -not.
   * `allowEndpoint` agrees that questions go to the address of the collection's model, as for embedding.
   */
  find: call(findRequest.extend({ allowEndpoint: z.string().optional() })).returns<SearchResult>(),
  /** How a collection differs from its table now. */
  staleness: call(z.object({ collection: z.string() })).returns<
    Pick<Collection, 'table' | 'stale' | 'gone' | 'outdated' | 'uncounted'>
  >(),
  /** The searches of the workspace's folder searches/, by name. */
  savedSearches: call(z.object({})).returns<readonly SavedSearchFile[]>(),
  /** Keeps a search as searches/NAME.yaml; one of this name is written over. */
  saveSearch: call(z.object({ name: z.string(), search: savedSearch })).returns<null>(),
  removeSearch: call(z.object({ name: z.string() })).returns<null>(),
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
  /** Chooses how vectors are looked through and makes the index; null leaves it to Assay. */
  setIndex: call(z.object({ collection: z.string().optional(), kind: indexKind.nullable() })).returns<
    Collection['index'] & { readonly ms: number }
  >(),
  /** Holds what the index finds against an exact search, for vectors of the collection itself. */
  recall: call(z.object({ ...question, ...measured })).returns<Recall>(),
  /** Measures every kind of index on a sample of the collection and names the cheapest that finds enough. */
  advise: call(
    z.object({
      collection: z.string().optional(),
      ...measured,
      /** The recall wanted. */
      wanted: z.number().min(0).max(1).default(0.98),
      /** Documents to measure on, at most: building the slowest index on all takes minutes. */
      most: z.number().int().min(100).max(1_000_000).default(10_000),
    }),
  ).returns<Advice>(),
  /** Writes a collection as one file with a split for training; near duplicates come on one side of it. */
  exportCollection: call(
    z.object({
      collection: z.string().optional(),
      folder: z.string(),
      format: z.enum(['jsonl', 'parquet', 'csv', 'arrow']).default('jsonl'),
      shares: z
        .object({ train: share, validation: share, test: share })
        .default({ train: 0.8, validation: 0.1, test: 0.1 })
        .refine(
          ({ train, validation, test }) => Math.abs(train + validation + test - 1) < 1e-6,
          'the shares are 1 together',
        ),
      /** The cosine similarity from which on two documents count as one. */
      near: z.number().min(0.5).max(1).default(0.95),
      /** Whether values of private columns may be written; a collection that has some is refused otherwise. */
      withPrivate: z.boolean().default(false),
    }),
  ).returns<ExportedCollection>(),
  remove: call(z.object({ collection: z.string() })).returns<null>(),
  ...endpointCalls,
  ...judgingCalls,
  ...mapCalls,
  ...labelCalls,
};
