import type { EmbedResult } from '../../../../shared/contract/search.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import type { Embedder } from '../model/embedder.ts';
import { collectVectors } from './collect-vectors.ts';
import type { EmbedRequest } from './collection-source.ts';
import { embedTable } from './embed.ts';

/** Makes a collection of a table's text, or of the vectors that it has already. */
export function makeCollection(
  database: Database,
  embedder: Embedder,
  { vectors, ...request }: EmbedRequest & { readonly vectors?: string | undefined },
  call: CallContext,
): Promise<EmbedResult> {
  return vectors === undefined
    ? embedTable(database, embedder, request, call)
    : collectVectors(database, { ...request, vectors }, call);
}
