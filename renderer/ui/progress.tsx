import { Progress as Base } from '@base-ui/react/progress';
import styles from './progress.module.css';

/** How far something is; without `total` it says only that it goes on. */
export function Progress(props: {
  readonly label: string;
  readonly done: number;
  readonly total?: number | undefined;
}) {
  const { label, done, total } = props;
  const value = total ? Math.min(100, (done * 100) / total) : null;
  return (
    <Base.Root value={value} aria-label={label} className={styles['root']}>
      <Base.Track className={styles['track']}>
        <Base.Indicator className={styles['bar']} />
      </Base.Track>
    </Base.Root>
  );
}
