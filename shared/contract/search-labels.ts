import { z } from 'zod';
import { call } from '../wire.ts';
import type { MapDocument } from './search-map.ts';

/** A label, and how far its examples tell it. */
export interface PredictedLabel {
  readonly label: string;
  /** Rows that carry it. */
  readonly examples: number;
  /** Of its examples, so many would have got it from the others; null where it has a single one. */
  readonly right: number | null;
  /** Rows without a label that would get it. */
  readonly predicted: number;
}

/** A row that would get a label. */
export interface LabelledRow {
  readonly row: number;
  readonly content: string;
  readonly label: string;
  /** The label that came second. */
  readonly second: string;
  /** By how much the nearest label is nearer than the second, in cosine similarity. */
  readonly margin: number;
}

/** What labels rows would get from those that carry one, before anything is written. */
export interface LabelPrediction {
  readonly table: string;
  readonly column: string;
  readonly labels: readonly PredictedLabel[];
  /** Each example labelled by the others: the share that got its own. Null where nothing can be measured. */
  readonly accuracy: number | null;
  /** What saying the most frequent label each time would reach. */
  readonly usual: number;
  /** Examples that were measured. */
  readonly measured: number;
  /** Rows that would get a label, and rows whose margin is too small. */
  readonly predicted: number;
  readonly unsure: number;
  /** Those with the smallest margins, smallest first. */
  readonly leastSure: readonly LabelledRow[];
}

const question = {
  collection: z.string().optional(),
  /** A column of the collection's table; rows that have a value in it are the examples. */
  column: z.string().min(1),
  /** The least margin for which a row gets a label. */
  least: z.number().min(0).max(2).default(0),
};

/** A document that is unlike the others. */
export interface LonelyDocument extends MapDocument {
  /** Its mean cosine similarity to the nearest others. */
  readonly similarity: number;
}

/** The documents that are least like any others. */
export interface Outliers {
  /** Least like others first. */
  readonly documents: readonly LonelyDocument[];
  /** The similarity of the document in the middle: what is usual here. */
  readonly usual: number;
  /** How many of the nearest count. */
  readonly nearest: number;
  readonly measured: number;
}

const nearest = z.number().int().min(1).max(20).default(5);

/** The calls of the room `search` that carry labels from some rows to all, and that tell what is unlike the rest. */
export const labelCalls = {
  /** Labels rows by the rows that have a label, and measures how well that goes; writes nothing. */
  predictLabels: call(z.object(question)).returns<LabelPrediction>(),
  /** Writes what is predicted into a column, beside the labels that are there; rows that are unsure get null. */
  writePredicted: call(
    z.object({ ...question, into: z.string().trim().min(1).max(63), replace: z.boolean().default(false) }),
  ).returns<{ readonly rows: number }>(),
  /** The documents that are least like any others. */
  outliers: call(
    z.object({
      collection: z.string().optional(),
      nearest,
      limit: z.number().int().min(1).max(1000).default(50),
    }),
  ).returns<Outliers>(),
  /** Writes how like others each row is into a column of numbers; the part of a long text that is most unlike counts. */
  writeNearness: call(
    z.object({
      collection: z.string().optional(),
      nearest,
      into: z.string().trim().min(1).max(63),
      replace: z.boolean().default(false),
    }),
  ).returns<{ readonly rows: number }>(),
};
