import type { Room } from '../../../../shared/contract/index.ts';
import type { Database } from '../../database/database.ts';
import { chosenCollection } from '../collections/collections.ts';
import type { Embedder } from '../model/embedder.ts';
import { evaluate } from './evaluate.ts';
import { judge, judgementsOf } from './judgements.ts';

/** The calls that keep what people say of results, and hold searches against it. */
export const judgementCalls = (
  database: Database,
  embedder: Embedder,
  changed: () => void,
): Pick<Room<'search'>, 'judge' | 'judgements' | 'evaluate'> => ({
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
  evaluate: (request, call) => evaluate(database, embedder, request, call),
});
