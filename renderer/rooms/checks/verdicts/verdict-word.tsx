import { CircleDashed } from 'lucide-react';
import { Verdict } from '../../../ui/verdict.tsx';
import type { Square } from './board.ts';
import styles from './verdict-word.module.css';

/** A verdict, or that there is none yet. */
export function VerdictWord({ verdict }: { readonly verdict: Square['verdict'] }) {
  if (verdict !== 'not run') return <Verdict verdict={verdict} />;
  return (
    <span className={styles['notRun']}>
      <CircleDashed aria-hidden />
      not run
    </span>
  );
}
