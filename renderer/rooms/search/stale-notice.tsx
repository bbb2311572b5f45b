import type { Collection } from '../../../shared/contract/search.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { useTasks } from '../../tasks.ts';
import { Notice } from '../../ui/notice.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { embedAgain } from './embed-collection.ts';

/** Says how many rows are newer than their vectors, and embeds them. */
export function StaleNotice({ collection }: { readonly collection: Collection }) {
  const { stale, table, pausedAt } = collection;
  const title = `Embedding ${table}`;
  const running = useTasks(({ tasks }) =>
    tasks.some((task) => task.title === title && task.endedAt === undefined),
  );
  if (running) return <Notice>Embedding {table}: results are of what is done so far.</Notice>;
  const run = () => void embedAgain(collection).catch((thrown) => toastProblem(thrown, 'Not embedded'));
  if (pausedAt !== null) {
    return (
      <Notice tone="warn" action={{ label: 'Resume', run }}>
        Embedding {table} is paused: {counted(stale, 'row')} still to embed. Results are of what is done so
        far.
      </Notice>
    );
  }
  return (
    <Notice tone="warn" action={{ label: `Embed ${count(stale)} changed`, run }}>
      {counted(stale, 'row')} of {table} changed since they were embedded, or never were.
    </Notice>
  );
}
