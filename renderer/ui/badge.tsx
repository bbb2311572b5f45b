import type { ReactNode } from 'react';
import styles from './badge.module.css';

/** What a colour means; never without a word or a shape beside it. */
export type Tone = 'plain' | 'accent' | 'ok' | 'warn' | 'bad' | 'info';

/** A word or a count in a small frame. */
export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={styles['badge']} data-tone={tone}>
      {children}
    </span>
  );
}
