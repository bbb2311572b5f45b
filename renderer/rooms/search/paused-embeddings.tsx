import { useEffect } from 'react';
import { embeddingTitle } from '../../../shared/collection-name.ts';
import { counted } from '../../../shared/number-words.ts';
import { engine } from '../../engine.ts';
import { listPaused } from '../../tasks.ts';
import { useEngine } from '../../use-engine.ts';
import { embedAgain, notEmbedded } from './embed-collection.ts';

/** Lists embeddings that were paused, also by a window that was closed since, among the tasks. */
export function PausedEmbeddings() {
  const { data } = useEngine('search', 'list', {}, { also: ['tables'] });
  useEffect(() => {
    for (const collection of data ?? []) {
      const { name, table, stale, pausedAt } = collection;
      if (pausedAt === null) continue;
      listPaused(embeddingTitle(name), {
        at: Date.parse(pausedAt),
        outcome: `${counted(stale, 'row')} of ${table} still to embed.`,
        pausing: {
          pause: () => engine.search.pauseEmbedding({ collection: name }),
          resume: () => void embedAgain(collection).catch(notEmbedded),
        },
      });
    }
  }, [data]);
  return null;
}
