import { z } from 'zod';
import { filter as gridFilter } from '../view/filters.ts';
import { call } from '../wire.ts';
import type { SearchHit } from './search-answers.ts';
import { metadataFilter } from './search-filter.ts';

/** A hill of documents on a map. */
export interface MapTopic {
  readonly topic: number;
  readonly label: string;
  /** Frequent there and rare elsewhere, best first. */
  readonly words: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly documents: number;
}

export interface CollectionMap {
  readonly madeAt: string;
  /** Documents that lie on it. */
  readonly placed: number;
  /** Documents that came later and can be placed. */
  readonly waiting: number;
  /** Largest first. */
  readonly topics: readonly MapTopic[];
}

/** A document as a map shows it. */
export type MapDocument = Omit<SearchHit, 'score' | 'scores' | 'places' | 'marks'>;

/** Rows by the values of a column that names each of them. */
export interface PlaceKeys {
  readonly column: string;
  /** As text. */
  readonly keys: readonly string[];
}

/** Every document on a map, in the order of the ids. */
export interface MapPoints {
  readonly ids: Float64Array<ArrayBuffer>;
  readonly x: Float32Array<ArrayBuffer>;
  readonly y: Float32Array<ArrayBuffer>;
  /** By place in the legend. */
  readonly colour: Uint8Array<ArrayBuffer>;
  /** 0 where the filters leave a document out. */
  readonly inside: Uint8Array<ArrayBuffer>;
  /** What each colour stands for; the first is grey: documents that the filters leave out, or without a value. */
  readonly legend: readonly { readonly label: string; readonly documents: number }[];
}

const collection = z.string().optional();

/** Whether what is there already may be replaced. */
const replace = z.boolean().default(false);
/** Column names are checked by PostgreSQL's own limit when they are written. */
const column = z.string().trim().min(1).max(63);

/** A drawn region of a map: the corners of a polygon, in the map's own coordinates. */
export const region = z
  .array(z.tuple([z.number(), z.number()]))
  .min(3)
  .max(2000);

/** Where on a map, and under which filters; `where` is an SQL expression over documents. */
const place = {
  region: region.optional(),
  topic: z.number().int().optional(),
  filter: metadataFilter,
  where: z.string().optional(),
};

/** The calls of the room `search` that have to do with maps. */
export const mapCalls = {
  /** The map of a collection; null where none was made. */
  map: call(z.object({ collection })).returns<CollectionMap | null>(),
  /** Lays out a collection; where it has a map, only what came later is placed, unless it is made anew. */
  makeMap: call(z.object({ collection, anew: z.boolean().default(false) })).returns<CollectionMap>(),
  mapPoints: call(
    z.object({
      collection,
      /** A metadata key; null colours by topic. */
      colour: z.string().nullable().default(null),
      ...place,
      /** Filters of the table's grid: documents of rows that they leave out are grey. */
      rows: z.array(gridFilter).default([]),
    }),
  ).returns<MapPoints>(),
  /** Documents by the ids of their points, in that order. */
  mapDocuments: call(z.object({ collection, ids: z.array(z.number().int()).max(200) })).returns<
    readonly MapDocument[]
  >(),
  /** The first documents of a place, and how many there are. */
  documentsIn: call(
    z.object({ collection, ...place, limit: z.number().int().min(1).max(1000).default(50) }),
  ).returns<{ readonly total: number; readonly documents: readonly MapDocument[] }>(),
  /** The rows of a place by a column that names each row: what a filter of their table takes. */
  keysIn: call(z.object({ collection, ...place })).returns<PlaceKeys>(),
  /**
   * A condition for a check, true in the rows of a place: by a column that names each row and is not private, or by a label
   * that is written into a column first. What is to hold there has to be a condition on the table.
   */
  placeCondition: call(
    z.object({
      collection,
      ...place,
      holds: z.string().trim().min(1),
      label: z.object({ column, value: z.string().trim().min(1).max(1000), replace }).optional(),
    }),
  ).returns<{ readonly when: string; readonly rows: number }>(),
  nameTopic: call(
    z.object({ collection, topic: z.number().int(), label: z.string().trim().min(1).max(200) }),
  ).returns<null>(),
  /** Writes the names of topics into a column of the collection's table; rows between topics get null. */
  writeTopics: call(z.object({ collection, column, replace })).returns<{
    readonly rows: number;
  }>(),
  /**
   * Writes a label into a column of the table for the rows of a place; others keep what they have. Where some of these have another
   * value there it is refused, unless that may be replaced.
   */
  labelDocuments: call(
    z.object({ collection, ...place, column, label: z.string().max(1000), replace }),
  ).returns<{ readonly rows: number }>(),
};
