import { z } from 'zod';
import type { Problem } from '../problem.ts';

/** How vectors are looked through: all of them, or by an index; `bits` is HNSW over one bit for each dimension. */
export const indexKind = z.enum(['exact', 'bitlists', 'bits', 'hnsw', 'ivfflat']);

export type IndexKind = z.infer<typeof indexKind>;

/** How a long text is cut into parts: at words, at sentences, or below headings; each of at most so many tokens. */
export interface Cut {
  readonly by: 'tokens' | 'sentences' | 'headings';
  readonly tokens: number;
  /** Tokens of the part before that the next one begins with. */
  readonly overlap: number;
}

export interface Collection {
  readonly name: string;
  readonly table: string;
  readonly textColumns: readonly string[];
  readonly metadataColumns: readonly string[];
  readonly template: string | null;
  readonly cut: Cut | null;
  /** The column that the vectors came from; null where a model made them. */
  readonly vectorColumn: string | null;
  readonly model: string;
  /** Null where it was not kept. */
  readonly modelVersion: string | null;
  /** Whether the model makes vectors of length 1; null where that is not known. */
  readonly normalised: boolean | null;
  /** Why the model cannot be had now: then no text can be asked by meaning. */
  readonly modelProblem: Problem | null;
  readonly dimensions: number;
  readonly documents: number;
  /** Rows of the table whose text is new or changed since they were embedded. */
  readonly stale: number;
  /** Rows that the table has no more, or without text: they are still found. */
  readonly gone: number;
  /** Rows whose metadata changed: filters go by the old. */
  readonly outdated: number;
  /** Why it cannot be told how it differs from its table: the numbers are 0 then. */
  readonly uncounted: Problem | null;
  readonly index: {
    readonly kind: IndexKind;
    readonly bytes: number;
    /** What the analyst chose; null where Assay chooses by size. */
    readonly chosen: IndexKind | null;
  };
  readonly updatedAt: string;
  /** When somebody paused its embedding; null where it was not paused, or goes on. */
  readonly pausedAt: string | null;
}

/** A model that makes vectors of texts: the app's own, or one in a folder of models/. */
export interface EmbeddingModel {
  /** Of a folder that cannot be used: its name. */
  readonly id: string;
  readonly version: string | null;
  readonly dimensions: number | null;
  readonly maxTokens: number | null;
  readonly licence: string | null;
  readonly builtIn: boolean;
  readonly folder: string | null;
  /** Where texts would be sent; null for a model on this computer. */
  readonly endpoint: {
    /** Scheme, host and port. */
    readonly origin: string;
    /** The environment variable of its key; null where it takes none. */
    readonly keyName: string | null;
    /** Whether the engine has the key now. */
    readonly hasKey: boolean;
    /** Whether somebody agreed here that texts go there. */
    readonly allowed: boolean;
  } | null;
  /** Why it cannot be used. */
  readonly problem: Problem | null;
}

export interface EmbedResult {
  readonly collection: string;
  /** It was paused: what was done is kept, and embedding again goes on. */
  readonly paused: boolean;
  readonly embedded: number;
  readonly reused: number;
  readonly removed: number;
  readonly documents: number;
  /** What a person should know of the texts: other scripts, longer than the model reads. */
  readonly notes: readonly string[];
  readonly ms: number;
}

/** A collection as a file, for retrieval and training. */
export interface ExportedCollection {
  readonly file: string;
  readonly rows: number;
  /** Documents that belong together count once. */
  readonly groups: number;
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
  /** Columns whose values are in the file although they are private. */
  readonly private: readonly string[];
}

export interface SearchHit {
  /** Of its point on the map. */
  readonly id: number;
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

/** How the two parts of a hybrid search become one list: by places in each, or by scores. */
export const fusion = z.enum(['ranks', 'scores']);

export interface SearchResult {
  readonly collection: string;
  readonly mode: z.infer<typeof searchMode>;
  readonly results: readonly SearchHit[];
  /** How many documents filters, place and phrases leave: `all` without any, null where they are too many to be counted. */
  readonly passing: number | 'all' | null;
  /** How the nearest were found; null where none were asked for. Through an index some may be missed: see `recall`. */
  readonly meaningBy: IndexKind | null;
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

/** What a search found of the true nearest, and how long it took. */
export interface Recall {
  readonly kind: IndexKind;
  readonly sample: number;
  readonly nearest: number;
  /** 1 where every one of the true nearest was found. */
  readonly recall: number;
  readonly p50: number;
  readonly p95: number;
  readonly exactP50: number;
  readonly exactP95: number;
}

/** What each kind of index costs and finds, and the one advised. */
export interface Advice {
  readonly documents: number;
  /** Of how many it was measured. */
  readonly measured: number;
  readonly kinds: readonly {
    readonly kind: IndexKind;
    readonly buildMs: number;
    readonly bytes: number;
    readonly recall: number;
    readonly p50: number;
    readonly p95: number;
  }[];
  readonly advised: IndexKind;
  readonly why: string;
}

/** The sentence of a document that is nearest to the question. */
export interface NearestSentence {
  readonly documentId: string;
  readonly from: number;
  readonly to: number;
  readonly score: number;
}
