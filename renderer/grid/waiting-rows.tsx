import { duration } from '../../shared/number-words.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useEngine } from '../use-engine.ts';

/** Stands in for rows that are read: what they wait for, since when, and a way not to. */
export function WaitingRows({ onCancel }: { readonly onCancel: () => void }) {
  const { data } = useEngine('workspace', 'status', {}, { every: 1000 });
  return <Skeleton lines={8} says={wordsOf(data)} onCancel={onCancel} />;
}

function wordsOf(
  status: { readonly running?: { title: string; ms: number }; readonly queued: number } | undefined,
) {
  const { running, queued = 0 } = status ?? {};
  if (!running || running.ms < 1000) return 'Reading rows…';
  const more = queued > 1 ? ` · ${queued} in line` : '';
  return queued > 0
    ? `Reading rows waits for “${running.title}”, running ${duration(running.ms)}${more}`
    : `${running.title}, ${duration(running.ms)}`;
}
