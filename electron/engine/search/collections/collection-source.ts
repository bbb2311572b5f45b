import type { Cut } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import type { CollectionRecord } from './collections.ts';

/** What is to become a collection. */
export interface EmbedRequest {
  readonly table: string;
  readonly columns: readonly string[];
  readonly collection?: string | undefined;
  readonly metadata?: readonly string[] | undefined;
  readonly template?: string | undefined;
  readonly cut?: Cut | undefined;
  /** The id of the model; where none is named, the one the collection has, or the app's own. */
  readonly model?: string | undefined;
}

/** A collection is of one table, and its vectors are of one model or one column. */
export function refuseOtherSource(
  there: CollectionRecord | undefined,
  wanted: {
    readonly table: string;
    readonly vectorColumn: string | null;
    readonly dimensions: number;
    /** The id of the model; without one where a column has the vectors. */
    readonly model?: string;
  },
): void {
  if (!there) return;
  const hint = 'Give the new collection another name.';
  if (there.table !== wanted.table) {
    throw problem('bad_input', `The collection "${there.name}" is of table "${there.table}".`, { hint });
  }
  const sameModel = wanted.model === undefined || wanted.model === there.model;
  if (sameModel && there.vectorColumn === wanted.vectorColumn && there.dimensions === wanted.dimensions)
    return;
  const others = wanted.model === undefined ? 'others' : `those of ${wanted.model}`;
  const of = there.vectorColumn === null ? there.model : `column "${there.vectorColumn}"`;
  throw problem(
    'bad_input',
    `The collection "${there.name}" has vectors of ${of} with ${there.dimensions} dimensions: ${others} cannot be mixed with them.`,
    { hint },
  );
}
