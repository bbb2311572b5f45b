import { count, counted } from '../../../shared/number-words.ts';
import { useEngine } from '../../use-engine.ts';
import { useTab } from '../../workspace/tab-state.ts';
import { useSelectionWords } from './selection-words.ts';

/** The table's account and what is selected, in the status bar. */
export function TableStatus() {
  const { key } = useTab();
  const { data } = useEngine('tables', 'list', {});
  const [selected] = useSelectionWords();
  const table = data?.find(({ name }) => name === key);
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
