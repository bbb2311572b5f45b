import type { Room } from '../../../../shared/contract/index.ts';
import type { Database } from '../../database/database.ts';
import { chosenCollection } from '../collections/collections.ts';
import type { Models } from '../model/models.ts';
import { compareCollections } from './compare-collections.ts';
import { evaluate } from './evaluate.ts';
import { judge, judgementsOf } from './judgements.ts';

/** The calls that keep what people say of results, and hold searches against it. */
export const judgementCalls = (
  database: Database,
  models: Models,
  changed: () => void,
): Pick<Room<'search'>, 'judge' | 'judgements' | 'evaluate' | 'compareCollections'> => ({
  async judge({ collection, ...judgement }) {
    const { name } = await chosenCollection(database, collection);
    await judge(database, name, judgement);
    changed();
    return null;
  },
  async judgements({ collection }) {
    const { name } = await chosenCollection(database, collection);
    return judgementsOf(database, name);
  },
  evaluate: (request, call) => evaluate(database, models, request, call),
  compareCollections: (request, call) => compareCollections(database, models, request, call),
});
