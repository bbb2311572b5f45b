import type { EmbedResult } from '../../../../shared/contract/search.ts';
import type { Database } from '../../database/database.ts';
import type { Models } from '../model/models.ts';
import { collectVectors } from './collect-vectors.ts';
import type { EmbedRequest } from './collection-source.ts';
import { embedTable } from './embed.ts';
import type { EmbedCall } from './embed-texts.ts';

/** Makes a collection of a table's text, or of the vectors that it has already. */
export async function makeCollection(
  database: Database,
  models: Models,
  { vectors, ...request }: EmbedRequest & { readonly vectors?: string | undefined },
  call: EmbedCall,
): Promise<EmbedResult> {
  await call.room();
  return vectors === undefined
    ? embedTable(database, models, request, call)
    : collectVectors(database, { ...request, vectors }, call);
}
