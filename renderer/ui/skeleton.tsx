import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import styles from './states.module.css';

const widths = ['38%', '72%', '64%', '81%', '55%', '69%', '47%', '76%'];

/** True once `ms` have gone by since this was first drawn. */
export function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

/** What stands in for a view that loads: nothing for 150 ms, then its shape; after a second what it does, and cancel. */
export function Skeleton(props: {
  readonly lines?: number;
  readonly says?: string | undefined;
  readonly onCancel?: (() => void) | undefined;
}) {
  const { lines = 6, says = 'Loading…', onCancel } = props;
  const shown = useAfter(150);
  const slow = useAfter(1000);
  if (!shown) return null;
  return (
    <div className={styles['skeleton']} role="status">
      {slow ? (
        <div className={styles['waiting']}>
          {says}
          {onCancel && (
            <Button small onClick={onCancel}>
              Cancel
            </Button>
          )}
        </div>
      ) : (
        <span className="visually-hidden">{says}</span>
      )}
      {widths.slice(0, lines).map((width) => (
        <div key={width} className={styles['bone']} style={{ width }} />
      ))}
    </div>
  );
}
