import {
  Circle,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleEllipsis,
  CirclePause,
  type LucideIcon,
} from 'lucide-react';
import styles from './box.module.css';
import type { BoxState } from './graph.ts';

const signs: Readonly<Record<BoxState, LucideIcon>> = {
  unfilled: CircleEllipsis,
  new: Circle,
  done: CircleCheck,
  stale: CircleDashed,
  running: CircleDot,
  failed: CircleAlert,
  broken: CircleAlert,
  waiting: CirclePause,
};

/** How a box stands: a shape, a colour, and words for who hovers or hears. */
export function BoxSign({ state, says }: { readonly state: BoxState; readonly says: string }) {
  const Sign = signs[state];
  return (
    <span className={styles['sign']} data-state={state} title={says}>
      <Sign aria-hidden />
      <span className="visually-hidden">{says}</span>
    </span>
  );
}
