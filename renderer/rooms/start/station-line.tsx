import { CircleCheck, CircleDashed, CircleDot, TriangleAlert } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import styles from './start-view.module.css';
import type { Station } from './use-stations.ts';

const marks = {
  open: { icon: CircleDashed, word: 'not yet' },
  next: { icon: CircleDot, word: 'next' },
  look: { icon: TriangleAlert, word: 'needs a look' },
  done: { icon: CircleCheck, word: 'done' },
} as const;

/** One station of the road: how it stands, in words, and what to do there. */
export function StationLine({ station, number }: { readonly station: Station; readonly number: number }) {
  const { icon: Icon, word } = marks[station.state];
  return (
    <li className={styles['station']}>
      <span className={styles['mark']} data-state={station.state} role="img" aria-label={word} title={word}>
        <Icon aria-hidden />
      </span>
      <span className={styles['title']}>
        {number}. {station.title}
      </span>
      <span className={styles['says']} title={station.says}>
        {station.says}
      </span>
      <Button
        small
        kind={station.state === 'next' ? 'primary' : 'normal'}
        shortcut={station.shortcut}
        onClick={station.run}
      >
        {station.action}
      </Button>
    </li>
  );
}
