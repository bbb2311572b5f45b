import { counted } from '../../../shared/number-words.ts';
import { type Problem, toProblem } from '../../../shared/problem.ts';
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
      if ((await mayReplace(column, toProblem(thrown))) !== true) throw thrown;
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

/** Asks where what was refused would replace something in the column; undefined where it was refused for something else. */
export const mayReplace = async (column: string, { at, message }: Problem) =>
  at?.column === column && at.param === 'replace'
    ? confirm({
        title: `Replace what is in ${column}?`,
        says: `${message.split('; ')[0]}. It is replaced; a query brings it back by Undo the last write.`,
        action: 'Replace',
        danger: true,
      })
    : undefined;
