import { useEffect, useState } from 'react';
import type { FilePreview } from '../../../shared/contract/files.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Progress } from '../../../shared/wire.ts';
import { useConnection } from '../../engine.ts';
import { useEngine } from '../../use-engine.ts';
import { type FilePlan, requestOf } from './plan.ts';

/** What is known of a file: at once from its first megabytes, then from all of it. */
export interface Preview {
  readonly preview: FilePreview | undefined;
  readonly problem: Problem | undefined;
  /** How far the look at the whole file is. */
  readonly looking: Progress | undefined;
  readonly busy: boolean;
  readonly again: () => void;
}

/** Looks at a file as its plan says. */
export function usePreview(path: string, plan: FilePlan): Preview {
  const request = requestOf(path, plan);
  const [progress, setProgress] = useState<Progress>();
  const quick = useEngine('files', 'preview', request, { keepPrevious: true, keepFor: 30_000 });
  const partial = quick.data !== undefined && !quick.data.complete && !quick.isPlaceholderData;
  const whole = useEngine(
    'files',
    'preview',
    { ...request, whole: true },
    { enabled: partial, cancellable: true, keepFor: 30_000, onProgress: setProgress },
  );
  const engines = useConnection(({ ports }) => ports);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new engine begins anew
  useEffect(() => setProgress(undefined), [engines]);
  const looking = partial && whole.isFetching ? progress : undefined;
  const of = (read: { data: FilePreview | undefined }) =>
    read.data?.path.endsWith(path) ? read.data : undefined;
  return {
    preview: (partial ? of(whole) : undefined) ?? of(quick),
    problem: quick.problem ?? whole.problem,
    looking,
    busy: quick.isFetching,
    again: () => void quick.refetch(),
  };
}
