import type { Room } from '../../../../shared/contract/index.ts';
import { problem } from '../../../../shared/problem.ts';
import type { Database } from '../../database/database.ts';
import { chosenCollection } from '../collections/collections.ts';
import { metadataValues } from '../collections/metadata-values.ts';
import type { Models } from '../model/models.ts';
import { distributionOf } from './distribution.ts';
import { find, narrowedBy, vectorOf } from './find.ts';
import { nearestSentences } from './nearest-sentences.ts';

/** The calls that find documents, and say why and how near. */
export const findingCalls = (
  database: Database,
  models: Models,
): Pick<Room<'search'>, 'find' | 'distribution' | 'nearestSentences' | 'metadataValues'> => ({
  async find({ allowEndpoint, ...request }, { signal }) {
    if (allowEndpoint !== undefined) {
      const { model, vectorColumn } = await chosenCollection(database, request.collection);
      const endpoint = vectorColumn === null ? await models.endpointOf(model) : undefined;
      if (endpoint) await models.gate.agree(endpoint, allowEndpoint);
    }
    return find(database, models, request, signal);
  },
  async distribution(request, { signal }) {
    const collection = await chosenCollection(database, request.collection);
    const vector = await vectorOf(database, models, collection, { ...request, mode: 'vector' });
    if (!vector)
      throw problem('bad_input', 'There is nothing to compare with.', {
        hint: 'Give a text or an example.',
      });
    return database.reading({ title: `Comparing ${collection.name}`, signal }, (session) =>
      distributionOf(session, narrowedBy(collection, request), vector),
    );
  },
  async nearestSentences(request, { signal }) {
    const { name, model } = await chosenCollection(database, request.collection);
    const embedder = await models.named(model);
    // Each sentence would be sent and paid for once more.
    if (await embedder.endpoint()) return [];
    return nearestSentences(database, embedder, name, request, { signal });
  },
  async metadataValues({ collection }) {
    const { name } = await chosenCollection(database, collection);
    return metadataValues(database, name);
  },
});
