import { embeddingTitle } from '../../../shared/collection-name.ts';
import type { Collection } from '../../../shared/contract/search.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { stalenessWords } from '../../../shared/staleness-words.ts';
import { useTasks } from '../../tasks.ts';
import { Notice } from '../../ui/notice.tsx';
import { embedAgain, notEmbedded } from './embed-collection.ts';

/** In how many rows a collection differs from its table. */
export const differingRows = ({ stale, gone, outdated }: Collection): number => stale + gone + outdated;

/** Says how the table differs from what was embedded of it, and brings the collection in line. */
export function StaleNotice({ collection }: { readonly collection: Collection }) {
  const { name, stale, pausedAt } = collection;
  const title = embeddingTitle(name);
  const running = useTasks(({ tasks }) =>
    tasks.some((task) => task.title === title && task.endedAt === undefined),
  );
  if (running) return <Notice>{title}: results are of what is done so far.</Notice>;
  const run = () => void embedAgain(collection).catch(notEmbedded);
  if (pausedAt !== null) {
    return (
      <Notice tone="warn" action={{ label: 'Resume', run }}>
        {title} is paused: {counted(stale, 'row')} still to embed. Results are of what is done so far.
      </Notice>
    );
  }
  const label = stale > 0 ? `Embed ${count(stale)} changed` : 'Bring up to date';
  return (
    <Notice tone="warn" action={{ label, run }}>
      {stalenessWords(collection).join(' ')}
    </Notice>
  );
}
