import { Square, SquareCheck } from 'lucide-react';
import type { FileColumn } from '../../../shared/contract/files.ts';
import { count } from '../../../shared/number-words.ts';
import { Button } from '../../ui/button.tsx';
import { proposalsOf } from './null-proposals.ts';
import type { FilePlan } from './plan.ts';
import styles from './preview-table.module.css';

/** In a column's head: what is proposed to be read as null, in how many cells, and a switch for each. */
export function NullChips(props: {
  readonly column: FileColumn;
  readonly plan: FilePlan;
  readonly change: (part: Partial<FilePlan>) => void;
}) {
  const { column, plan, change } = props;
  if (plan.allText) return null;
  return (
    <span className={styles['chips']}>
      {proposalsOf(column).map(({ marker, cells, applied, nulls }) => (
        <Button
          key={marker}
          small
          icon={applied ? SquareCheck : Square}
          aria-pressed={applied}
          tooltip={`Proposed: “${marker}” stands for no value in ${column.name}. ${applied ? 'It is read as null.' : 'It is kept as it stands.'}`}
          onClick={() => change({ nulls: { ...plan.nulls, [column.name]: nulls } })}
        >
          {`${marker} → null${cells === undefined ? '' : ` · ${count(cells)}`}`}
        </Button>
      ))}
    </span>
  );
}
