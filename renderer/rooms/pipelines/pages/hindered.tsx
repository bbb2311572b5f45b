import { ProblemView } from '../../../ui/problem-view.tsx';
import type { Hindrance } from '../document/step-stand.ts';
import styles from './pages.module.css';

/** Why a step has no rows to show: what is wrong, or calmly what is not there yet. */
export function Hindered({ by }: { readonly by: Hindrance | undefined }) {
  if (!by) return null;
  if (by.is === 'wrong') return <ProblemView problem={by.problem} />;
  return <p className={styles['waits']}>{by.says}.</p>;
}
