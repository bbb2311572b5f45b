import { collectionName, embeddingTitle } from '../../../shared/collection-name.ts';
import type { Collection, EmbedResult } from '../../../shared/contract/search.ts';
import { embeddedWords } from '../../../shared/embedded-words.ts';
import { counted } from '../../../shared/number-words.ts';
import { toProblem } from '../../../shared/problem.ts';
import { engine } from '../../engine.ts';
import { runTask } from '../../tasks.ts';
import { toast, toastProblem } from '../../ui/toast.tsx';
import type { ArgOf } from '../../use-engine.ts';
import { openTab } from '../../workspace/tabs.ts';
import { agreed } from './endpoints/agreement.tsx';

/** Shows a collection, ready to be searched. */
export const openCollection = (name: string) => openTab({ kind: 'collection', key: name, title: name });

/** Tells why something was not embedded; that it was cancelled the task tells itself. */
export function notEmbedded(thrown: unknown): void {
  if (toProblem(thrown).code !== 'cancelled') toastProblem(thrown, 'Not embedded');
}

/** Embeds a table as a task of the status bar, and says in a corner how it ended. */
export async function embedAndTell(asked: ArgOf<'search', 'embed'>): Promise<EmbedResult> {
  const request = await agreed(asked);
  const filled = request.collection ?? collectionName(request.table);
  const result = await runTask(embeddingTitle(filled), (options) => engine.search.embed(request, options), {
    pausing: {
      pause: () => engine.search.pauseEmbedding({ collection: filled }),
      resume: () => void embedAndTell(request).catch(notEmbedded),
      paused: ({ paused }) => paused,
    },
  });
  const { paused, embedded, reused, removed, collection, documents, notes } = result;
  if (paused) return result;
  const parts = [
    embeddedWords(embedded, request.vectors !== undefined),
    reused > 0 && `${counted(reused, 'document')} reused`,
    removed > 0 && `${counted(removed, 'document')} removed`,
  ].filter(Boolean);
  toast({
    tone: 'ok',
    title: `${collection}: ${counted(documents, 'document')}`,
    detail: [parts.join(', '), ...notes].join('\n'),
  });
  return result;
}

/** Brings a collection in line with its table. */
export const embedAgain = ({
  name,
  table,
  textColumns,
  metadataColumns,
  template,
  cut,
  vectorColumn,
  model,
}: Collection) =>
  embedAndTell({
    table,
    columns: [...textColumns],
    ...(template === null ? {} : { template }),
    ...(cut === null ? {} : { cut }),
    ...(vectorColumn === null ? { model } : { vectors: vectorColumn }),
    collection: name,
    metadata: [...metadataColumns],
  });
