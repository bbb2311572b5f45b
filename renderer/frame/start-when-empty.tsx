import { useEffect } from 'react';
import { Skeleton } from '../ui/skeleton.tsx';
import { openTab } from '../workspace/tabs.ts';

/** Opens the start tab where no other is open. */
export function StartWhenEmpty() {
  useEffect(() => openTab({ kind: 'start', key: 'start', title: 'Start' }), []);
  return <Skeleton />;
}
