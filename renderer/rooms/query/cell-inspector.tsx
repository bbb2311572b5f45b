import { useSeenCell } from '../../grid/seen-cell.ts';
import { CellColumn, WholeCell } from '../../grid/whole-cell.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './query-view.module.css';

/** The whole of the cell in focus in a result. */
export default function CellInspector() {
  const [cell] = useSeenCell();
  if (!cell) return <EmptyState says="Select a cell of a result to see all of it." />;
  return (
    <div className={styles['cell']}>
      <CellColumn cell={cell} />
      <WholeCell cell={cell} />
    </div>
  );
}
