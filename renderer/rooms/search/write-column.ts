import { counted } from '../../../shared/number-words.ts';
import { toProblem } from '../../../shared/problem.ts';
import { confirm } from '../../ui/ask.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { openFiltered } from './open-in-table.ts';

/** Writes a column of a table and says how many rows; where the column is there already it asks whether it may be replaced. */
export async function writeColumn(
  table: string,
  column: string,
  write: (replace: boolean) => Promise<{ readonly rows: number }>,
  /** The value that was written, where it is one: its rows can be shown in the table. */
  value?: string,
): Promise<void> {
  try {
    const { rows } = await write(false).catch(async (thrown: unknown) => {
      const there = toProblem(thrown).at?.column === column;
      if (!there || (await mayReplace(table, column)) !== true) throw thrown;
      return write(true);
    });
    const show = () => void openFiltered(table, column, [value ?? '']).catch(toastProblem);
    toast({
      tone: 'ok',
      title: `${column} of ${table}`,
      detail: `${counted(rows, 'row')} written`,
      ...(value ? { action: { label: `Show in ${table}`, run: show } } : {}),
    });
  } catch (thrown) {
    toastProblem(thrown, 'Nothing was written');
  }
}

const mayReplace = (table: string, column: string) =>
  confirm({
    title: `Replace ${column}?`,
    says: `${table} has a column ${column} already. What is in it is lost.`,
    action: 'Replace',
    danger: true,
  });
