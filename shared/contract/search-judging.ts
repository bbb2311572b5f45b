import { z } from 'zod';
import { byName } from '../by-name.ts';
import { call } from '../wire.ts';
import { fusion, type searchMode } from './search-answers.ts';

/** What was said of a document: whether it answers a question. */
export interface Judgement {
  readonly question: string;
  readonly documentId: string;
  /** 0 is not relevant; higher is more. */
  readonly relevance: number;
}

type Mode = z.infer<typeof searchMode>;

/** How good the answers of each mode are, on average over the questions. */
export interface Evaluation {
  readonly collection: string;
  readonly questions: number;
  /** How many results count. */
  readonly nearest: number;
  readonly modes: readonly {
    readonly mode: Mode;
    /** Normalised discounted cumulative gain. */
    readonly ndcg: number;
    readonly recall: number;
    /** Milliseconds in the middle. */
    readonly p50: number;
  }[];
}

/** How good the answers of one collection are, and those of another beside it. */
export interface Pair {
  readonly ndcg: readonly [number, number];
  readonly recall: readonly [number, number];
}

/** Two collections held against the same questions; what one has found are rows, or values of a key, not parts of them. */
export interface Comparison {
  /** What the two are made of: model and version, text or template. */
  readonly collections: readonly [ComparedCollection, ComparedCollection];
  readonly questions: number;
  readonly nearest: number;
  readonly modes: readonly (Pair & {
    readonly mode: Mode;
    readonly p50: readonly [number, number];
    /** Questions that the second answers better than the first by nDCG, worse, and as well. */
    readonly better: number;
    readonly worse: number;
    readonly equal: number;
    /** Question by question, in the order they were given. */
    readonly answers: readonly (Pair & { readonly text: string })[];
  })[];
}

export interface ComparedCollection {
  readonly collection: string;
  readonly model: string;
  readonly modelVersion: string | null;
  readonly textColumns: readonly string[];
  readonly template: string | null;
}

const weight = z.number().min(0).max(100).default(1);

const judged = {
  questions: z
    .array(z.object({ text: z.string().min(1), relevance: byName(z.number().min(0)) }))
    .min(1)
    .optional(),
  /** The metadata key that `relevance` names documents by; default: the document's id. */
  key: z.string().optional(),
  nearest: z.number().int().min(1).max(100).default(10),
  weights: z.object({ meaning: weight, words: weight }).default({ meaning: 1, words: 1 }),
  fusion: fusion.default('ranks'),
};

/** The calls of the room `search` that keep what people say of results, and hold searches against it. */
export const judgingCalls = {
  /** Keeps whether a document answers a question; null forgets it. */
  judge: call(
    z.object({
      collection: z.string().optional(),
      question: z.string().min(1),
      documentId: z.string(),
      relevance: z.number().int().min(0).max(10).nullable(),
    }),
  ).returns<null>(),
  /** Everything that was judged in a collection. */
  judgements: call(z.object({ collection: z.string().optional() })).returns<readonly Judgement[]>(),
  /** Holds every mode against what was judged, or against questions with relevant documents. */
  evaluate: call(z.object({ collection: z.string().optional(), ...judged })).returns<Evaluation>(),
  /** Holds two collections against the same questions, or against what was judged in either. */
  compareCollections: call(
    z.object({ collection: z.string(), against: z.string(), ...judged }),
  ).returns<Comparison>(),
};
