import { Ban, Undo2 } from 'lucide-react';
import type { FileColumn } from '../../../shared/contract/files.ts';
import { Button } from '../../ui/button.tsx';
import styles from './guesses.module.css';

/** What may stand for no value in a column: one key accepts it, one takes it back. */
export function NullMarkers(props: {
  readonly column: FileColumn;
  readonly onNulls: (markers: readonly string[]) => void;
}) {
  const { column, onNulls } = props;
  const { nulls = [], nullMarkers = [] } = column;
  if (nulls.length + nullMarkers.length === 0) return null;
  return (
    <span className={styles['nulls']}>
      {nulls.map((marker) => (
        <Button
          key={marker}
          small
          icon={Undo2}
          onClick={() => onNulls(nulls.filter((other) => other !== marker))}
        >
          {marker} is read as null
        </Button>
      ))}
      {nullMarkers.map(({ marker, evidence }) => (
        <span key={marker} className={styles['null']}>
          <Button small kind="quiet" icon={Ban} onClick={() => onNulls([...nulls, marker])}>
            Read {marker} as null
          </Button>
          <span className={styles['reason']}>{evidence}</span>
        </span>
      ))}
    </span>
  );
}
