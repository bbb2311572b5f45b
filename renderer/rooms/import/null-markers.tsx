import { Ban, Undo2 } from 'lucide-react';
import type { FileColumn } from '../../../shared/contract/files.ts';
import { counted } from '../../../shared/number-words.ts';
import { Button } from '../../ui/button.tsx';
import styles from './guesses.module.css';

/** What may stand for no value in a column: one key accepts it, one takes it back. */
export function NullMarkers(props: {
  readonly column: FileColumn;
  readonly onNulls: (markers: readonly string[]) => void;
}) {
  const { column, onNulls } = props;
  const { nulls: said = [], nullMarkers = [], readAsNull = [] } = column;
  const nulls = said.filter((marker) => marker !== '');
  const off = said.includes('');
  if (said.length + nullMarkers.length + readAsNull.length === 0) return null;
  return (
    <span className={styles['nulls']}>
      {nulls.map((marker) => (
        <Button
          key={marker}
          small
          icon={Undo2}
          onClick={() => onNulls(said.filter((other) => other !== marker))}
        >
          {marker} is read as null
        </Button>
      ))}
      {readAsNull.length > 0 && (
        <span className={styles['null']}>
          <Button small icon={Undo2} onClick={() => onNulls([...said, ''])}>
            {readAsNull.map(({ marker }) => marker).join(', ')} read as null
          </Button>
          <span className={styles['reason']}>
            {readAsNull.map(({ marker, cells }) => `“${marker}” in ${counted(cells, 'cell')}`).join(', ')}: no{' '}
            {column.type} is written so
          </span>
        </span>
      )}
      {off && (
        <Button small icon={Ban} onClick={() => onNulls(nulls)}>
          Read words such as NA as null
        </Button>
      )}
      {nullMarkers.map(({ marker, evidence }) => (
        <span key={marker} className={styles['null']}>
          <Button small kind="quiet" icon={Ban} onClick={() => onNulls([...said, marker])}>
            Read {marker} as null
          </Button>
          <span className={styles['reason']}>{evidence}</span>
        </span>
      ))}
    </span>
  );
}
