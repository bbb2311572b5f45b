import { count, counted } from '../../../shared/number-words.ts';
import { useSelectionWords } from './selection-words.ts';
import { useOpenedTable } from './use-opened-table.ts';

/** The table's account and what is selected, in the status bar. */
export function TableStatus() {
  const { table } = useOpenedTable();
  const [selected] = useSelectionWords();
  if (!table) return null;
  const rejected = table.rejected > 0 ? ` · ${count(table.rejected)} rejected` : '';
  return (
    <>
      {table.name}: {counted(table.rows, 'row')}
      {rejected}
      {selected && ` · ${selected}`}
    </>
  );
}
