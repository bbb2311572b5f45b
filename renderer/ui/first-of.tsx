import { useState } from 'react';
import { count } from '../../shared/number-words.ts';
import { Button } from './button.tsx';
import styles from './first-of.module.css';

const step = 200;
const most = 10_000;

/** How many of a long list are asked for, and a way to ask for more. */
export function useFirst(): readonly [limit: number, more: () => void] {
  const [limit, setLimit] = useState(step);
  return [limit, () => setLimit(Math.min(limit + 5 * step, most))];
}

/** Says that a list goes on, and lengthens it; nothing where all of it is there. */
export function FirstOf(props: {
  readonly shown: number;
  readonly total: number;
  /** "rejected rows". */
  readonly what: string;
  /** Where all of them are to be had, once no more are shown here. */
  readonly rest: string;
  readonly busy: boolean;
  readonly onMore: () => void;
}) {
  const { shown, total, what, rest, busy, onMore } = props;
  if (shown >= total) return null;
  return (
    <p className={styles['more']}>
      First {count(shown)} of {count(total)} {what}.{' '}
      {shown < most ? (
        <Button small busy={busy} onClick={onMore}>
          Show more
        </Button>
      ) : (
        rest
      )}
    </p>
  );
}
